namespace Affect.Encoders.Transformer;

/// <summary>Activations by transformers' names, and what they compute.</summary>
internal static class Activations
{
    internal static IReadOnlyDictionary<string, Activation> ByName { get; } = new Dictionary<string, Activation>
    {
        ["gelu"] = Activation.Gelu,
        ["gelu_python"] = Activation.Gelu,
        ["gelu_new"] = Activation.GeluTanh,
        ["gelu_pytorch_tanh"] = Activation.GeluTanh,
        ["gelu_python_tanh"] = Activation.GeluTanh,
        ["gelu_fast"] = Activation.GeluTanh,
        ["gelu_accurate"] = Activation.GeluTanh,
        ["quick_gelu"] = Activation.QuickGelu,
        ["relu"] = Activation.Relu,
        ["silu"] = Activation.Silu,
        ["swish"] = Activation.Silu,
    };

    internal static string NameOf(Activation activation) => ByName.First(known => known.Value == activation).Key;

    internal static Tensor Apply(this Activation activation, Tensor input)
    {
        using var scope = NewDisposeScope();
        var output = activation switch
        {
            Activation.Gelu => F.gelu(input),
            Activation.Relu => F.relu(input),
            Activation.Silu => F.silu(input),
            Activation.QuickGelu => input * (input * 1.702).sigmoid(),
            Activation.GeluTanh => input * 0.5 * (((input + (input.pow(3) * 0.044715)) * Math.Sqrt(2 / Math.PI)).tanh() + 1.0),
            _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "The activation is not known."),
        };
        return output.MoveToOuterDisposeScope();
    }
}
