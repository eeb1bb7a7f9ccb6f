namespace Affect.Kernel.Language;

/// <summary>One way to go on with what is being written.</summary>
/// <param name="Text">The whole name.</param>
/// <param name="Kind">What it is, in the words that front ends have icons for: <c>function, class, module, instance, property, keyword</c> ...</param>
/// <param name="Signature">How it is called or what type it has; empty where that says nothing.</param>
internal sealed record Completion(string Text, string Kind, string Signature);
