using System.Globalization;
using System.Numerics;
using System.Text;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Writes a tensor as text: the first and last of many rows and columns, numbers aligned by column.</summary>
internal sealed class TensorText
{
    private readonly Tensor tensor; // dense, on the CPU
    private readonly long[] sizes;
    private readonly CultureInfo culture;
    private readonly string format;
    private readonly string newLine;
    private readonly int width;

    internal TensorText(Tensor tensor, string format, int width, CultureInfo? culture, string newLine)
    {
        (this.tensor, sizes) = (tensor, tensor.shape);
        (this.format, this.width, this.newLine) = (format, width, newLine);
        this.culture = culture ?? CultureInfo.CurrentCulture;
    }

    /// <summary>Rows of aligned columns; more than two dimensions are a series of matrices, each under its index.</summary>
    internal string Julia()
    {
        var text = new StringBuilder();
        if (sizes.Length == 0) return Item(0);
        if (sizes.Length <= 2)
        {
            Matrix(text, first: 0);
            return text.ToString();
        }
        var (rows, columns) = (sizes[^2], sizes[^1]);
        var outer = tensor.numel() / Math.Max(1, rows * columns);
        foreach (var matrix in Shown(outer, MostRows))
        {
            if (matrix < 0)
            {
                text.Append("...").Append(newLine);
                continue;
            }
            text.Append('[').AppendJoin(',', Unravel(matrix)).Append(",..,..] =").Append(newLine);
            Matrix(text, matrix * rows * columns);
            text.Append(newLine);
        }
        return text.ToString().TrimEnd();
    }

    /// <summary>Nested brackets.</summary>
    internal string Nested(string open, string close, string separator, bool breaksLines, Func<string, string>? suffix = null)
    {
        var text = new StringBuilder();
        Nest(text, dimension: 0, first: 0, open, close, separator, breaksLines, suffix ?? (static item => item));
        return text.ToString();
    }

    private void Nest(
        StringBuilder text, int dimension, long first, string open, string close, string separator, bool breaksLines, Func<string, string> suffix)
    {
        if (dimension == sizes.Length)
        {
            text.Append(suffix(Item(first)));
            return;
        }
        var step = 1L;
        for (var i = dimension + 1; i < sizes.Length; i++) step *= sizes[i];
        var isInnermost = dimension == sizes.Length - 1;
        text.Append(open);
        var isFirst = true;
        foreach (var at in Shown(sizes[dimension], isInnermost ? MostColumns : MostRows))
        {
            if (!isFirst && !isInnermost && breaksLines) text.Append(separator.TrimEnd()).Append(newLine).Append(' ', dimension + 1);
            else if (!isFirst) text.Append(separator);
            isFirst = false;
            if (at < 0) text.Append("...");
            else Nest(text, dimension + 1, first + at * step, open, close, separator, breaksLines, suffix);
        }
        text.Append(close);
    }

    private void Matrix(StringBuilder text, long first)
    {
        var (rows, columns) = sizes.Length == 1 ? (1, sizes[0]) : (sizes[^2], sizes[^1]);
        var shownColumns = Shown(columns, Math.Max(MostColumns, 1)).ToArray();
        var lines = Shown(rows, MostRows)
            .Select(row => row < 0 ? null : Array.ConvertAll(shownColumns, column => column < 0 ? "..." : Item(first + row * columns + column)))
            .ToList();
        var wide = lines.OfType<string[]>().SelectMany(static line => line).Select(static item => item.Length).DefaultIfEmpty(0).Max();
        foreach (var line in lines)
        {
            var length = 0;
            foreach (var item in line ?? ["..."])
            {
                if (length + wide + 1 > width)
                {
                    text.Append(newLine);
                    length = 0;
                }
                text.Append(' ').Append(item.PadLeft(wide));
                length += wide + 1;
            }
            if (sizes.Length > 1) text.Append(newLine);
        }
    }

    // The positions to show; -1 stands for what is left out.
    private static IEnumerable<long> Shown(long count, int most)
    {
        if (count <= most)
        {
            for (var i = 0L; i < count; i++) yield return i;
            yield break;
        }
        var head = (most + 1) / 2;
        for (var i = 0L; i < head; i++) yield return i;
        yield return -1;
        for (var i = count - (most - head); i < count; i++) yield return i;
    }

    private long[] Unravel(long matrix)
    {
        var indices = new long[sizes.Length - 2];
        for (var i = indices.Length - 1; i >= 0; i--) (matrix, indices[i]) = Math.DivRem(matrix, sizes[i]);
        return indices;
    }

    private string Item(long index) => tensor.dtype switch
    {
        ScalarType.Float32 => tensor.data<float>()[index].ToString(format, culture),
        ScalarType.Float64 => tensor.data<double>()[index].ToString(format, culture),
        ScalarType.Float16 => ((float)tensor.data<Half>()[index]).ToString(format, culture),
        ScalarType.Bool => tensor.data<bool>()[index] ? "true" : "false",
        ScalarType.Byte => tensor.data<byte>()[index].ToString(culture),
        ScalarType.Int8 => tensor.data<sbyte>()[index].ToString(culture),
        ScalarType.Int16 => tensor.data<short>()[index].ToString(culture),
        ScalarType.Int32 => tensor.data<int>()[index].ToString(culture),
        ScalarType.Int64 => tensor.data<long>()[index].ToString(culture),
        ScalarType.ComplexFloat32 => OfComplex(tensor.data<(float Real, float Imaginary)>()[index]),
        ScalarType.ComplexFloat64 => OfComplex(tensor.data<Complex>()[index]),
        var type => throw new NotSupportedException($"{type} has no text."),
    };

    private string OfComplex((float Real, float Imaginary) number) => OfComplex(new Complex(number.Real, number.Imaginary));

    private string OfComplex(Complex number) =>
        $"{number.Real.ToString(format, culture)}{(number.Imaginary < 0 ? '-' : '+')}{Math.Abs(number.Imaginary).ToString(format, culture)}i";
}
