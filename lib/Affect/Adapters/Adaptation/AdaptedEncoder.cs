namespace Affect.Adapters.Adaptation;

/// <summary>An encoder, what it was adapted by, and the head that reads emotions from it: one thing to keep.</summary>
public sealed class AdaptedEncoder : IDisposable
{
    private const string LearnedField = "learned_clips";
    private const string NormalisesField = "normalises_speakers";
    private const string HeadName = "classifier";
    private const string HeadFile = "head.json";
    private const string WeightsFile = "head.safetensors";
    private const string EncoderFolder = "encoder";

    private static readonly Dictionary<string, HeadPooling> Poolings = new()
    {
        ["mean"] = HeadPooling.Mean,
        ["mean+std"] = HeadPooling.MeanAndDeviation,
        ["attention"] = HeadPooling.Attention,
    };

    /// <summary>Takes adapter and head over; the encoder stays the caller's.</summary>
    /// <param name="encoder">The encoder.</param>
    /// <param name="adapter">Its adapter; null: the encoder is frozen, or was fine-tuned as a whole.</param>
    /// <param name="head">The head.</param>
    /// <param name="firstState">The first of the states that the head mixes.</param>
    /// <param name="emotions">The classes' names.</param>
    /// <param name="isTuned">Whether the encoder's own weights were changed.</param>
    public AdaptedEncoder(ISpeechTransformer encoder, InsertedAdapter? adapter, ClipHead head, int firstState, IReadOnlyList<string> emotions, bool isTuned = false)
    {
        Encoder = encoder ?? throw new ArgumentNullException(nameof(encoder));
        Head = head ?? throw new ArgumentNullException(nameof(head));
        (Adapter, FirstState, Emotions, IsTuned) = (adapter, Require.Between(0, encoder.Layers, firstState, nameof(firstState)), emotions, isTuned);
    }

    /// <summary>The encoder.</summary>
    public ISpeechTransformer Encoder { get; }

    /// <summary>What it was adapted by; null: nothing.</summary>
    public InsertedAdapter? Adapter { get; }

    /// <summary>The head.</summary>
    public ClipHead Head { get; }

    /// <summary>The first of the states that the head mixes; the last is the encoder's last.</summary>
    public int FirstState { get; }

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Emotions { get; }

    /// <summary>Whether the encoder's own weights were changed (full fine-tuning).</summary>
    public bool IsTuned { get; }

    /// <summary>What each speaker's frames are brought to mean 0 and deviation 1 by before the head reads them; null: they are read as they are. Freed with this object.</summary>
    public SpeakerMoments? Speakers { get; internal set; }

    /// <summary>
    /// The clips whose labels the weights were learned from or chosen by (<see cref="LearnedClips.KeyOf(Data.Clip, CancellationToken)"/>), in ordinal order: who speaks
    /// in them is no stranger. Null: not known, as of files that do not say.
    /// </summary>
    public IReadOnlyList<string>? Learned { get; internal set; }

    /// <summary>The state below everything that is adapted or read by the head: what can be computed once and kept (<see cref="LayerCache"/>). Null: the output of the front end.</summary>
    public int? Level => IsTuned ? null : Adapter is null ? FirstState : Math.Min(Adapter.Layers[0] - 1, FirstState);

    /// <summary>Whether the encoder is freed with this object.</summary>
    internal bool OwnsEncoder { get; init; }

    /// <summary>Vectors and logits of clips whose lower layers are known.</summary>
    /// <param name="prefix">The lower layers; kept below whatever was adapted.</param>
    /// <param name="sounds">The clips that they are of.</param>
    /// <param name="clips">Which of them; null: all.</param>
    public ClipOutputs Read(LayerCache prefix, ClipSounds sounds, IReadOnlyList<int>? clips = null)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(sounds);
        clips ??= [.. Enumerable.Range(0, sounds.Clips.Count)];
        var features = new float[clips.Count * Head.FeatureSize];
        var logits = new float[clips.Count][];
        // Clips of like lengths together, a few at a time on each core.
        var batches = Enumerable.Range(0, clips.Count).OrderBy(place => prefix.Frames[clips[place]]).Chunk(8).ToArray();
        Workers.Run(batches.Length, Encoder.Device, index =>
        {
            using var scope = NewDisposeScope();
            int[] batch = [.. batches[index].Select(place => clips[place])];
            var padded = prefix.Batch(batch);
            var pooled = Head.Pool(States(prefix, padded, [.. batch.Select(clip => sounds.Clips[clip].Speaker)]), padded.Lengths);
            var rows = Head.Decide(pooled).cpu().data<float>().ToArray();
            var vectors = pooled.cpu().contiguous().data<float>().ToArray();
            for (var row = 0; row < batch.Length; row++)
            {
                var place = batches[index][row];
                logits[place] = rows.AsSpan(row * Head.Classes, Head.Classes).ToArray();
                vectors.AsSpan(row * Head.FeatureSize, Head.FeatureSize).CopyTo(features.AsSpan(place * Head.FeatureSize));
            }
        });
        return new ClipOutputs { Features = new FeatureTable([.. clips.Select(clip => sounds.Clips[clip].Id)], features, 1, Head.FeatureSize), Logits = logits };
    }

    /// <summary>The vectors of a batch of recordings, without gradients; where speakers are normalised, as of average speakers.</summary>
    /// <param name="waveform"><c>[batch, samples]</c> at the encoder's rate, padded at the end with 0.</param>
    /// <param name="lengths"><c>[batch]</c>, the valid samples of each; Int64.</param>
    /// <returns><c>[batch, features]</c></returns>
    /// <exception cref="ArgumentException">A recording is too short.</exception>
    public Tensor Pool(Tensor waveform, Tensor lengths)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var states = Encoder.Encode(waveform, lengths);
        return Head.Pool(Normalised(Chosen(states.Layers), [.. Enumerable.Repeat<string?>(null, (int)waveform.shape[0])]), states.FrameLengths).MoveToOuterDisposeScope();
    }

    /// <summary>Vector and logits of one recording; where speakers are normalised, as one of an average speaker, since nothing more of this one is known.</summary>
    /// <param name="waveform">At the encoder's rate, as it was recorded.</param>
    /// <returns><c>[features]</c> and <c>[classes]</c>.</returns>
    /// <exception cref="ArgumentException">The recording is too short.</exception>
    public (float[] Features, float[] Logits) Read(ReadOnlySpan<float> waveform)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var states = Encoder.Encode(tensor(waveform.ToArray(), new long[] { 1, waveform.Length }), tensor(new long[] { waveform.Length }));
        var pooled = Head.Pool(Normalised(Chosen(states.Layers), [null]), states.FrameLengths);
        return (pooled.flatten().cpu().data<float>().ToArray(), Head.Decide(pooled).flatten().cpu().data<float>().ToArray());
    }

    /// <summary>The states that the head reads, from the kept ones; with gradients where the caller's mode has them.</summary>
    internal IReadOnlyList<Tensor> States(LayerCache prefix, PaddedStates padded, IReadOnlyList<string?> speakers)
    {
        if (prefix.Layer is not { } layer) return Normalised(Chosen(Encoder.FromFeatures(padded.States, padded.Padding)), speakers);
        if (layer > FirstState) throw new ArgumentException($"prefix must be kept at or below state {FirstState}, the first that the head reads, but is at {layer}.", nameof(prefix));
        return Normalised(Chosen([.. Enumerable.Repeat(padded.States, layer), .. Encoder.FromState(padded.States, layer, padded.Padding)]), speakers);
    }

    /// <summary>Writes adapter and head (for a fine-tuned encoder: the encoder and the head) into a folder.</summary>
    /// <param name="folder">Made if it is missing.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (Adapter is not null) Adapter.Save(folder, new Dictionary<string, Module> { [HeadName] = Head });
        else SafetensorsWriter.Write(Path.Combine(folder, WeightsFile), Head.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value));
        if (IsTuned) Encoder.SavePretrained(Path.Combine(folder, EncoderFolder));
        Speakers?.Save(folder);
        ConfigFile.Write(Path.Combine(folder, HeadFile), new Dictionary<string, JsonNode?>
        {
            ["encoder"] = Encoder.Name,
            ["tuned"] = IsTuned,
            [NormalisesField] = Speakers is not null,
            ["first_state"] = FirstState,
            ["pooling"] = Poolings.First(known => known.Value == Head.Config.Pooling).Key,
            ["mixes_layers"] = Head.Config.MixesLayers,
            ["hidden_size"] = Head.Config.HiddenSize,
            ["emotions"] = Names(Emotions),
            [LearnedField] = Learned is null ? null : Names(Learned),
        });
    }

    /// <summary>What <see cref="Learned"/> will be of an encoder that <see cref="Save"/> wrote, without loading it.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged.</exception>
    public static IReadOnlyList<string>? LearnedOf(string folder) => Names(folder, LearnedField, ConfigFile.Open(Path.Combine(folder, HeadFile)).Raw(LearnedField));

    /// <summary>Whether the head of an encoder that <see cref="Save"/> wrote learned from frames brought to each speaker's measure, which single clips cannot be, without loading it.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged.</exception>
    public static bool NormalisesSpeakersOf(string folder) => ConfigFile.Open(Path.Combine(folder, HeadFile)).Flag(NormalisesField, missing: false);

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="encoder">The encoder that was adapted; of a fine-tuned one, any of its shape: its weights are replaced.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="methods">Methods that the library does not have (<see cref="SavedAdapter.Load"/>).</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged, or of another encoder.</exception>
    public static AdaptedEncoder Load(ISpeechTransformer encoder, string folder, IReadOnlyList<AdapterMethod>? methods = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var file = ConfigFile.Open(Path.Combine(folder, HeadFile));
        var emotions = Names(folder, "emotions", file.Raw("emotions")) ?? throw new FormatException($"{folder}: '{HeadFile}' must name the emotions.");
        var learned = Names(folder, LearnedField, file.Raw(LearnedField));
        var config = file.Build(own => new ClipHeadConfig
        {
            Pooling = own.Choice("pooling", "mean+std", Poolings),
            MixesLayers = own.Flag("mixes_layers", missing: true),
            HiddenSize = own.WholeNumber("hidden_size", 0),
        });
        var first = file.WholeNumber("first_state", encoder.Layers);
        file.RequireKnown(KnownFields.None.Harmless("encoder", "tuned", NormalisesField)); // the encoder's name, and what is asked below
        if (first > encoder.Layers) throw new FormatException($"{folder} is of another encoder: its head reads from state {first}, but {encoder.Name} has {encoder.Layers} layers.");
        var head = new ClipHead(config, encoder.HiddenSize, config.MixesLayers ? encoder.Layers - first + 1 : 1, emotions.Length, seed: 0);
        InsertedAdapter? adapter = null;
        try
        {
            var isTuned = file.Flag("tuned", missing: false);
            if (isTuned) LoadWhole(encoder.Network.state_dict(), Path.Combine(folder, EncoderFolder));
            if (File.Exists(Path.Combine(folder, InsertedAdapter.ConfigName))) adapter = SavedAdapter.Load(encoder.Network, folder, new Dictionary<string, Module> { [HeadName] = head }, methods: methods);
            else LoadWhole(head.state_dict(), Path.Combine(folder, WeightsFile));
            head.eval();
            var speakers = file.Flag(NormalisesField, missing: false) ? SpeakerMoments.Load(folder, head.Layers, (int)encoder.HiddenSize) : null;
            return new AdaptedEncoder(encoder, adapter, head, first, emotions, isTuned) { Speakers = speakers, Learned = learned };
        }
        catch
        {
            adapter?.Dispose();
            head.Dispose();
            throw;
        }
    }

    /// <summary>Takes the adapter out of the encoder and frees it and the head.</summary>
    public void Dispose()
    {
        Adapter?.Dispose();
        Head.Dispose();
        Speakers?.Dispose();
        if (OwnsEncoder) Encoder.Dispose();
    }

    private static JsonArray Names(IReadOnlyList<string> names) => [.. names.Select(name => JsonValue.Create(name))];

    private static string[]? Names(string folder, string field, JsonNode? value) => value switch
    {
        null => null,
        JsonArray names when names.All(name => name?.GetValueKind() == JsonValueKind.String) => [.. names.Select(name => name!.GetValue<string>())],
        _ => throw new FormatException($"{folder}: '{field}' in '{HeadFile}' must be a list of names, but is {value.ToJsonString()}."),
    };

    private IReadOnlyList<Tensor> Chosen(IReadOnlyList<Tensor> states) => Head.Config.MixesLayers ? [.. states.Skip(FirstState)] : [states[^1]];

    private IReadOnlyList<Tensor> Normalised(IReadOnlyList<Tensor> states, IReadOnlyList<string?> speakers) => Speakers?.Apply(states, speakers) ?? states;

    private static void LoadWhole(IReadOnlyDictionary<string, Tensor> targets, string path)
    {
        using var checkpoint = Checkpoint.Open(path);
        WeightLoader.Load(targets, checkpoint, NameMap.Identity);
    }
}
