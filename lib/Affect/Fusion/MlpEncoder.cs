namespace Affect.Fusion;

/// <summary>Three maps with ReLU, dropout before the first: how the MER2024 baseline embeds a feature.</summary>
/// <remarks>arXiv:2404.17113; MERTools, MER2024/toolkit/models/modules/encoder.py.</remarks>
internal sealed class MlpEncoder : Module<Tensor, Tensor>
{
    private readonly Linear linear_1;
    private readonly Linear linear_2;
    private readonly Linear linear_3;
    private readonly double dropout;

    internal MlpEncoder(int inputSize, int hiddenSize, double dropout)
        : base(nameof(MlpEncoder))
    {
        linear_1 = nn.Linear(inputSize, hiddenSize);
        linear_2 = nn.Linear(hiddenSize, hiddenSize);
        linear_3 = nn.Linear(hiddenSize, hiddenSize);
        this.dropout = dropout;
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, in]</c></param>
    /// <returns><c>[batch, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var kept = training && dropout > 0 ? SeededDropout.Apply(input, dropout) : input;
        return F.relu(linear_3.call(F.relu(linear_2.call(F.relu(linear_1.call(kept)))))).MoveToOuterDisposeScope();
    }
}
