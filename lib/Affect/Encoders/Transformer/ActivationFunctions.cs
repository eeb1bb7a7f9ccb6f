namespace Affect.Encoders.Transformer;

/// <summary>What activations compute.</summary>
internal static class ActivationFunctions
{
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
