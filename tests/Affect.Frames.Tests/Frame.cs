namespace Affect.Frames.Tests;

/// <summary>Reads frames as a test compares them.</summary>
internal static class Frame
{
    /// <summary>As in <c>layer int, waf double</c>.</summary>
    internal static string Head(DataFrame frame) => string.Join(", ", frame.Columns.Select(column => $"{column.Name} {Kind(column)}"));

    internal static object?[] Row(DataFrame frame, int row) => [.. frame.Columns.Select(column => column[row])];

    internal static object?[] Column(DataFrame frame, string name) => [.. Enumerable.Range(0, (int)frame.Rows.Count).Select(row => frame[name][row])];

    internal static string Text(DataFrame frame, int row) => string.Join(" | ", Row(frame, row).Select(value => value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture)));

    private static string Kind(DataFrameColumn column) => column switch
    {
        StringDataFrameColumn => "text",
        DoubleDataFrameColumn => "double",
        Int32DataFrameColumn => "int",
        Int64DataFrameColumn => "long",
        BooleanDataFrameColumn => "bool",
        _ => column.GetType().Name,
    };
}
