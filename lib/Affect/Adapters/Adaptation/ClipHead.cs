namespace Affect.Adapters.Adaptation;

/// <summary>From an encoder's states to one vector per clip and to logits.</summary>
/// <remarks>
/// Learned mixture of layers: Yang et al., <em>SUPERB</em>, arXiv:2105.01051, section 2, each state brought to mean 0 and deviation 1 per frame first, so that the
/// weights compare like with like. arXiv:2409.05015 does not say how it pools; this head is ours.
/// </remarks>
public sealed class ClipHead : Module
{
    private const double Least = 1e-5;
    private const int AttentionSize = 64;

    private readonly Parameter layer_weights; // [layers]
    private readonly Linear? attention_1;
    private readonly Linear? attention_2;
    private readonly LayerNorm norm;
    private readonly Linear? hidden;
    private readonly Linear output;

    /// <param name="config">How.</param>
    /// <param name="hiddenSize">The size of a frame.</param>
    /// <param name="layers">How many states are given.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="seed">Seed of the weights.</param>
    public ClipHead(ClipHeadConfig config, long hiddenSize, int layers, int classes, int seed)
        : base(nameof(ClipHead))
    {
        Config = config ?? throw new ArgumentNullException(nameof(config));
        (Layers, Classes) = (Require.AtLeast(1, layers, nameof(layers)), Require.AtLeast(2, classes, nameof(classes)));
        FeatureSize = (int)hiddenSize * (config.Pooling == HeadPooling.Mean ? 1 : 2);
        layer_weights = nn.Parameter(zeros([layers], dtype: ScalarType.Float32));
        layer_weights.DetachFromDisposeScope();
        if (config.Pooling == HeadPooling.Attention) (attention_1, attention_2) = (nn.Linear(hiddenSize, AttentionSize), nn.Linear(AttentionSize, 1));
        norm = nn.LayerNorm(FeatureSize);
        hidden = config.HiddenSize > 0 ? nn.Linear(FeatureSize, config.HiddenSize) : null;
        output = nn.Linear(config.HiddenSize > 0 ? config.HiddenSize : FeatureSize, classes);
        Start(seed);
        RegisterComponents();
    }

    /// <summary>How it reads.</summary>
    public ClipHeadConfig Config { get; }

    /// <summary>How many states it is given.</summary>
    public int Layers { get; }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>The size of a clip's vector.</summary>
    public int FeatureSize { get; }

    /// <summary>One vector per clip.</summary>
    /// <param name="states">As many as <see cref="Layers"/>, each <c>[batch, frames, hidden]</c>.</param>
    /// <param name="lengths"><c>[batch]</c>, the valid frames.</param>
    /// <returns><c>[batch, features]</c></returns>
    /// <exception cref="ArgumentException">Another number of states.</exception>
    public Tensor Pool(IReadOnlyList<Tensor> states, Tensor lengths)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(lengths);
        if (states.Count != Layers) throw new ArgumentException($"states must be {Layers}, one per layer that the head mixes, but are {states.Count}.", nameof(states));
        using var scope = NewDisposeScope();
        var frames = Mix(states);                                                                            // [batch, frames, hidden]
        var valid = FrameMask.Of(lengths, frames.shape[1]).unsqueeze(2).to(ScalarType.Float32);              // [batch, frames, 1]
        var weights = valid / lengths.to(ScalarType.Float32).view(-1, 1, 1);
        if (attention_1 is not null)
        {
            var scores = attention_2!.call(attention_1.call(frames).tanh());                                 // [batch, frames, 1]
            weights = F.softmax(scores.masked_fill(valid.eq(0), -1e9), dim: 1);
        }
        var mean = (frames * weights).sum(new long[] { 1 });
        if (Config.Pooling == HeadPooling.Mean) return mean.MoveToOuterDisposeScope();
        var spread = ((frames - mean.unsqueeze(1)).pow(2) * weights).sum(new long[] { 1 });
        return Guarded.Join([mean, (spread + Least).sqrt()], 1).MoveToOuterDisposeScope(); // never the root of 0, which has no gradient
    }

    /// <summary>The logits of pooled clips.</summary>
    /// <param name="pooled"><c>[batch, features]</c></param>
    /// <param name="chance">Draws what is dropped in training; null: nothing is.</param>
    /// <returns><c>[batch, classes]</c></returns>
    public Tensor Decide(Tensor pooled, SeededRandom? chance = null)
    {
        using var scope = NewDisposeScope();
        var features = Drop(norm.call(pooled), chance);
        if (hidden is not null) features = Drop(F.relu(hidden.call(features)), chance);
        return output.call(features).MoveToOuterDisposeScope();
    }

    // A state's sum of layers, or the last one as it is.
    private Tensor Mix(IReadOnlyList<Tensor> states)
    {
        if (states.Count == 1) return states[0];
        var shares = F.softmax(layer_weights, dim: 0);
        Tensor? sum = null;
        for (var layer = 0; layer < states.Count; layer++)
        {
            var part = F.layer_norm(states[layer], [states[layer].shape[2]]) * shares[layer];
            sum = sum is null ? part : sum + part;
        }
        return sum!;
    }

    // The mask comes from the step's own stream, not from libtorch's, so that pieces may run side by side and a run can be repeated.
    private Tensor Drop(Tensor input, SeededRandom? chance)
    {
        if (!training || chance is null || Config.Dropout <= 0) return input;
        using var generator = new Generator(chance.NextBits() >> 1);
        var keep = rand(input.shape, dtype: ScalarType.Float32, generator: generator).ge(Config.Dropout).to(ScalarType.Float32);
        return input * keep.to(input.device) / (1 - Config.Dropout);
    }

    private void Start(int seed)
    {
        using var noGrad = no_grad();
        using var generator = new Generator((ulong)seed);
        foreach (var linear in new[] { attention_1, attention_2, hidden, output }.OfType<Linear>())
        {
            var bound = 1 / Math.Sqrt(linear.weight.shape[1]);
            linear.weight.uniform_(-bound, bound, generator);
            linear.bias!.Clear();
        }
    }
}
