namespace TorchSharp.Interop;

/// <summary>What a value is: <c>tc_tag</c> of <c>native/dispatch.h</c>.</summary>
internal enum ValueTag
{
    Default = 0,
    None = 1,
    Tensor = 2,
    Int = 3,
    Double = 4,
    Bool = 5,
    IntList = 6,
    DoubleList = 7,
    BoolList = 8,
    TensorList = 9,
    OptionalTensorList = 10,
    String = 11,
    Device = 12,
    Generator = 13,
    Complex = 14,
}
