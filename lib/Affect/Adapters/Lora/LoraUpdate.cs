using Affect.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using F = TorchSharp.torch.nn.functional;

namespace Affect.Adapters.Lora;

/// <summary><c>B A x</c>, before its scale.</summary>
internal sealed class LoraUpdate : Module<Tensor, Tensor>
{
    private readonly Linear lora_A; // [rank, in]
    private readonly Linear lora_B; // [out, rank]

    internal LoraUpdate(LinearMap target, int rank, Generator generator)
        : base(nameof(LoraUpdate))
    {
        var (output, input) = (target.weight.shape[0], target.weight.shape[1]);
        lora_A = nn.Linear(input, rank, hasBias: false);
        lora_B = nn.Linear(rank, output, hasBias: false);
        using var noGrad = no_grad();
        // As PEFT: kaiming_uniform with a = √5, which is uniform within ±1 / √in.
        lora_A.weight.uniform_(-1 / Math.Sqrt(input), 1 / Math.Sqrt(input), generator);
        lora_B.weight.Clear();
        RegisterComponents();
        this.MoveTo(target.weight.device);
    }

    /// <param name="input"><c>[…, in]</c></param>
    /// <returns><c>[…, out]</c>, float32.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var wide = input.dtype == ScalarType.Float32 ? input : input.to(lora_A.weight.dtype);
        return F.linear(F.linear(wide, lora_A.weight), lora_B.weight).MoveToOuterDisposeScope();
    }

    /// <summary><c>B A</c>, <c>[out, in]</c>.</summary>
    internal Tensor Product() => lora_B.weight.mm(lora_A.weight);
}
