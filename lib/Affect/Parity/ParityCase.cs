namespace Affect.Parity;

/// <summary>A recorded case (<c>case.safetensors</c>: inputs and what the original made of them), and how far our outputs are from it.</summary>
public sealed class ParityCase : IDisposable
{
    /// <summary>The file beside the weights that holds a case.</summary>
    public const string FileName = "case.safetensors";

    /// <summary>The file that holds the cases where what is checked has no tensors, as a tokenizer.</summary>
    public const string TextFileName = "cases.json";

    private const string GradientPrefix = "grad.";

    private readonly SafetensorsFile? file;
    private readonly string source;
    private readonly Dictionary<string, double> tensors = [];
    private readonly Dictionary<string, double> gradients = [];

    private ParityCase(SafetensorsFile? file, string source, Device device) => (this.file, this.source, Device) = (file, source, device);

    /// <summary>Where the model is to compute; what is read from the case lies there.</summary>
    public Device Device { get; }


    /// <summary>The names of the gradients on record, without <c>grad.</c>.</summary>
    public IReadOnlyList<string> GradientNames =>
        [.. Names.Where(name => name.StartsWith(GradientPrefix, StringComparison.Ordinal)).Select(name => name[GradientPrefix.Length..])];

    /// <summary>Largest absolute difference by tensor, so far.</summary>
    public IReadOnlyDictionary<string, double> Tensors => tensors;

    /// <summary>Largest difference by gradient, relative to the gradient's largest number, so far.</summary>
    public IReadOnlyDictionary<string, double> Gradients => gradients;

    private IEnumerable<string> Names => file is null ? [] : file.Entries.Keys;

    /// <summary>Opens the case in a model's folder: <see cref="FileName"/>, or <see cref="TextFileName"/> where there are no tensors.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="device">Where the model is to compute; null: the CPU.</param>
    /// <exception cref="FileNotFoundException">The folder has neither.</exception>
    /// <exception cref="FormatException">The file is damaged.</exception>
    public static ParityCase Open(string folder, Device? device = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path) && Path.Combine(folder, TextFileName) is var text && File.Exists(text)) return new ParityCase(file: null, text, device ?? CPU);
        return File.Exists(path)
            ? new ParityCase(SafetensorsFile.Open(path), path, device ?? CPU)
            : throw new FileNotFoundException($"{folder} holds no {FileName} (inputs and the original's outputs, by the names of the states).", path);
    }

    /// <summary>True if something is on record under a name.</summary>
    public bool Has(string name) => file?.Entries.ContainsKey(name) == true;

    /// <summary>Reads an input or an expected output.</summary>
    /// <exception cref="FormatException">The case does not hold it.</exception>
    public Tensor Read(string name) => Has(name) ? file!.Read(name).to(Device) : throw new FormatException($"{source} does not hold '{name}'.");

    /// <summary>Tells of something that was compared with the record elsewhere.</summary>
    /// <param name="name">What was compared, for the report.</param>
    /// <param name="difference">How far it is from the record; 0 where equal.</param>
    public void Record(string name, double difference) => tensors[name] = double.IsNaN(difference) ? double.PositiveInfinity : difference;

    /// <summary>Compares one output with the record.</summary>
    /// <param name="name">Its name in the record.</param>
    /// <param name="ours">Our output.</param>
    /// <param name="valid">1 where a position counts, over the leading axes of the output; null: everywhere.</param>
    /// <exception cref="FormatException">It is not on record, or in another shape.</exception>
    public void Compare(string name, Tensor ours, Tensor? valid = null)
    {
        using var scope = NewDisposeScope();
        tensors[name] = LargestDifference(name, ours, Read(name), valid);
    }

    /// <summary>Compares the gradient of one weight with the record.</summary>
    /// <param name="name">The weight's name.</param>
    /// <param name="ours">Our gradient; null if none reached the weight.</param>
    public void CompareGradient(string name, Tensor? ours)
    {
        using var scope = NewDisposeScope();
        var expected = Read(GradientPrefix + name);
        var largest = Math.Max(expected.abs().max().ToDouble(), double.Epsilon);
        gradients[name] = ours is null ? double.PositiveInfinity : LargestDifference(GradientPrefix + name, ours, expected, valid: null) / largest;
    }

    /// <summary>What was compared, judged.</summary>
    /// <param name="tolerance">The largest absolute difference allowed in states and losses.</param>
    public ParityReport Report(double tolerance) => new() { Tolerance = tolerance, Tensors = tensors, Gradients = gradients };

    /// <summary>Closes the file.</summary>
    public void Dispose() => file?.Dispose();

    private double LargestDifference(string name, Tensor ours, Tensor expected, Tensor? valid)
    {
        if (!ours.shape.SequenceEqual(expected.shape))
        {
            throw new FormatException(
                $"{source}: '{name}' is of shape [{string.Join(", ", expected.shape)}], but the model gives [{string.Join(", ", ours.shape)}].");
        }
        var difference = (ours.detach().cpu().to(ScalarType.Float64) - expected.cpu().to(ScalarType.Float64)).abs();
        if (valid is not null)
        {
            var mask = valid.cpu().ne(0);
            while (mask.dim() < difference.dim()) mask = mask.unsqueeze(-1);
            // Not by multiplication: what is not counted may be anything, even not a number.
            difference = difference.masked_fill(~mask, 0);
        }
        var largest = difference.max().ToDouble();
        return double.IsNaN(largest) ? double.PositiveInfinity : largest;
    }
}
