namespace Affect.Notebook;

/// <summary>A claim's text as it is written, <c>$"…{score:F3}…"</c>: its numbers have a point on every machine. Made by the compiler.</summary>
[InterpolatedStringHandler]
public ref struct ClaimText
{
    private DefaultInterpolatedStringHandler inner;

    /// <summary>Called by the compiler.</summary>
    public ClaimText(int literalLength, int formattedCount) => inner = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string value) => inner.AppendLiteral(value);

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted<T>(T value) => inner.AppendFormatted(value);

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted<T>(T value, string? format) => inner.AppendFormatted(value, format);

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted<T>(T value, int alignment) => inner.AppendFormatted(value, alignment);

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted<T>(T value, int alignment, string? format) => inner.AppendFormatted(value, alignment, format);

    /// <summary>The text; what holds it is given back.</summary>
    internal string ToStringAndClear() => inner.ToStringAndClear();
}
