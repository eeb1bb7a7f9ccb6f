namespace Affect.Fusion;

/// <summary>One block: a modality's frames attend to other frames, then a position-wise network; norms before both.</summary>
/// <remarks>Tsai et al., arXiv:1906.00295, equations 1 to 4.</remarks>
internal sealed class CrossModalBlock : Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly Linear q_proj;
    private readonly Linear k_proj;
    private readonly Linear v_proj;
    private readonly Linear out_proj;
    private readonly LayerNorm norm_query;
    private readonly LayerNorm norm_key;
    private readonly LayerNorm norm_network;
    private readonly Linear fc1;
    private readonly Linear fc2;
    private readonly int heads;
    private readonly double dropout;

    internal CrossModalBlock(int hiddenSize, int heads, double dropout)
        : base(nameof(CrossModalBlock))
    {
        q_proj = nn.Linear(hiddenSize, hiddenSize);
        k_proj = nn.Linear(hiddenSize, hiddenSize);
        v_proj = nn.Linear(hiddenSize, hiddenSize);
        out_proj = nn.Linear(hiddenSize, hiddenSize);
        norm_query = nn.LayerNorm(hiddenSize);
        norm_key = nn.LayerNorm(hiddenSize);
        norm_network = nn.LayerNorm(hiddenSize);
        fc1 = nn.Linear(hiddenSize, 2 * hiddenSize);
        fc2 = nn.Linear(2 * hiddenSize, hiddenSize);
        (this.heads, this.dropout) = (heads, dropout);
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, frames, hidden]</c>, the frames that look.</param>
    /// <param name="others"><c>[batch, keys, hidden]</c>, what they look at.</param>
    /// <param name="mask"><c>[batch, 1, 1, keys]</c>, Bool, true where a key may be attended to.</param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    public override Tensor forward(Tensor input, Tensor others, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var keys = norm_key.call(others);
        var seen = Attention.Mix(q_proj.call(norm_query.call(input)), k_proj.call(keys), v_proj.call(keys), heads, mask, dropout: 0);
        var attended = input + Drop(out_proj.call(seen));
        return (attended + Drop(fc2.call(F.relu(fc1.call(norm_network.call(attended)))))).MoveToOuterDisposeScope();
    }

    private Tensor Drop(Tensor update) => training && dropout > 0 ? SeededDropout.Apply(update, dropout) : update;
}
