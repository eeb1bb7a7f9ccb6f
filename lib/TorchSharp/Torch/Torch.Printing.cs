namespace TorchSharp;

public static partial class torch
{
    public const TensorStringStyle julia = TensorStringStyle.Julia;
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;
    public const TensorStringStyle csharp = TensorStringStyle.CSharp;

    private static TensorStringStyle printStyle = TensorStringStyle.Julia;

    internal static string FloatFormat { get; private set; } = "g5";

    internal static string NewLine { get; private set; } = Environment.NewLine;

    internal static int LineWidth { get; private set; } = 100;

    internal static int MostRows { get; private set; } = 6;

    internal static int MostColumns { get; private set; } = 6;

    /// <summary>What <see cref="TorchSharp.TensorStringStyle.Default"/> stands for.</summary>
    public static TensorStringStyle TensorStringStyle
    {
        get => printStyle;
        set => printStyle = value == TensorStringStyle.Default ? throw new ArgumentException("The style cannot be set to 'Default'") : value;
    }

    public static void set_printoptions(
        int precision, int? linewidth = null, string? newLine = null, bool sci_mode = false, int? maxRows = null, int? maxColumns = null) =>
        set_printoptions(null, FormattableString.Invariant($"{(sci_mode ? 'E' : 'F')}{precision}"), linewidth, newLine, maxRows, maxColumns);

    public static void set_printoptions(
        TensorStringStyle? style = null, string? floatFormat = null, int? linewidth = null, string? newLine = null, int? maxRows = null,
        int? maxColumns = null)
    {
        if (style is not null) TensorStringStyle = style.Value;
        FloatFormat = floatFormat ?? FloatFormat;
        LineWidth = linewidth ?? LineWidth;
        NewLine = newLine ?? NewLine;
        MostRows = maxRows ?? MostRows;
        MostColumns = maxColumns ?? MostColumns;
    }
}
