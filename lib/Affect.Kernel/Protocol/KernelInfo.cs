namespace Affect.Kernel.Protocol;

/// <summary>What the kernel is and can.</summary>
internal static class KernelInfo
{
    internal static string Version { get; } = typeof(KernelInfo).Assembly.GetName().Version?.ToString(3) ?? "0";

    internal const string LanguageVersion = "14.0";

    internal static JsonObject Answer(Message request) => new()
    {
        ["status"] = "ok",
        ["protocol_version"] = WireSession.ProtocolVersion,
        ["implementation"] = "affect",
        ["implementation_version"] = Version,
        ["language_info"] = new JsonObject
        {
            ["name"] = "C#",
            ["version"] = LanguageVersion,
            ["mimetype"] = "text/x-csharp",
            ["file_extension"] = ".cs",
            ["pygments_lexer"] = "csharp",
            ["codemirror_mode"] = "text/x-csharp",
            ["nbconvert_exporter"] = "script",
        },
        ["banner"] = $"Affect {Version}: C# {LanguageVersion} on .NET {Environment.Version}. #!lsmagic lists the directives, #!about says what this kernel is.",
        ["debugger"] = false,
        ["help_links"] = new JsonArray(),
        ["supported_features"] = new JsonArray(),
    };
}
