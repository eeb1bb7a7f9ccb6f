namespace Affect.Frames;

/// <summary>How a notebook shows frames: as a table of their first rows. Without this a kernel opens every column and every row of them as a tree.</summary>
public static class FrameCells
{
    private const int MostRows = 20;

    private static readonly string[] Forms = [HtmlFormatter.MimeType, PlainTextFormatter.MimeType];

    /// <summary>Tells the kernel; every <c>ToDataFrame()</c> does, so a cell needs it only for frames that came from elsewhere.</summary>
    public static void Register()
    {
        // The formatter's own list remembers whether it was told.
        if (Formatter.GetPreferredMimeTypesFor(typeof(DataFrame)).SequenceEqual(Forms)) return;
        Formatter.Register<DataFrame>(frame => Table(frame).ToHtml(), HtmlFormatter.MimeType);
        Formatter.Register<DataFrame>(frame => Table(frame).ToText(), PlainTextFormatter.MimeType);
        Formatter.SetPreferredMimeTypesFor(typeof(DataFrame), Forms);
    }

    private static ShownTable Table(DataFrame frame)
    {
        var rows = (int)Math.Min(frame.Rows.Count, MostRows);
        return new ShownTable
        {
            Columns = [.. frame.Columns.Select(column => column.Name)],
            Rows = [.. Enumerable.Range(0, rows).Select(row => (string[])[.. frame.Columns.Select(column => ValueText.Cell(column[row]))])],
            Note = FormattableString.Invariant($"{(frame.Rows.Count > rows ? $"The first {rows} of " : "")}{frame.Rows.Count} rows, {frame.Columns.Count} columns."),
        };
    }
}
