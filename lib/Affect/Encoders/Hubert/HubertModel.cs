namespace Affect.Encoders.Hubert;

/// <summary>HuBERT: convolutions over samples, then a transformer over frames of 20 ms. Base and large styles.</summary>
/// <remarks>
/// Hsu et al., <em>HuBERT: Self-Supervised Speech Representation Learning by Masked Prediction of Hidden Units</em>, arXiv:2106.07447.
/// Reference: transformers 4.46, models/hubert/modeling_hubert.py (weights, names and states agree). Difference: no SpecAugment in training.
/// </remarks>
public sealed partial class HubertModel : Module<Tensor, Tensor?, HiddenStates>, ISpeechTransformer
{
    private readonly ConvFeatureExtractor feature_extractor;
    private readonly FeatureProjection feature_projection;
    private readonly Parameter masked_spec_embed; // [hidden]; takes the place of masked frames in pretraining
    private readonly HubertTransformer encoder;

    /// <summary>Builds the network with TorchSharp's initial weights; see <see cref="FromPretrained"/> and <see cref="Random"/>.</summary>
    /// <exception cref="ArgumentException">Fields of the configuration do not fit each other.</exception>
    private HubertModel(HubertConfig config, string name)
        : base(nameof(HubertModel))
    {
        HubertConfig.Validate(config);
        (Config, Name) = (config, name);
        feature_extractor = new ConvFeatureExtractor(config);
        feature_projection = new FeatureProjection(config);
        encoder = new HubertTransformer(config);
        masked_spec_embed = nn.Parameter(rand([config.HiddenSize], generator: new Generator(0)));
        RegisterComponents();
    }

    /// <summary>The model's shape.</summary>
    public HubertConfig Config { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>
    /// True if <see cref="Encode"/> brings each clip to zero mean and unit variance first, as <c>preprocessor_config.json</c> says (<c>do_normalize</c>).
    /// </summary>
    public bool NormalizesInput { get; private init; } = true;

    /// <summary>
    /// True to compute every layer as it is written, also where another way gives the same numbers but for rounding sooner: for comparison.
    /// </summary>
    public bool IsPlain
    {
        get => feature_extractor.IsPlain;
        set => feature_extractor.IsPlain = value;
    }

    /// <inheritdoc/>
    public int Layers => Config.Layers;

    /// <inheritdoc/>
    public int HiddenSize => Config.HiddenSize;

    /// <inheritdoc/>
    public int SampleRate => 16_000;

    /// <inheritdoc/>
    public bool NeedsEqualLengths => Config.FeatureNorm == FeatureNorm.Group;

    /// <inheritdoc/>
    public int MinimumSamples => Config.MinimumSamples;

    /// <inheritdoc/>
    public Module Network => this;

    /// <summary>The channels of the last convolution.</summary>
    public int FrontSize => Config.ConvChannels[^1];

    /// <inheritdoc/>
    public long Frames(long samples) => Config.Frames(samples);

    /// <summary>True of the projection and the transformer; the convolutions stay as they are (arXiv:2106.07447, section IV.E).</summary>
    /// <param name="parameter">As in <c>encoder.layers.0.attention.q_proj.weight</c>.</param>
    public bool Tunes(string parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        return parameter != nameof(masked_spec_embed) && !parameter.StartsWith($"{nameof(feature_extractor)}.", StringComparison.Ordinal);
    }

    /// <summary>The network alone: no input normalisation, no check of equal lengths, gradients as the caller's mode has them.</summary>
    /// <param name="input"><c>[batch, samples]</c>, the normalised waveform, padded at the end with 0.</param>
    /// <param name="lengths"><c>[batch]</c>, Int64: the valid samples of each clip; null: all.</param>
    /// <returns>N + 1 states in the number format of the norms.</returns>
    /// <exception cref="ArgumentException">A shape is wrong or a clip is too short.</exception>
    public override HiddenStates forward(Tensor input, Tensor? lengths)
    {
        input.Shape([-1, -1], "[batch, samples]");
        lengths?.Shape([input.shape[0]], "[batch]");
        return Run(input, lengths is null ? null : ToArray(lengths), Layers);
    }

    /// <inheritdoc/>
    public HiddenStates Encode(Tensor waveform, Tensor lengths, int? lastLayer = null)
    {
        waveform.Shape([-1, -1], "[batch, samples]");
        lengths.Shape([waveform.shape[0]], "[batch]");
        var last = Require.Between(0, Layers, lastLayer ?? Layers, nameof(lastLayer));
        var valid = ToArray(lengths);
        CheckLengths(valid, waveform.shape[1]);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var evaluation = EvaluationMode.Of(this);
        var states = Run(Normalized(waveform.narrow(1, 0, valid.Max()), valid), valid, last);
        return new HiddenStates([.. states.Layers.Select(state => state.to(ScalarType.Float32))], states.FrameLengths).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor FrontEnd(Tensor waveform)
    {
        waveform.Shape([-1, -1], "[batch, samples]");
        using var scope = NewDisposeScope();
        using var noGrad = no_grad(); // nothing in the convolutions depends on the mode
        long[] lengths = [.. Enumerable.Repeat(waveform.shape[1], (int)waveform.shape[0])];
        CheckTooShort(lengths, waveform.shape[1]);
        return Features(Normalized(waveform, lengths)).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }

    /// <summary>The output of the convolutions.</summary>
    /// <param name="input"><c>[batch, samples]</c>, normalised if <see cref="NormalizesInput"/>.</param>
    /// <returns><c>[batch, frames, channels]</c></returns>
    internal Tensor Features(Tensor input) => feature_extractor.call(input);

    /// <inheritdoc/>
    /// <remarks>A hidden frame's place in the projected output of the convolutions takes <c>masked_spec_embed</c>.</remarks>
    public IReadOnlyList<Tensor> FromFeatures(Tensor features, Tensor? frameLengths, Tensor? hidden = null)
    {
        features.Shape([-1, -1, FrontSize], "[batch, frames, channels]");
        hidden?.Shape(features.shape[..2], "[batch, frames]");
        using var scope = NewDisposeScope();
        var frames = feature_projection.call(features);
        if (hidden is not null) frames = where(hidden.unsqueeze(2), masked_spec_embed, frames);
        return encoder.Run(frames, frameLengths is null ? null : FrameMask.Of(frameLengths, frames.shape[1]), Layers).ToOuterScope();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> FromState(Tensor state, int layer, Tensor? frameLengths)
    {
        state.Shape([-1, -1, HiddenSize], "[batch, frames, hidden]");
        Require.Between(0, Layers, layer, nameof(layer));
        using var scope = NewDisposeScope();
        return encoder.Continue(state, frameLengths is null ? null : FrameMask.Of(frameLengths, state.shape[1]), layer, Layers).ToOuterScope(first: 1);
    }

    /// <summary>The last state of clips some of whose frames are hidden behind <c>masked_spec_embed</c>; with gradients, in the mode the model is in.</summary>
    /// <remarks>Hsu et al., arXiv:2106.07447, section II.B; transformers' <c>_mask_hidden_states</c>: after the projection, before the positions.</remarks>
    /// <param name="input"><c>[batch, samples]</c>, normalised if <see cref="NormalizesInput"/>; every sample valid.</param>
    /// <param name="hidden"><c>[batch, frames]</c>, Bool, true where a frame is hidden.</param>
    /// <returns><c>[batch, frames, hidden size]</c></returns>
    internal Tensor MaskedState(Tensor input, Tensor hidden)
    {
        input.Shape([-1, -1], "[batch, samples]");
        hidden.Shape([input.shape[0], Config.Frames(input.shape[1])], "[batch, frames]");
        using var scope = NewDisposeScope();
        return FromFeatures(Features(input), frameLengths: null, hidden)[^1].MoveToOuterDisposeScope();
    }

    private HiddenStates Run(Tensor input, long[]? lengths, int lastLayer)
    {
        var (batch, samples) = (input.shape[0], input.shape[1]);
        lengths ??= [.. Enumerable.Repeat(samples, (int)batch)];
        CheckTooShort(lengths, samples);
        using var scope = NewDisposeScope();
        var frames = feature_projection.call(Features(input));
        var frameLengths = tensor(Array.ConvertAll(lengths, Config.Frames), dtype: ScalarType.Int64, device: input.device);
        var valid = lengths.Any(length => length < samples) ? FrameMask.Of(frameLengths, frames.shape[1]) : null;
        return new HiddenStates(encoder.Run(frames, valid, lastLayer), frameLengths).MoveToOuterDisposeScope();
    }

    // The network's input: float32 where the convolutions are narrower, normalised if the checkpoint wants that.
    private Tensor Normalized(Tensor waveform, long[] lengths)
    {
        var input = waveform.to(ScalarType.Float32).to(masked_spec_embed.device);
        return (NormalizesInput ? Normalize(input, lengths) : input).to(masked_spec_embed.dtype);
    }

    /// <summary>Brings each clip to zero mean and unit variance over its valid samples; padding becomes 0.</summary>
    /// <remarks>transformers' <c>Wav2Vec2FeatureExtractor.zero_mean_unit_var_norm</c>: <c>(x − mean) / √(var + 1e-7)</c>, the variance over n.</remarks>
    /// <param name="waveform"><c>[batch, samples]</c>, float32.</param>
    /// <param name="lengths">The valid samples of each clip.</param>
    /// <returns><c>[batch, samples]</c></returns>
    internal static Tensor Normalize(Tensor waveform, IReadOnlyList<long> lengths)
    {
        using var scope = NewDisposeScope();
        var rows = new Tensor[lengths.Count];
        for (var clip = 0; clip < rows.Length; clip++)
        {
            var valid = waveform[clip].narrow(0, 0, lengths[clip]);
            var centred = valid - valid.mean();
            var normal = centred / (centred.pow(2).mean() + 1e-7).sqrt();
            rows[clip] = F.pad(normal, new long[] { 0, waveform.shape[1] - lengths[clip] });
        }
        return stack(rows, 0).MoveToOuterDisposeScope();
    }

    private void CheckLengths(long[] lengths, long samples)
    {
        CheckTooShort(lengths, samples);
        if (NeedsEqualLengths && lengths.Min() != lengths.Max())
        {
            throw new ArgumentException(
                "lengths must all be equal for a model with a group norm, whose every frame padding would change, "
                + $"but range from {lengths.Min()} to {lengths.Max()} samples; encode clips of one length together, or one at a time.",
                nameof(lengths));
        }
    }

    private void CheckTooShort(long[] lengths, long samples)
    {
        if (lengths.Length == 0) throw new ArgumentException("lengths must name at least one clip, but is empty.", nameof(lengths));
        var (shortest, longest) = (lengths.Min(), lengths.Max());
        if (shortest < MinimumSamples)
        {
            throw new ArgumentException(
                $"lengths must be at least {MinimumSamples} samples each ({1000.0 * MinimumSamples / SampleRate:0.#} ms, one frame), "
                + $"but the shortest clip has {shortest}.",
                nameof(lengths));
        }
        if (longest > samples)
            throw new ArgumentException($"lengths must be at most the batch's {samples} samples, but the longest is {longest}.", nameof(lengths));
    }

    private static long[] ToArray(Tensor lengths)
    {
        using var scope = NewDisposeScope();
        return lengths.to(ScalarType.Int64).cpu().contiguous().data<long>().ToArray();
    }
}
