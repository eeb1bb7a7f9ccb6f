namespace Affect.Kernel.Sessions;

/// <summary>Does what a cell's directives say.</summary>
internal sealed class DirectiveRunner(SubmissionEngine engine, OutputRelay output, TimeSpan patience)
{
    private const int LongestValue = 80;

    private static readonly string About =
        $"""
        Affect {KernelInfo.Version}: a kernel for C# {KernelInfo.LanguageVersion} on .NET {Environment.Version}.
        Cells are compiled by Roslyn with optimisation and keep their state; an endless one can be interrupted.
        It has no debugger, no widgets and no other language than C#.
        """;

    /// <summary>Runs one.</summary>
    /// <returns>A text for the front end's pager; null for none.</returns>
    internal string? Run(CellDirective directive)
    {
        switch (directive.Name)
        {
            case "#!about": output.Display("text/plain", About); break;
            case "#!lsmagic": Show("\n", CellDirective.Known.Select(known => $"{known.Key,-12}{known.Value}")); break;
            case "#!who": Show(", ", engine.Variables().Select(variable => variable.Name)); break;
            case "#!whos": ShowVariables(); break;
            case "#!help": return Explain(directive.Argument);
        }
        return null;
    }

    private void Show(string separator, IEnumerable<string> parts) => output.Display("text/plain", string.Join(separator, parts));

    private string Explain(string name) => Inspector.Explain(engine.Understand(name), name.Length) is var (heads, documentation)
        ? $"{heads}\n\n{documentation}".TrimEnd()
        : throw new KeyNotFoundException(
            $"Nothing is known of '{name}'. #!help takes a name, as in #!help Console.WriteLine; is its namespace used?");

    private void ShowVariables()
    {
        string[][] rows =
        [
            ["variable", "type", "value"],
            .. engine.Variables().Select(variable => (string[])[variable.Name, PlainText.NameOf(variable.Type), Text(variable.Value)]),
        ];
        var widths = Enumerable.Range(0, 3).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var plain = rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        var html = rows.Select((row, at) => (row, Tag: at == 0 ? "th" : "td"))
            .Select(line => $"<tr>{string.Concat(line.row.Select(cell => $"<{line.Tag}>{WebUtility.HtmlEncode(cell)}</{line.Tag}>"))}</tr>");
        output.Display(new Dictionary<string, JsonNode>
        {
            ["text/plain"] = string.Join('\n', plain),
            ["text/html"] = $"<table>{string.Concat(html)}</table>",
        });
    }

    // A list of all variables does not fail for one that cannot be shown.
    private string Text(object? value)
    {
        var text = ShowingLimit.Run(patience, () => PlainText.Of(value), () => "(its text does not come to an end)").ReplaceLineEndings(" ");
        return text.Length > LongestValue ? $"{PlainText.Start(text, LongestValue)}..." : text;
    }
}
