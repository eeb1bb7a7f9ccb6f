namespace Affect.Tests.Conformance;

/// <summary>A speech transformer as a researcher writes one in a cell: windows of 25 ms through a convolution, a linear map, two blocks.</summary>
/// <remarks><c>OwnMethodsTests</c> puts this very text into a cell.</remarks>
public sealed class CellSpeech : nn.Module, ISpeechTransformer
{
    private readonly Conv1d front = nn.Conv1d(1, 6, 400, stride: 320);
    private readonly LinearMap map = new(6, 8);
    private readonly ModuleList<TransformerBlock> blocks = TransformerBlocks.Of(
        new BlockConfig { HiddenSize = 8, Layers = 2, Heads = 2, FeedForwardSize = 16, Dropout = 0.5 });

    public CellSpeech() : base("cell-speech")
    {
        RegisterComponents();
        PretrainedFolder.Fresh(this, seed: 1, generator => { foreach (var weight in parameters()) weight.normal_(0, 0.3, generator); });
    }

    public string Name => "cell-speech";
    public int Layers => blocks.Count;
    public int HiddenSize => 8;
    public int FrontSize => 6;
    public int SampleRate => 16_000;
    public int MinimumSamples => 400;
    public bool NeedsEqualLengths => false;
    public nn.Module Network => this;
    public string Fingerprint => PretrainedFolder.Fingerprint(this, Name);
    public long Frames(long samples) => ((samples - 400) / 320) + 1;
    public bool Tunes(string parameter) => !parameter.StartsWith("front.", StringComparison.Ordinal);

    public ISpeechTransformer Copy()
    {
        var (copy, own) = (new CellSpeech(), state_dict());
        using var noGrad = no_grad();
        foreach (var (name, weight) in copy.state_dict()) weight.copy_(own[name]);
        return copy;
    }

    public Tensor FrontEnd(Tensor waveform)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return front.call(waveform.unsqueeze(1)).transpose(1, 2).MoveToOuterDisposeScope(); // [batch, frames, 6]
    }

    public IReadOnlyList<Tensor> FromFeatures(Tensor features, Tensor? frameLengths, Tensor? hidden = null)
    {
        using var scope = NewDisposeScope();
        return Run(map.call(hidden is null ? features : features.masked_fill(hidden.unsqueeze(2), 0)), 0, Layers, frameLengths).ToOuterScope();
    }

    public IReadOnlyList<Tensor> FromState(Tensor state, int layer, Tensor? frameLengths) => Run(state, layer, Layers, frameLengths);

    public HiddenStates Encode(Tensor waveform, Tensor lengths, int? lastLayer = null)
    {
        waveform.Shape([-1, -1], "[batch, samples]");
        var last = Require.Between(0, Layers, lastLayer ?? Layers, nameof(lastLayer));
        using var scope = NewDisposeScope();
        Require.AtLeast(MinimumSamples, lengths.min().ToInt64(), nameof(lengths));
        using var noGrad = no_grad();
        using var evaluation = EvaluationMode.Of(this);
        var frameLengths = (lengths - 400).div(320, RoundingMode.floor) + 1;
        return new HiddenStates(Run(map.call(FrontEnd(waveform)), 0, last, frameLengths), frameLengths).MoveToOuterDisposeScope();
    }

    private List<Tensor> Run(Tensor state, int from, int last, Tensor? frameLengths)
    {
        using var scope = NewDisposeScope();
        var mask = frameLengths is null ? null : FrameMask.Keys(FrameMask.Of(frameLengths, state.shape[1]));
        return blocks.Run(state, mask, last, from).ToOuterScope(first: 1);
    }
}
