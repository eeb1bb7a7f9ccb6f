namespace Affect.Cli.Pretrain;

/// <summary>Another run to show beside a checkpoint's, as <c>--others NAME=FOLDER</c> gives it.</summary>
internal sealed record NamedRun(string Name, string Folder)
{
    internal static Option<string[]> Option(string description) => new("--others") { Description = $"NAME=FOLDER: {description}", AllowMultipleArgumentsPerToken = true };

    internal static NamedRun[] Read(ParseResult parsed, Option<string[]> option) => [.. (parsed.GetValue(option) ?? []).Select(Of)];

    private static NamedRun Of(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals >= 1 ? new NamedRun(text[..equals], text[(equals + 1)..]) : throw new ArgumentException($"--others must be NAME=FOLDER, but was '{text}'.", nameof(text));
    }
}
