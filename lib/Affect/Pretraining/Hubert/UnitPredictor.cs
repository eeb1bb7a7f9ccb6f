namespace Affect.Pretraining.Hubert;

/// <summary>Says which unit of a code book a frame is: the cosine between its projection and each unit's embedding, over a temperature.</summary>
/// <remarks>Hsu et al., arXiv:2106.07447, section II.B, equation 3; τ = 0.1 as in fairseq. Names as in fairseq's <c>HubertModel</c>.</remarks>
internal sealed class UnitPredictor : Module<Tensor, Tensor>
{
    private readonly Linear final_proj;
    private readonly Parameter label_embs_concat; // [units, size]
    private readonly double temperature;

    internal UnitPredictor(int hiddenSize, int units, int size, double temperature, Generator generator)
        : base(nameof(UnitPredictor))
    {
        this.temperature = temperature;
        final_proj = nn.Linear(hiddenSize, size);
        label_embs_concat = nn.Parameter(empty(units, size));
        using (no_grad())
        {
            var bound = 1 / Math.Sqrt(hiddenSize);
            final_proj.weight.uniform_(-bound, bound, generator);
            final_proj.bias!.Clear();
            label_embs_concat.uniform_(0, 1, generator);
        }
        RegisterComponents();
    }

    /// <param name="input"><c>[frames, hidden]</c></param>
    /// <returns><c>[frames, units]</c>, cosines over τ.</returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        return (InfoNce.Unit(final_proj.call(input)).mm(InfoNce.Unit(label_embs_concat).t()) / temperature).MoveToOuterDisposeScope();
    }
}
