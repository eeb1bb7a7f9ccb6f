namespace Affect.Adapters.Cache;

/// <summary>
/// The part of an encoder below the first layer that changes, computed once per clip and kept: epochs then cost only the layers above. Without an encoder
/// change below, what is learned is the same as with everything computed anew.
/// </summary>
/// <remarks>Each clip is encoded by itself, so that padding touches nothing below; batches are padded above, where it is masked out.</remarks>
public sealed class LayerCache : IDisposable
{
    private const string TensorName = "state";

    private readonly ISpeechTransformer encoder;
    private readonly ClipSounds sounds;
    private readonly LayerCacheConfig config;
    private readonly Tensor?[] kept;
    private readonly string? folder;

    /// <summary>Plans what is kept; <see cref="Fill"/> computes it.</summary>
    /// <param name="encoder">The encoder; its layers up to the kept one must not change while this object is used.</param>
    /// <param name="sounds">The clips.</param>
    /// <param name="config">What is kept, and where; null: the output of the front end, in memory.</param>
    /// <exception cref="ArgumentException">The encoder has no such layer, or the folder is missing.</exception>
    public LayerCache(ISpeechTransformer encoder, ClipSounds sounds, LayerCacheConfig? config = null)
    {
        this.encoder = encoder ?? throw new ArgumentNullException(nameof(encoder));
        this.sounds = sounds ?? throw new ArgumentNullException(nameof(sounds));
        this.config = config ??= new LayerCacheConfig();
        if (config.Layer > encoder.Layers) throw new ArgumentException($"Layer must be at most {encoder.Layers}, which is what {encoder.Name} has, but is {config.Layer}.", nameof(config));
        if (config.Storage == CacheStorage.Disk && string.IsNullOrEmpty(config.Folder)) throw new ArgumentException("Folder must be named where states are kept on disk.", nameof(config));
        var most = (long)(config.MaximumSeconds * encoder.SampleRate);
        Frames = [.. sounds.Samples.Select(samples => encoder.Frames(Math.Min(samples, most)))];
        Size = config.Layer is null ? encoder.FrontSize : encoder.HiddenSize;
        kept = new Tensor?[sounds.Clips.Count];
        if (config.Storage != CacheStorage.Disk) return;
        // The front end's folders have their name from HuBERT's.
        var level = config.Layer is { } layer ? FormattableString.Invariant($"layer-{layer}") : "convolutions";
        var code = CodeIdentity.Of(encoder);
        var own = code.Length == 0 ? "" : $"-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)))[..8]}";
        folder = Path.Combine(config.Folder!, $"{encoder.Fingerprint[..16]}{own}-{level}{(config.IsHalf ? "-bf16" : "")}-{config.MaximumSeconds.ToString(CultureInfo.InvariantCulture)}s");
    }

    /// <summary>The frames of each clip.</summary>
    public IReadOnlyList<long> Frames { get; }

    /// <summary>How many numbers a frame has.</summary>
    public int Size { get; }

    /// <summary>How much is kept when all clips are, in bytes; known before the work.</summary>
    public long Bytes => config.Storage == CacheStorage.None ? 0 : Frames.Sum() * Size * (config.IsHalf ? 2 : 4);

    /// <summary>The state kept; null: the output of the front end.</summary>
    public int? Layer => config.Layer;

    /// <summary>Computes what is not there yet, one clip per core at a time.</summary>
    /// <param name="progress">Receives progress after every clip; may be null.</param>
    /// <param name="cancel">Ends the work; what is done is kept.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Fill(IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        if (config.Storage == CacheStorage.None || kept.Length == 0) return;
        Compute(0).Dispose(); // folded weights are made by one thread, then only read
        var counter = new WorkCounter(progress, $"Encoding up to {(config.Layer is { } layer ? FormattableString.Invariant($"layer {layer}") : "the front end")}, once", kept.Length);
        Workers.Run(kept.Length, CPU, clip =>
        {
            cancel.ThrowIfCancellationRequested();
            if (config.Storage == CacheStorage.Disk) Store(clip);
            else kept[clip] ??= Narrow(Compute(clip)).DetachFromDisposeScope();
            counter.Add();
        });
    }

    /// <summary>One clip's state; float32, on the encoder's device. May be called from several threads.</summary>
    /// <returns><c>[frames, size]</c>, the caller's.</returns>
    public Tensor State(int clip)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var state = kept[clip] ?? (config.Storage == CacheStorage.Disk ? Store(clip) : Compute(clip));
        var wide = state.to(ScalarType.Float32);
        return wide.MoveToOuterDisposeScope();
    }

    /// <summary>The states of several clips, padded.</summary>
    /// <param name="clips">Which.</param>
    /// <param name="most">The most frames of each; of longer clips a stretch is taken. Null: all.</param>
    /// <param name="chance">Draws where stretches begin; null: at the clip's beginning.</param>
    /// <returns>The caller's.</returns>
    public PaddedStates Batch(IReadOnlyList<int> clips, long? most = null, SeededRandom? chance = null)
    {
        Require.NotEmpty(clips);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        long[] taken = [.. clips.Select(clip => Math.Min(Frames[clip], most ?? long.MaxValue))];
        var longest = taken.Max();
        var batch = zeros([clips.Count, longest, Size], dtype: ScalarType.Float32, device: encoder.Device);
        for (var row = 0; row < clips.Count; row++)
        {
            using var step = NewDisposeScope();
            var first = chance is null ? 0 : chance.Below((int)(Frames[clips[row]] - taken[row] + 1));
            batch[row].narrow(0, 0, taken[row]).copy_(State(clips[row]).narrow(0, first, taken[row]));
        }
        var lengths = tensor(taken, dtype: ScalarType.Int64, device: batch.device).MoveToOuterDisposeScope();
        return new PaddedStates(batch.MoveToOuterDisposeScope(), lengths) { Padding = taken.All(frames => frames == longest) ? null : lengths };
    }

    /// <summary>Size and place, as in <c>layer 4 of 960 clips: 52.4 MB in memory</c>.</summary>
    public override string ToString()
    {
        var what = config.Layer is { } layer ? FormattableString.Invariant($"layer {layer}") : "the front end's output";
        var place = config.Storage switch
        {
            CacheStorage.None => "computed anew each time",
            CacheStorage.Memory => string.Create(CultureInfo.InvariantCulture, $"{Bytes / 1e6:0.0} MB in memory"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Bytes / 1e6:0.0} MB on disk"),
        };
        return FormattableString.Invariant($"{what} of {Frames.Count} clips: {place}{(config.IsHalf ? ", bfloat16" : "")}");
    }

    /// <summary>Frees what is kept in memory.</summary>
    public void Dispose()
    {
        for (var clip = 0; clip < kept.Length; clip++)
        {
            kept[clip]?.Dispose();
            kept[clip] = null;
        }
    }

    private int Length(int clip) => (int)Math.Min(sounds.Samples[clip], (long)(config.MaximumSeconds * encoder.SampleRate));

    // [frames, size], float32
    private Tensor Compute(int clip)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var sound = tensor(sounds.Waveform(clip).AsSpan(0, Length(clip)).ToArray(), new long[] { 1, Length(clip) });
        if (config.Layer is not { } last) return encoder.FrontEnd(sound).squeeze(0).clone().MoveToOuterDisposeScope();
        using var states = encoder.Encode(sound, tensor(new long[] { Length(clip) }), last);
        return states.Layers[last].squeeze(0).clone().MoveToOuterDisposeScope();
    }

    private Tensor Narrow(Tensor state)
    {
        if (!config.IsHalf) return state;
        using (state) return state.to(ScalarType.BFloat16);
    }

    // Known by what it was computed from: a clip that changed is another clip. A damaged file is made anew.
    private Tensor Store(int clip)
    {
        var sound = sounds.Waveform(clip).AsSpan(0, Length(clip));
        var path = Path.Combine(folder!, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(sound))) + ".safetensors");
        if (File.Exists(path))
        {
            try
            {
                using var file = SafetensorsFile.Open(path);
                if (file.Entries.TryGetValue(TensorName, out var entry) && entry.Shape.SequenceEqual([Frames[clip], Size])) return file.Read(TensorName);
            }
            catch (FormatException)
            {
                // Falls through to writing it again.
            }
        }
        var state = Narrow(Compute(clip));
        SafetensorsWriter.Write(path, new Dictionary<string, Tensor> { [TensorName] = state });
        return state;
    }
}
