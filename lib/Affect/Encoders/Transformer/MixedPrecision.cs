namespace Affect.Encoders.Transformer;

/// <summary>
/// Narrow numbers where the work is, wide ones where errors would add up: products of matrices run in the weights' format (bfloat16, say), while norms
/// and the sum that runs through all blocks stay in theirs (float32). In a model of one format nothing is converted.
/// </summary>
internal static class MixedPrecision
{
    /// <summary>The tensor in a number format; itself if it has it already.</summary>
    internal static Tensor As(this Tensor input, ScalarType type) => input.dtype == type ? input : input.to(type);

    /// <summary>The number format in which a linear map computes.</summary>
    internal static ScalarType WeightType(this Module<Tensor, Tensor> map) => map is LinearMap linear ? linear.weight.dtype : map.parameters().First().dtype;

    /// <summary>Calls a linear map on an input of any number format.</summary>
    internal static Tensor Through(this Tensor input, Module<Tensor, Tensor> map) => map.call(input.As(map.WeightType()));

    /// <summary>Adds what a sub-layer computed to the running sum, in the sum's number format; the update's memory is used where it can be.</summary>
    internal static Tensor Plus(this Tensor sum, Tensor update) => update.As(sum.dtype).add_(sum);
}
