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

    /// <summary>Largest absolute difference by tensor, so far.</summary>
    public IReadOnlyDictionary<string, double> Tensors => tensors;

    /// <summary>Largest difference by gradient, relative to the gradient's largest number, so far.</summary>
    public IReadOnlyDictionary<string, double> Gradients => gradients;

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

    /// <summary>Reads an input that a case may do without; null: it has none.</summary>
    public Tensor? Find(string name) => Has(name) ? Read(name) : null;

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

    /// <summary>Compares all states with the record: <c>hidden_states.0</c> and so on.</summary>
    /// <param name="states">Our states.</param>
    /// <param name="prefix">What stands before their names, as in <c>vision.</c>.</param>
    /// <param name="valid">As in <see cref="Compare"/>.</param>
    /// <exception cref="FormatException">The record holds more or fewer, or others in shape.</exception>
    public void CompareStates(IReadOnlyList<Tensor> states, string prefix = "", Tensor? valid = null)
    {
        ArgumentNullException.ThrowIfNull(states);
        for (var layer = 0; layer < states.Count; layer++) Compare($"{prefix}hidden_states.{layer}", states[layer], valid);
        if (Has($"{prefix}hidden_states.{states.Count}"))
            throw new FormatException($"The case holds '{prefix}hidden_states.{states.Count}', but config.json has only {states.Count - 1} blocks.");
    }

    /// <summary>Compares a loss, and the gradients of all weights that have one on record.</summary>
    /// <param name="loss">One number; the gradients are computed from it.</param>
    /// <param name="weights">The weights that may have gradients, by name.</param>
    /// <param name="ours">Our name of a weight by the record's; null: the same.</param>
    /// <exception cref="FormatException">The record holds a gradient of a weight that there is not.</exception>
    public void CompareLoss(Tensor loss, IReadOnlyDictionary<string, Parameter> weights, Func<string, string>? ours = null)
    {
        ArgumentNullException.ThrowIfNull(loss);
        ArgumentNullException.ThrowIfNull(weights);
        using var scope = NewDisposeScope();
        Compare("loss", loss.reshape(1));
        loss.backward();
        foreach (var entry in file!.Entries.Keys.Where(entry => entry.StartsWith(GradientPrefix, StringComparison.Ordinal)))
        {
            var name = entry[GradientPrefix.Length..];
            if (!weights.TryGetValue(ours?.Invoke(name) ?? name, out var weight))
                throw new FormatException($"The case holds a gradient of '{name}', which the model does not have.");
            var expected = Read(entry);
            var largest = Math.Max(expected.abs().max().ToDouble(), double.Epsilon);
            gradients[name] = weight.grad is { } gradient ? LargestDifference(entry, gradient, expected, valid: null) / largest : double.PositiveInfinity;
        }
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
