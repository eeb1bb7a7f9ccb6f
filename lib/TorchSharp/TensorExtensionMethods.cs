using System.Numerics;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Reading a tensor of one element as a number, whatever its type.</summary>
public static partial class TensorExtensionMethods
{
    public static float ToSingle(this Tensor value) => (float)value.ToScalar().ToDouble();

    public static double ToDouble(this Tensor value) => value.ToScalar().ToDouble();

    public static Half ToHalf(this Tensor value) => (Half)value.ToScalar().ToDouble();

    public static sbyte ToSByte(this Tensor value) => checked((sbyte)value.ToScalar().ToInt64());

    public static byte ToByte(this Tensor value) => checked((byte)value.ToScalar().ToInt64());

    public static short ToInt16(this Tensor value) => checked((short)value.ToScalar().ToInt64());

    public static int ToInt32(this Tensor value) => checked((int)value.ToScalar().ToInt64());

    public static long ToInt64(this Tensor value) => value.ToScalar().ToInt64();

    public static bool ToBoolean(this Tensor value) => value.ToScalar().ToBoolean();

    public static (float Real, float Imaginary) ToComplexFloat32(this Tensor value)
    {
        var number = value.ToScalar().ToComplex();
        return ((float)number.Real, (float)number.Imaginary);
    }

    public static Complex ToComplexFloat64(this Tensor value) => value.ToScalar().ToComplex();

    /// <summary>Bytes per element.</summary>
    public static int ElementSize(this ScalarType type) => ElementTypes.SizeOf(type);

    public static long TotalSize(this IEnumerable<long> shape) => shape.Aggregate(1L, static (product, length) => product * length);

    public static Tensor ToTensor<T>(this T[] rawArray, long[] dimensions, bool doCopy = false, bool requires_grad = false)
    {
        using var shared = from_array(rawArray);
        using var shaped = shared.view(dimensions);
        return (doCopy ? shaped.clone() : shaped.alias()).requires_grad_(requires_grad);
    }

    public static Tensor ToTensor<T>(this T scalar, Device? device = null, bool requires_grad = false) where T : struct
    {
        using var one = from_array(new T[] { scalar }).reshape([]);
        var copy = device is null ? one.clone() : one.to(device, copy: true);
        return copy.requires_grad_(requires_grad);
    }
}
