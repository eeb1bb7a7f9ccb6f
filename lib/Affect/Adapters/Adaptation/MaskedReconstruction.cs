namespace Affect.Adapters.Adaptation;

/// <summary>How well hidden frames are rebuilt: <c>mean over hidden t of ‖g(ĥ_t) − h_t‖² / hidden size</c>, <c>g</c> linear.</summary>
/// <remarks>
/// arXiv:2409.05015 trains adapters with an unsupervised masked-reconstruction loss beside cross-entropy; the formula is not published. Ours: the target is the
/// frozen encoder's last state on the whole clip, and what is hidden are spans of the front end's output, as in HuBERT's pretraining.
/// </remarks>
public sealed class MaskedReconstruction : Module
{
    private readonly Linear projection;

    /// <param name="hiddenSize">The size of a frame.</param>
    public MaskedReconstruction(long hiddenSize)
        : base(nameof(MaskedReconstruction))
    {
        projection = nn.Linear(hiddenSize, hiddenSize);
        using (no_grad())
        {
            using var identity = eye(hiddenSize);
            projection.weight.copy_(identity); // what the frozen encoder gives is a good first guess
            projection.bias!.Clear();
        }
        RegisterComponents();
    }

    /// <param name="state">The last state of the clips with frames hidden, <c>[batch, frames, hidden]</c>.</param>
    /// <param name="target">The frozen encoder's, of the whole clips, of the same shape.</param>
    /// <param name="isHidden"><c>[batch, frames]</c>, Bool; at least one true.</param>
    /// <returns>A scalar.</returns>
    public Tensor Loss(Tensor state, Tensor target, Tensor isHidden)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(isHidden);
        target.Shape(state.shape, "[batch, frames, hidden]");
        using var scope = NewDisposeScope();
        var weight = isHidden.to(ScalarType.Float32).unsqueeze(2);
        return ((projection.call(state) - target).pow(2) * weight).sum().div(weight.sum() * state.shape[2]).MoveToOuterDisposeScope();
    }

    /// <summary>Draws spans of frames to hide: every frame begins one with a certain chance, as wav2vec 2.0 draws them (arXiv:2006.11477, section 3.1); at least one a clip.</summary>
    /// <param name="lengths">The valid frames of each clip.</param>
    /// <param name="frames">The width of the batch.</param>
    /// <param name="start">The chance that a frame begins a span.</param>
    /// <param name="span">Frames per span.</param>
    /// <param name="random">The draws.</param>
    /// <returns><c>[batch · frames]</c>, row by row.</returns>
    public static bool[] Spans(IReadOnlyList<long> lengths, long frames, double start, int span, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(random);
        var mask = new bool[lengths.Count * frames];
        for (var clip = 0; clip < lengths.Count; clip++)
        {
            var sure = random.Below((int)Math.Max(1, lengths[clip] - span + 1));
            for (var frame = 0; frame < lengths[clip]; frame++)
                if (random.NextDouble() < start || frame == sure)
                    Array.Fill(mask, true, (int)(clip * frames + frame), (int)Math.Min(span, lengths[clip] - frame));
        }
        return mask;
    }
}
