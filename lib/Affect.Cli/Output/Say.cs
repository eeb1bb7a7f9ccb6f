namespace Affect.Cli.Output;

/// <summary>What commands write: results to the standard output, everything else to the error output.</summary>
/// <remarks>Numbers look alike on every machine: the program knows the invariant culture alone.</remarks>
internal static class Say
{
    private const int FailuresShown = 20;

    /// <summary>A line of the result.</summary>
    internal static void Result(string line) => Console.WriteLine(line);

    /// <summary>A line beside the result: a warning, a note, an error that does not end the work.</summary>
    internal static void Note(string line) => Console.Error.WriteLine(line);

    /// <summary>Lists what failed and why, under a head; says how many more there are.</summary>
    /// <returns>The exit code: 1 if anything failed.</returns>
    internal static int Failures(IReadOnlyCollection<(string Name, string Reason)> failures, string head, int shown = FailuresShown)
    {
        if (failures.Count == 0) return 0;
        Note(head);
        foreach (var (name, reason) in failures.Take(shown)) Note($"  {Printable(name)}: {Printable(reason)}");
        if (failures.Count > shown) Note($"  and {failures.Count - shown} more");
        return 1;
    }

    /// <summary>A table; columns of numbers are aligned to the right, and a row is a row, whatever the terminal's width.</summary>
    internal static void Table(string? caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var cells = rows.ToArray();
        var table = new Table().NoBorder();
        foreach (var (index, name) in columns.Index())
        {
            var column = new TableColumn(Markup.Escape(name)).NoWrap().Padding(0, 0, 2, 0);
            var isOfNumbers = cells.All(row => row[index].Length == 0 || double.TryParse(row[index], CultureInfo.InvariantCulture, out _));
            table.AddColumn(isOfNumbers ? column.RightAligned() : column);
        }
        foreach (var row in cells) table.AddRow([.. row.Select(Markup.Escape)]);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(Console.Out) });
        console.Profile.Width = 240;
        if (caption is not null) Result(caption);
        console.Write(table);
    }

    internal static void Table(FigureTable table) => Table(table.Caption, table.Columns, table.Rows);

    /// <summary>Names are data: what would move the cursor or break the line is shown as a mark.</summary>
    internal static string Printable(string text) => string.Concat(text.Select(character => char.IsControl(character) ? '\uFFFD' : character));

    /// <summary>A stretch of time in words, as in <c>2 min 05 s</c>.</summary>
    internal static string Duration(TimeSpan time) => time.TotalMinutes < 1
        ? $"{Math.Max(0, time.TotalSeconds):0} s"
        : $"{(int)time.TotalMinutes} min {time.Seconds:00} s";
}
