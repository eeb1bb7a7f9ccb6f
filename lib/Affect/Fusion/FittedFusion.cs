namespace Affect.Fusion;

/// <summary>A trained fusion with the measure of its inputs, as it is kept on disk: <c>fusion.json</c>, <c>model.safetensors</c>, <c>standardisation.safetensors</c>.</summary>
public sealed class FittedFusion : IDisposable
{
    private const string ConfigName = "fusion.json";
    private const string WeightsName = "model.safetensors";

    private FittedFusion(IFusion fusion, FeatureStandardisation standardisation, IReadOnlyList<string> emotions, IReadOnlyList<string> sources) =>
        (Fusion, Standardisation, Emotions, Sources) = (fusion, standardisation, emotions, sources);

    /// <summary>The network, set to evaluation.</summary>
    public IFusion Fusion { get; }

    /// <summary>What its inputs are brought to.</summary>
    public FeatureStandardisation Standardisation { get; }

    /// <summary>The classes, in the order of the logits.</summary>
    public IReadOnlyList<string> Emotions { get; }

    /// <summary>Where each modality's features came from, as in <c>mimic-hubert, layers 5 to 8</c>.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Reads what a fusion's training wrote.</summary>
    /// <param name="folder">A fold's folder.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged, or they do not fit each other.</exception>
    public static FittedFusion Load(string folder, Device? device = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var file = ConfigFile.Open(Path.Combine(folder, ConfigName));
        return file.Build(_ => Read(folder, file, device));
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

    /// <summary>Frees the network.</summary>
    public void Dispose() => Fusion.Dispose();

    internal static void Save(string folder, FusionTrainingConfig config, FusionData data, IFusion fusion, FeatureStandardisation standardisation)
    {
        SafetensorsWriter.Write(Path.Combine(folder, WeightsName), fusion.Weights.ToDictionary(weight => weight.Name, weight => (Tensor)weight.Parameter));
        standardisation.Save(folder);
        ConfigFile.Write(Path.Combine(folder, ConfigName), new Dictionary<string, JsonNode?>
        {
            ["fusion"] = config.Fusion,
            ["hidden_size"] = config.HiddenSize,
            ["dropout"] = ConfigFile.Real(config.Dropout),
            ["emotions"] = new JsonArray([.. data.Corpus.Emotions.Select(emotion => JsonValue.Create(emotion))]),
            ["modalities"] = new JsonArray([.. data.Features.Select(modality => new JsonObject { ["name"] = modality.Modality, ["size"] = modality.Dims, ["source"] = modality.Source })]),
        });
    }

    private static FittedFusion Read(string folder, ConfigFile file, Device? device)
    {
        var parts = Objects(file, folder);
        var modalities = parts.Select(part => new ModalityInput((string)part["name"]!, (int)part["size"]!)).ToArray();
        string[] emotions = file.Raw("emotions") is JsonArray names && names.All(name => name?.GetValueKind() == JsonValueKind.String)
            ? [.. names.Select(name => name!.GetValue<string>())]
            : throw new FormatException($"{Path.Combine(folder, ConfigName)}: 'emotions' must be a list of names, but is {file.Raw("emotions")?.ToJsonString() ?? "missing"}.");
        var shape = new FusionConfig
        {
            Modalities = modalities,
            Classes = emotions.Length,
            HiddenSize = file.WholeNumber("hidden_size", 0),
            Dropout = file.Number("dropout", 0),
        };
        var fusion = FusionChoice.Parse(file.Text("fusion", "")).Build(shape, seed: 1, device);
        try
        {
            using var checkpoint = Checkpoint.Open(Path.Combine(folder, WeightsName));
            WeightLoader.Load(fusion.Weights.ToDictionary(weight => weight.Name, weight => (Tensor)weight.Parameter), checkpoint, NameMap.Identity);
            fusion.SetTraining(false);
            return new FittedFusion(fusion, FeatureStandardisation.Load(folder, [.. modalities.Select(modality => modality.Name)]), emotions, [.. parts.Select(part => (string?)part["source"] ?? "")]);
        }
        catch
        {
            fusion.Dispose();
            throw;
        }
    }

    private static JsonObject[] Objects(ConfigFile file, string folder) => file.Raw("modalities") is JsonArray list && list.All(item => item is JsonObject entry && entry["name"]?.GetValueKind() == JsonValueKind.String && entry["size"] is JsonValue size && size.TryGetValue<int>(out _) && entry["source"]?.GetValueKind() is null or JsonValueKind.String)
        ? [.. list.Select(item => item!.AsObject())]
        : throw new FormatException($"{Path.Combine(folder, ConfigName)}: 'modalities' must be a list of objects with 'name', a text, and 'size', a whole number.");
}
