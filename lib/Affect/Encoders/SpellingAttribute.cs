namespace Affect.Encoders;

/// <summary>The texts by which a <c>config.json</c> names one of several choices.</summary>
/// <param name="texts">At least one; the first is what is written.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class SpellingAttribute(params string[] texts) : Attribute
{
    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts { get; } = texts;
}
