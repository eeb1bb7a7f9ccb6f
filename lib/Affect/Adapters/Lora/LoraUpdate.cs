namespace Affect.Adapters.Lora;

/// <summary><c>B A x</c>, before its scale; where the update began as parts of the weight, what it began with is taken off: <c>B A x − B₀ A₀ x</c>.</summary>
/// <remarks>PEFT takes <c>s B₀ A₀</c> off the frozen weight itself. The sum is the same, and here the weight stays bit for bit what it was without the adapter.</remarks>
internal sealed class LoraUpdate : Module<Tensor, Tensor>
{
    private readonly Linear lora_A; // [rank, in]
    private readonly Linear lora_B; // [out, rank]
    private readonly Tensor? initial_A; // [rank, in]; buffers: they neither train nor stand in the file
    private readonly Tensor? initial_B; // [out, rank]

    internal LoraUpdate(LinearMap target, int rank, Generator generator, (Tensor A, Tensor B)? initial = null)
        : base(nameof(LoraUpdate))
    {
        var (output, input) = (target.weight.shape[0], target.weight.shape[1]);
        lora_A = nn.Linear(input, rank, hasBias: false);
        lora_B = nn.Linear(rank, output, hasBias: false);
        using var noGrad = no_grad();
        // As PEFT: kaiming_uniform with a = √5, which is uniform within ±1 / √in.
        lora_A.weight.uniform_(-1 / Math.Sqrt(input), 1 / Math.Sqrt(input), generator);
        lora_B.weight.Clear();
        if (initial is var (a, b))
        {
            lora_A.weight.copy_(a);
            lora_B.weight.copy_(b);
            (initial_A, initial_B) = (a.DetachFromDisposeScope(), b.DetachFromDisposeScope());
        }
        RegisterComponents();
        this.MoveTo(target.weight.device);
    }

    /// <param name="input"><c>[…, in]</c></param>
    /// <returns><c>[…, out]</c>, float32.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var wide = input.dtype == ScalarType.Float32 ? input : input.to(lora_A.weight.dtype);
        var update = F.linear(F.linear(wide, lora_A.weight), lora_B.weight);
        if (initial_A is not null) update = update - F.linear(F.linear(wide, initial_A), initial_B!);
        return update.MoveToOuterDisposeScope();
    }

    /// <summary><c>B A</c> or <c>B A − B₀ A₀</c>, <c>[out, in]</c>.</summary>
    internal Tensor Product()
    {
        using var scope = NewDisposeScope();
        var product = lora_B.weight.mm(lora_A.weight);
        if (initial_A is not null) product = product - initial_B!.mm(initial_A);
        return product.MoveToOuterDisposeScope();
    }
}
