namespace Affect.Frames;

/// <summary>The numbers of figures as frames.</summary>
public static class FigureFrames
{
    /// <summary>Every number that the figure draws, as it writes them.</summary>
    /// <param name="figure">The figure.</param>
    public static DataFrame ToDataFrame(this Figure figure) => figure.Table.ToDataFrame();

    /// <summary>
    /// A figure's table: columns of numbers are numbers, with the digits that are shown, and a score with its interval is three columns; the rest is
    /// text.
    /// </summary>
    /// <param name="table">The table.</param>
    public static DataFrame ToDataFrame(this FigureTable table)
    {
        var frame = new FrameBuilder();
        foreach (var (index, name) in table.Columns.Index())
            frame.Read(name.Length > 0 ? name : $"column_{index + 1}", [.. table.Rows.Select(row => index < row.Count ? row[index] : null)]);
        return frame.Build();
    }

    /// <summary>
    /// A row per variant: <c>name</c>, the score by its name with its interval (<c>waf, waf_low, waf_high</c>), and <c>difference</c> with its
    /// interval, null for what the others are compared with.
    /// </summary>
    /// <param name="ablation">The ablation.</param>
    public static DataFrame ToDataFrame(this AblationData ablation)
    {
        var rows = ablation.Rows;
        var metric = JsonNamingPolicy.SnakeCaseLower.ConvertName(ablation.Metric.ToString());
        return new FrameBuilder().Text("name", rows.Select(row => row.Name)).Score(metric, [.. rows.Select(row => row.Score)])
            .Score("difference", [.. rows.Select(row => row.Difference)]).Build();
    }
}
