namespace Affect.Probing;

/// <summary>A linear map from standardised features to the classes' logits, as <see cref="LinearProbe"/> has learned it.</summary>
public sealed class FittedProbe : IFittedProbe
{
    private const string WeightsName = "probe.safetensors";
    private const string SettingsName = "probe.json";
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly Standardisation standardisation;
    private readonly double[] weight; // [classes, dims]
    private readonly double[] bias;   // [classes]

    internal FittedProbe(Standardisation standardisation, double[] weight, double[] bias) =>
        (this.standardisation, this.weight, this.bias) = (standardisation, weight, bias);

    /// <summary>The C that it was fitted with.</summary>
    public required double Penalty { get; init; }

    /// <inheritdoc/>
    public bool HasSettled { get; init; } = true;

    /// <summary>How many classes it knows.</summary>
    public int Classes => bias.Length;

    /// <summary>How many numbers a clip's features have.</summary>
    public int Dims => standardisation.Mean.Length;

    /// <inheritdoc/>
    public Tensor Probabilities(Tensor features)
    {
        ArgumentNullException.ThrowIfNull(features);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var flat = features.dim() > 2 ? features.flatten(1) : features;
        flat.Shape([-1, Dims], "[clips, dims]", nameof(features));
        var weights = tensor(weight, new long[] { Classes, Dims }, device: features.device);
        var logits = standardisation.Apply(flat).mm(weights.t().contiguous()) + tensor(bias, device: features.device); // in aligned memory
        return logits.softmax(1).to(float32).MoveToOuterDisposeScope();
    }

    /// <summary>Writes the probe: its numbers as safetensors, its settings as JSON.</summary>
    /// <param name="folder">The folder; made if it is not there.</param>
    /// <exception cref="IOException">The files cannot be written.</exception>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(Path.Combine(folder, WeightsName), new Dictionary<string, Tensor>
        {
            ["weight"] = tensor(weight, new long[] { Classes, Dims }),
            ["bias"] = tensor(bias),
            ["mean"] = tensor(standardisation.Mean),
            ["scale"] = tensor(standardisation.Scale),
        });
        AtomicFile.WriteText(Path.Combine(folder, SettingsName), JsonSerializer.Serialize(new Settings(Penalty, HasSettled), Layout) + "\n");
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="FileNotFoundException">There is no probe.</exception>
    /// <exception cref="FormatException">A file is damaged.</exception>
    public static FittedProbe Load(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        using var scope = NewDisposeScope();
        var path = Path.Combine(folder, WeightsName);
        using var file = SafetensorsFile.Open(path);
        var (mean, scale) = (Numbers("mean", 1), Numbers("scale", 1));
        var (onDims, ofClasses) = (Numbers("weight", 2), Numbers("bias", 1));
        if (scale.Length != mean.Length || onDims.Length != ofClasses.Length * mean.Length)
            throw new FormatException($"{path} must hold 'weight' as [classes, dims] = [{ofClasses.Length}, {mean.Length}], but has {onDims.Length} numbers there, and {scale.Length} of 'scale'.");
        var settings = ReadSettings(Path.Combine(folder, SettingsName));
        return new FittedProbe(new Standardisation(mean, scale), onDims, ofClasses) { Penalty = settings.Penalty, HasSettled = settings.HasSettled };

        double[] Numbers(string name, int axes)
        {
            var isGood = file.Entries.TryGetValue(name, out var entry) && entry.Type == ScalarType.Float64 && entry.Shape.Count == axes;
            if (!isGood) throw new FormatException($"{path} must hold '{name}' as float64 with {axes} ax{(axes == 1 ? "is" : "es")}, but does not.");
            return file.Read(name).data<double>().ToArray();
        }
    }

    private static Settings ReadSettings(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Settings>(RegularFile.ReadAllText(path), Layout) ?? throw new JsonException("it holds null");
        }
        catch (JsonException error)
        {
            throw new FormatException($"{path} must describe a fitted probe, but does not: {error.Message}", error);
        }
    }

    private sealed record Settings(double Penalty, bool HasSettled);
}
