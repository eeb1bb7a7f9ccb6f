namespace Affect.Notebook.Formatting;

/// <summary>A table as a cell shows it: plain HTML, which every notebook dresses in its own style, and columns of text.</summary>
internal sealed partial record ShownTable
{
    /// <summary>What the rows are; empty where that is plain.</summary>
    internal string Caption { get; init; } = "";

    /// <summary>The head; empty for a table of names and values.</summary>
    internal IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>The cells.</summary>
    internal required IReadOnlyList<IReadOnlyList<string>> Rows { get; init; }

    /// <summary>What is left out, and whatever else there is to say below.</summary>
    internal string Note { get; init; } = "";

    /// <summary>A table of names and values.</summary>
    internal static ShownTable Pairs(string caption, params IReadOnlyList<(string Name, object? Value)> pairs) =>
        new() { Caption = caption, Rows = [.. pairs.Select(pair => (string[])[pair.Name, ValueText.Cell(pair.Value)])] };

    /// <summary>A figure's numbers.</summary>
    internal static ShownTable Of(FigureTable table) => new() { Caption = table.Caption, Columns = table.Columns, Rows = table.Rows };

    internal Dictionary<string, JsonNode> ToBundle() => new() { [MimeType.Html] = ToHtml(), [MimeType.Text] = ToText() };

    internal string ToHtml()
    {
        var html = new StringBuilder("<table>");
        if (Caption.Length > 0) html.Append($"<caption style=\"text-align:left\">{HtmlEncode(Caption)}</caption>");
        var widest = Rows.Select(row => row.Count).Append(Columns.Count).Max();
        var isNumber = Enumerable.Range(0, widest).Select(IsNumber).ToArray();
        if (Columns.Count > 0)
        {
            html.Append("<thead><tr>");
            foreach (var (index, column) in Columns.Index()) html.Append($"<th{Side(isNumber[index])}>{HtmlEncode(column)}</th>");
            html.Append("</tr></thead>");
        }
        html.Append("<tbody>");
        foreach (var row in Rows)
        {
            html.Append("<tr>");
            foreach (var (index, cell) in row.Index())
            {
                var element = Columns.Count == 0 && index == 0 ? "th" : "td";
                html.Append($"<{element}{Side(isNumber[index])}>{HtmlEncode(cell)}</{element}>");
            }
            html.Append("</tr>");
        }
        html.Append("</tbody></table>");
        if (Note.Length > 0) html.Append($"<p>{HtmlEncode(Note)}</p>");
        return html.ToString();
    }

    internal string ToText()
    {
        var lines = Columns.Count > 0 ? Rows.Prepend(Columns).ToList() : [.. Rows];
        var widths = new int[lines.Select(line => line.Count).DefaultIfEmpty(0).Max()];
        foreach (var line in lines)
            foreach (var (index, cell) in line.Index()) widths[index] = Math.Max(widths[index], cell.Length);
        var isNumber = Enumerable.Range(0, widths.Length).Select(IsNumber).ToArray();
        var text = new List<string>();
        if (Caption.Length > 0) text.Add(Caption);
        foreach (var line in lines)
            text.Add(string.Join("  ", line.Select((cell, index) => isNumber[index] ? cell.PadLeft(widths[index]) : cell.PadRight(widths[index]))).TrimEnd());
        if (Note.Length > 0) text.Add(Note);
        return string.Join("\n", text);
    }

    // Notebooks set all cells right; text reads from the left.
    private static string Side(bool isNumber) => isNumber ? " style=\"text-align:right\"" : " style=\"text-align:left\"";

    // A number, its thousands set apart or not, or a number with its interval.
    [GeneratedRegex(@"^[+−-]?(\d{1,3}(,\d{3})+|[\d.]+)(e[+-]?\d+)?( s| %)?( \[[\d.,+− -]+\])?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();

    private bool IsNumber(int column)
    {
        if (Columns.Count == 0) return false;
        var cells = Rows.Where(row => column < row.Count).Select(row => row[column]).Where(cell => cell.Length > 0).ToList();
        return cells.Count > 0 && cells.All(cell => Number().IsMatch(cell));
    }
}
