namespace Affect.Checkpoints;

/// <summary>Loads a checkpoint into a model's tensors: exactly, one tensor at a time.</summary>
public static class WeightLoader
{
    /// <summary>Copies the file's tensors into the model's, converting number formats; nothing is touched unless all names and shapes meet.</summary>
    /// <param name="targets">The model's tensors by name, as <c>state_dict()</c> gives them.</param>
    /// <param name="checkpoint">The file.</param>
    /// <param name="map">How the file's names become the model's.</param>
    /// <returns>What was loaded.</returns>
    /// <exception cref="FormatException">A name is missing or unexpected, or a shape differs; the message lists them.</exception>
    public static LoadReport Load(IReadOnlyDictionary<string, Tensor> targets, Checkpoint checkpoint, NameMap map)
    {
        var report = Compare(targets, checkpoint, map);
        if (!report.IsExact) throw Refusal(checkpoint, report);
        using var noGrad = no_grad();
        foreach (var theirs in checkpoint.Entries.Keys)
        {
            var (ours, transform) = map.Resolve(theirs, targets);
            if (ours.Count == 0) continue;
            using var scope = NewDisposeScope();
            var tensor = checkpoint.Read(theirs);
            if (transform is not null) tensor = transform(tensor);
            var parts = ours.Count == 1 ? [tensor] : tensor.chunk(ours.Count, 0);
            foreach (var (name, part) in ours.Zip(parts))
            {
                var target = targets[name];
                if (!part.shape.SequenceEqual(target.shape))
                    throw Refusal(checkpoint, report with { WrongShape = [Differ(name, target, $"(transformed) {Text(part.shape)}")] });
                target.copy_(part);
            }
        }
        return report;
    }

    /// <summary>Compares names and shapes without reading any numbers; shapes that a transform changes are checked while loading.</summary>
    /// <inheritdoc cref="Load"/>
    public static LoadReport Compare(IReadOnlyDictionary<string, Tensor> targets, Checkpoint checkpoint, NameMap map)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(checkpoint);
        ArgumentNullException.ThrowIfNull(map);
        var unexpected = new List<string>();
        var wrongShape = new List<string>();
        var met = new HashSet<string>();
        foreach (var (theirs, entry) in checkpoint.Entries)
        {
            var (ours, transform) = map.Resolve(theirs, targets);
            foreach (var name in ours)
            {
                if (!targets.TryGetValue(name, out var target) || !met.Add(name)) unexpected.Add(theirs);
                else if (transform is null && !Part(entry.Shape, ours.Count).SequenceEqual(target.shape))
                    wrongShape.Add(Differ(name, target, entry.ShapeText));
            }
        }
        return new LoadReport
        {
            Loaded = met.Count,
            Missing = [.. targets.Keys.Where(name => !met.Contains(name) && !map.IsOptional(name))],
            Unexpected = unexpected,
            WrongShape = wrongShape,
        };
    }

    private static IEnumerable<long> Part(IReadOnlyList<long> shape, int parts) =>
        shape.Select((size, axis) => axis > 0 || parts == 1 ? size : size % parts == 0 ? size / parts : -1);

    private static string Differ(string name, Tensor target, string found) => $"{name}: model {Text(target.shape)}, file {found}";

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

    private static FormatException Refusal(Checkpoint checkpoint, LoadReport report) => new($"{checkpoint.Path} does not fit the model: {report}.");
}
