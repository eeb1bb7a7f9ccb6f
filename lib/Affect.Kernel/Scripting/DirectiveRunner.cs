namespace Affect.Kernel.Scripting;

/// <summary>Does what a cell's directives say.</summary>
/// <param name="engine">Knows the variables.</param>
/// <param name="output">Where lists are shown.</param>
/// <param name="explain">What a name means; null where it means nothing.</param>
/// <param name="patience">How long the own code of a variable's value may take to tell its text.</param>
internal sealed class DirectiveRunner(SubmissionEngine engine, OutputRelay output, Func<string, string?> explain, TimeSpan patience)
{
    private const int LongestValue = 80;

    /// <summary>Runs one.</summary>
    /// <returns>A text for the front end's pager; null for none.</returns>
    internal string? Run(CellDirective directive)
    {
        switch (directive.Name)
        {
            case "#!about": Show(About()); break;
            case "#!lsmagic": Show(string.Join('\n', CellDirective.Known.Select(known => $"{known.Key,-12}{known.Value}"))); break;
            case "#!who": Show(string.Join(", ", engine.Variables().Select(variable => variable.Name))); break;
            case "#!whos": ShowTable([.. engine.Variables().Select(variable => new[] { variable.Name, ExceptionReport.Readable(variable.Type), Text(variable.Value) })]); break;
            case "#!help":
                return explain(directive.Argument) ?? throw new KeyNotFoundException($"Nothing is known of '{directive.Argument}'. #!help takes a name, as in #!help Console.WriteLine; is its namespace used?");
        }
        return null;
    }

    private static string About() =>
        $"""
        Affect {KernelInfo.Version}: a kernel for C# {KernelInfo.LanguageVersion} on .NET {Environment.Version}.
        Cells are compiled by Roslyn with optimisation and keep their state; an endless one can be interrupted.
        It has no debugger, no widgets and no other language than C#.
        """;

    // A list of all variables does not fail for one that cannot be shown.
    private string Text(object? value)
    {
        var text = ShowingLimit.Run(patience, () => PlainText.Of(value), () => "(its text does not come to an end)").ReplaceLineEndings(" ");
        return text.Length > LongestValue ? text[..(char.IsHighSurrogate(text[LongestValue - 1]) ? LongestValue - 1 : LongestValue)] + "..." : text;
    }

    private void Show(string text) => output.Display(new Dictionary<string, JsonNode> { ["text/plain"] = text }, displayId: null);

    private void ShowTable(IReadOnlyList<string[]> rows)
    {
        string[][] all = [["variable", "type", "value"], .. rows];
        var widths = Enumerable.Range(0, 3).Select(column => all.Max(row => row[column].Length)).ToArray();
        var plain = all.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        var html = all.Select((row, at) => $"<tr>{string.Concat(row.Select(cell => $"<{(at == 0 ? "th" : "td")}>{WebUtility.HtmlEncode(cell)}</{(at == 0 ? "th" : "td")}>"))}</tr>");
        output.Display(new Dictionary<string, JsonNode> { ["text/plain"] = string.Join('\n', plain), ["text/html"] = $"<table>{string.Concat(html)}</table>" }, displayId: null);
    }
}
