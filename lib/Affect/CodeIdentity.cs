namespace Affect;

/// <summary>Tells code that users write apart from what they wrote before under the same name: results that are kept must not outlive it.</summary>
internal static class CodeIdentity
{
    /// <summary>Empty for what the library brings; for other code, which compilation it is of.</summary>
    /// <remarks>A compilation is known, not what it says: this laboratory's kernel compiles every cell anew, so a notebook that is run again trains its own classes again.</remarks>
    internal static string Of(object? implementation) => implementation?.GetType() is { } type && type.Assembly != typeof(CodeIdentity).Assembly ? $" [code {type.Module.ModuleVersionId:N}]" : "";

    /// <summary>That of what a function is written in.</summary>
    internal static string Of(Delegate function) => function.Method.Module.Assembly == typeof(CodeIdentity).Assembly ? "" : $" [code {function.Method.Module.ModuleVersionId:N}]";
}
