namespace Affect.Adapters.Dora;

/// <summary>From what the frozen map gives to what the decomposed one gives.</summary>
internal sealed class DoraUpdate : Module<Tensor, Tensor, Tensor>
{
    private readonly Linear lora_A;                   // [rank, in]
    private readonly Linear lora_B;                   // [out, rank]
    private readonly Parameter lora_magnitude_vector; // [out]
    private readonly Tensor? initial_A;               // [rank, in], what the update began with where that is a part of the weight; a buffer
    private readonly Tensor? initial_B;               // [out, rank]
    private readonly Func<Tensor> frozen;             // [out, in]; not a child: it is the model's own
    private readonly Func<Tensor?> bias;              // [out]
    private readonly double scale;

    internal DoraUpdate(LinearMap target, int rank, double scale, Generator generator, (Tensor A, Tensor B)? initial = null)
        : base(nameof(DoraUpdate))
    {
        this.scale = scale;
        (frozen, bias) = (() => target.weight, () => target.bias);
        var (output, input) = (target.weight.shape[0], target.weight.shape[1]);
        lora_A = nn.Linear(input, rank, hasBias: false);
        lora_B = nn.Linear(rank, output, hasBias: false);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        lora_A.weight.uniform_(-1 / Math.Sqrt(input), 1 / Math.Sqrt(input), generator);
        lora_B.weight.Clear();
        if (initial is var (a, b))
        {
            lora_A.weight.copy_(a);
            lora_B.weight.copy_(b);
            (initial_A, initial_B) = (a.DetachFromDisposeScope(), b.DetachFromDisposeScope());
        }
        lora_A.MoveTo(target.weight.device);
        lora_B.MoveTo(target.weight.device);
        // The same sum as in every step, so that a fresh adapter's quotient is exactly 1.
        lora_magnitude_vector = nn.Parameter(Norm(Direction()));
        lora_magnitude_vector.DetachFromDisposeScope();
        RegisterComponents();
        this.MoveTo(target.weight.device);
    }

    /// <param name="input"><c>[…, in]</c></param>
    /// <param name="output">What the frozen map made of it, bias included, <c>[…, out]</c>.</param>
    /// <returns><c>[…, out]</c></returns>
    public override Tensor forward(Tensor input, Tensor output)
    {
        using var scope = NewDisposeScope();
        var type = lora_A.weight.dtype;
        var wide = input.to(type);
        var low = F.linear(F.linear(wide, lora_A.weight), lora_B.weight) * scale;
        var magnitude = lora_magnitude_vector / CurrentNorm();
        var plain = bias() is { } own ? output.to(type) - own.to(type) : output.to(type);
        if (initial_A is not null)
        {
            // As if the frozen weight were without what the update began with (PEFT takes it off there).
            low = low - F.linear(F.linear(wide, initial_A), initial_B!) * scale;
        }
        return (output + ((magnitude - 1) * plain + magnitude * low).to(output.dtype)).MoveToOuterDisposeScope();
    }

    /// <summary>The decomposed weight, <c>[out, in]</c>.</summary>
    internal Tensor Weight()
    {
        using var scope = NewDisposeScope();
        var direction = Direction();
        return (direction * (lora_magnitude_vector / Norm(direction)).unsqueeze(1)).MoveToOuterDisposeScope();
    }

    private Tensor CurrentNorm()
    {
        using var noGrad = no_grad();
        return Norm(Direction());
    }

    private Tensor Direction()
    {
        using var scope = NewDisposeScope();
        var product = lora_B.weight.mm(lora_A.weight);
        if (initial_A is not null) product = product - initial_B!.mm(initial_A);
        return (frozen().to(lora_A.weight.dtype) + product * scale).MoveToOuterDisposeScope();
    }

    private static Tensor Norm(Tensor weight) => weight.pow(2).sum(new long[] { 1 }).sqrt();
}
