namespace Affect.Fusion;

/// <summary>A trained fusion with the measure of its inputs, as it is kept on disk: <c>fusion.json</c>, <c>model.safetensors</c>, <c>standardisation.safetensors</c>.</summary>
public sealed class FittedFusion : IDisposable
{
    private const string ConfigName = "fusion.json";
    private const string WeightsName = "model.safetensors";

    private readonly int hiddenSize; // as it was asked for, which a form of fusion may have reduced

    internal FittedFusion(FusionChoice choice, IFusion fusion, int hiddenSize, FeatureStandardisation standardisation, IReadOnlyList<string> emotions, IReadOnlyList<string> sources) =>
        (Choice, Fusion, this.hiddenSize, Standardisation, Emotions, Sources) = (choice, fusion, hiddenSize, standardisation, emotions, sources);

    /// <summary>The form of fusion.</summary>
    public FusionChoice Choice { get; }

    /// <summary>The network, set to evaluation.</summary>
    public IFusion Fusion { get; }

    /// <summary>What its inputs are brought to.</summary>
    public FeatureStandardisation Standardisation { get; }

    /// <summary>The classes, in the order of the logits.</summary>
    public IReadOnlyList<string> Emotions { get; }

    /// <summary>Where each modality's features came from, as in <c>mimic-hubert, layers 5 to 8</c>.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>How it was trained; null where it was read from a file.</summary>
    public TrainingResult? Training { get; internal init; }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="folder">The folder, as of one fold of a run.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <param name="choices">Forms of fusion that the library does not have.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged, or they do not fit each other.</exception>
    public static FittedFusion Load(string folder, Device? device = null, IReadOnlyList<FusionChoice>? choices = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var file = ConfigFile.Open(Path.Combine(folder, ConfigName));
        return file.Build(_ => Read(folder, file, device, choices));
    }

    /// <summary>The class of each clip.</summary>
    /// <param name="data">Clips with features of the fusion's modalities.</param>
    /// <param name="clips">Which, as positions in the corpus; null: all labelled ones.</param>
    /// <exception cref="ArgumentException">The modalities or their sizes are others.</exception>
    public IReadOnlyList<int> Predict(FusionData data, IReadOnlyList<int>? clips = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return [.. LogitsBySubset(data, clips ?? data.Labelled)[^1].Chunk(Emotions.Count).Select(row => Array.IndexOf(row, row.Max()))];
    }

    /// <summary>How well clips are recognised.</summary>
    /// <inheritdoc cref="Predict"/>
    public Scores Score(FusionData data, IReadOnlyList<int>? clips = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        clips ??= data.Labelled;
        return Scores.Of([.. clips.Select(clip => data.Corpus.Labels[clip])], Predict(data, clips), Emotions.Count);
    }

    /// <summary>The logits of clips from features as encoders give them.</summary>
    /// <param name="features">Per modality, in the fusion's order, <c>[clips, dims]</c> row-major; null: no clip has it.</param>
    /// <param name="clips">How many clips.</param>
    /// <returns><c>[clips][classes]</c></returns>
    /// <exception cref="ArgumentException">No modality is there, or a size does not fit.</exception>
    public float[][] Logits(IReadOnlyList<float[]?> features, int clips)
    {
        ArgumentNullException.ThrowIfNull(features);
        var modalities = Fusion.Config.Modalities;
        if (features.Count != modalities.Count) throw new ArgumentException($"features must be of the modalities {string.Join(", ", modalities.Select(modality => modality.Name))}, but are {features.Count}.", nameof(features));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (tensors, presence) = (new List<Tensor>(), new bool[clips * modalities.Count]);
        for (var m = 0; m < modalities.Count; m++)
        {
            var size = modalities[m].Size;
            var values = features[m] is { } given ? (float[])given.Clone() : new float[clips * size];
            if (values.Length != clips * size) throw new ArgumentException($"features of {modalities[m].Name} must be {clips} times {size} numbers, but are {values.Length}.", nameof(features));
            for (var clip = 0; clip < clips && features[m] is not null; clip++)
            {
                presence[(clip * modalities.Count) + m] = true;
                Standardisation.Apply(m, values.AsSpan(clip * size, size));
            }
            tensors.Add(tensor(values, new long[] { clips, size }));
        }
        var batch = new ModalityBatch { Features = tensors, Presence = tensor(presence, new long[] { clips, modalities.Count }) };
        return [.. Fusion.Fuse(batch).Logits.cpu().contiguous().data<float>().ToArray().Chunk(Fusion.Config.Classes)];
    }

    /// <summary>Writes everything that prediction takes.</summary>
    /// <param name="folder">Made if it is missing.</param>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var shape = Fusion.Config;
        SafetensorsWriter.Write(Path.Combine(folder, WeightsName), Fusion.Weights.ToDictionary(weight => weight.Name, weight => (Tensor)weight.Parameter));
        Standardisation.Save(folder);
        ConfigFile.Write(Path.Combine(folder, ConfigName), new Dictionary<string, JsonNode?>
        {
            ["fusion"] = Choice.Name,
            ["hidden_size"] = hiddenSize,
            ["dropout"] = ConfigFile.Real(shape.Dropout),
            ["emotions"] = new JsonArray([.. Emotions.Select(emotion => JsonValue.Create(emotion))]),
            ["modalities"] = new JsonArray([.. shape.Modalities.Zip(Sources, (modality, source) => new JsonObject { ["name"] = modality.Name, ["size"] = modality.Size, ["source"] = source })]),
        });
    }

    /// <summary>Frees the network.</summary>
    public void Dispose() => Fusion.Dispose();

    /// <summary>The logits of clips for every subset of the modalities, all of them last.</summary>
    /// <returns>Per subset <c>[clips, classes]</c>, row-major.</returns>
    internal float[][] LogitsBySubset(FusionData data, IReadOnlyList<int> clips)
    {
        var modalities = Fusion.Config.Modalities;
        if (!data.Features.Select(features => new ModalityInput(features.Modality, features.Dims)).SequenceEqual(modalities))
        {
            throw new ArgumentException(
                $"data must have the modalities {string.Join(", ", modalities.Select(modality => $"{modality.Name} ({modality.Size})"))}, but has {string.Join(", ", data.Features.Select(features => $"{features.Modality} ({features.Dims})"))}.", nameof(data));
        }
        using var scope = NewDisposeScope();
        var device = Fusion.Weights.First().Parameter.device;
        return [.. MissingModalities.Run(Fusion, data.Batch(clips, Standardisation, device)).Select(shown => shown.Logits)];
    }

    private static FittedFusion Read(string folder, ConfigFile file, Device? device, IReadOnlyList<FusionChoice>? choices)
    {
        var parts = Objects(file, folder);
        var modalities = parts.Select(part => new ModalityInput((string)part["name"]!, (int)part["size"]!)).ToArray();
        string[] emotions = file.Raw("emotions") is JsonArray names && names.All(name => name?.GetValueKind() == JsonValueKind.String)
            ? [.. names.Select(name => name!.GetValue<string>())]
            : throw new FormatException($"{Path.Combine(folder, ConfigName)}: 'emotions' must be a list of names, but is {file.Raw("emotions")?.ToJsonString() ?? "missing"}.");
        var shape = new FusionConfig { Modalities = modalities, Classes = emotions.Length, HiddenSize = file.WholeNumber("hidden_size", 0), Dropout = file.Number("dropout", 0) };
        var choice = FusionChoice.Parse(file.Text("fusion", ""), choices);
        var fusion = choice.Build(shape, seed: 1, device);
        try
        {
            using var checkpoint = Checkpoint.Open(Path.Combine(folder, WeightsName));
            WeightLoader.Load(fusion.Weights.ToDictionary(weight => weight.Name, weight => (Tensor)weight.Parameter), checkpoint, NameMap.Identity);
            fusion.SetTraining(false);
            var standardisation = FeatureStandardisation.Load(folder, [.. modalities.Select(modality => modality.Name)]);
            return new FittedFusion(choice, fusion, shape.HiddenSize, standardisation, emotions, [.. parts.Select(part => (string?)part["source"] ?? "")]);
        }
        catch
        {
            fusion.Dispose();
            throw;
        }
    }

    private static JsonObject[] Objects(ConfigFile file, string folder)
    {
        if (file.Raw("modalities") is JsonArray list && list.All(item => item is JsonObject entry && IsModality(entry))) return [.. list.Select(item => item!.AsObject())];
        throw new FormatException($"{Path.Combine(folder, ConfigName)}: 'modalities' must be a list of objects with 'name', a text, and 'size', a whole number.");

        static bool IsModality(JsonObject entry) => entry["name"]?.GetValueKind() == JsonValueKind.String && entry["size"] is JsonValue size && size.TryGetValue<int>(out _)
            && entry["source"]?.GetValueKind() is null or JsonValueKind.String;
    }
}
