using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Interop;

/// <summary>An operator's argument on the managed side: numbers, tensors, lists and texts convert to it by themselves.</summary>
internal readonly struct Value
{
    internal readonly ValueTag Tag;
    internal readonly long Bits;
    internal readonly object? Reference;

    private Value(ValueTag tag, long bits = 0, object? reference = null) => (Tag, Bits, Reference) = (tag, bits, reference);

    /// <summary>Take what the schema says.</summary>
    internal static Value Default => default;

    internal static Value None => new(ValueTag.None);

    internal static Value Of(torch.Device? device) =>
        device is null ? None : new(ValueTag.Device, device.Packed);

    internal static Value Of(torch.ScalarType? dtype) => dtype is null ? None : new(ValueTag.Int, (long)dtype.Value);

    internal static Value Of(long? number) => number is null ? None : new(ValueTag.Int, number.Value);

    internal static Value Of(double? number) => number is null ? None : new(ValueTag.Double, BitConverter.DoubleToInt64Bits(number.Value));

    internal static Value Of(torch.Generator? generator) => generator is null ? None : new(ValueTag.Generator, reference: generator);

    internal static Value Of(torch.Tensor? tensor) => tensor is null ? None : new(ValueTag.Tensor, reference: tensor);

    internal static Value Of(System.Numerics.Complex number) => new(ValueTag.Complex, reference: number);

    internal static Value List(torch.Tensor[] tensors) => new(ValueTag.TensorList, reference: tensors);

    internal static Value OptionalList(torch.Tensor?[] tensors) => new(ValueTag.OptionalTensorList, reference: tensors);

    public static implicit operator Value(torch.Tensor? tensor) => Of(tensor);

    public static implicit operator Value(long number) => new(ValueTag.Int, number);

    public static implicit operator Value(int number) => new(ValueTag.Int, number);

    public static implicit operator Value(double number) => new(ValueTag.Double, BitConverter.DoubleToInt64Bits(number));

    public static implicit operator Value(bool truth) => new(ValueTag.Bool, truth ? 1 : 0);

    [SuppressMessage("Usage", "CA2225", Justification = "internal")]
    public static implicit operator Value(long[]? list) => list is null ? None : new(ValueTag.IntList, reference: list);

    public static implicit operator Value(double[]? list) => list is null ? None : new(ValueTag.DoubleList, reference: list);

    public static implicit operator Value(bool[] list) => new(ValueTag.BoolList, reference: list);

    public static implicit operator Value(string? text) => text is null ? None : new(ValueTag.String, reference: text);

    public static implicit operator Value(torch.ScalarType dtype) => new(ValueTag.Int, (long)dtype);

    /// <summary>An integer, a floating-point number or a boolean, as the scalar's type says.</summary>
    public static implicit operator Value(Scalar? scalar) => scalar is null ? None : scalar.ToValue();
}
