using System.Globalization;
using System.Numerics;
using TorchSharp.Interop;

namespace TorchSharp;

/// <summary>A number or boolean for an operator. It holds no native memory; <see cref="Dispose"/> is there for TorchSharp's sake.</summary>
public sealed class Scalar : IDisposable
{
    private readonly long bits;
    private readonly double imaginary;

    private Scalar(torch.ScalarType type, long bits, double imaginary = 0) => (Type, this.bits, this.imaginary) = (type, bits, imaginary);

    private Scalar(torch.ScalarType type, double real, double imaginary = 0) : this(type, BitConverter.DoubleToInt64Bits(real), imaginary)
    {
    }

    public torch.ScalarType Type { get; }

    internal bool IsFloatingPoint => Type is torch.ScalarType.Float16 or torch.ScalarType.Float32 or torch.ScalarType.Float64 or torch.ScalarType.BFloat16;

    internal bool IsComplex => Type is torch.ScalarType.ComplexFloat32 or torch.ScalarType.ComplexFloat64;

    public static implicit operator Scalar(byte value) => new(torch.ScalarType.Byte, (long)value);

    public static implicit operator Scalar(sbyte value) => new(torch.ScalarType.Int8, (long)value);

    public static implicit operator Scalar(short value) => new(torch.ScalarType.Int16, (long)value);

    public static implicit operator Scalar(int value) => new(torch.ScalarType.Int32, (long)value);

    public static implicit operator Scalar(long value) => new(torch.ScalarType.Int64, value);

    public static implicit operator Scalar(Half value) => new(torch.ScalarType.Float16, (double)value);

    public static implicit operator Scalar(float value) => new(torch.ScalarType.Float32, (double)value);

    public static implicit operator Scalar(double value) => new(torch.ScalarType.Float64, value);

    public static implicit operator Scalar(bool value) => new(torch.ScalarType.Bool, value ? 1L : 0L);

    public static implicit operator Scalar(
        (float Real, float Imaginary) value) =>
        new(torch.ScalarType.ComplexFloat32, value.Real, value.Imaginary);

    public static implicit operator Scalar(Complex value) => new(torch.ScalarType.ComplexFloat64, value.Real, value.Imaginary);

    public void Dispose()
    {
    }

    public override string ToString() => IsComplex ? ToComplex().ToString(CultureInfo.InvariantCulture)
        : IsFloatingPoint ? ToDouble().ToString(CultureInfo.InvariantCulture)
        : Type == torch.ScalarType.Bool ? (bits != 0).ToString() : bits.ToString(CultureInfo.InvariantCulture);

    internal static Scalar BFloat16(float value) => new(torch.ScalarType.BFloat16, (double)value);

    internal double ToDouble() => IsFloatingPoint || IsComplex ? BitConverter.Int64BitsToDouble(bits) : bits;

    internal long ToInt64() => IsFloatingPoint || IsComplex ? checked((long)ToDouble()) : bits;

    internal bool ToBoolean() => IsFloatingPoint ? ToDouble() != 0 : IsComplex ? ToComplex() != Complex.Zero : bits != 0;

    internal Complex ToComplex() => new(ToDouble(), imaginary);

    internal Value ToValue() =>
        IsFloatingPoint ? BitConverter.Int64BitsToDouble(bits)
        : IsComplex ? Value.Of(ToComplex())
        : Type == torch.ScalarType.Bool ? bits != 0 : bits;
}
