namespace Affect.Pretraining.Hubert;

/// <summary>All that an interrupted training needs to go on exactly, in one file that is either whole or the one before: weights, the optimizer's moments, what the steps measured.</summary>
internal static class TrainingState
{
    private const string BooksKey = "code_books";

    internal static void Save(string path, HubertModel model, IReadOnlyList<UnitPredictor> predictors, AdamW optimizer, IReadOnlyList<PretrainingStep> steps)
    {
        using var scope = NewDisposeScope();
        var tensors = new Dictionary<string, Tensor>();
        foreach (var (name, tensor) in Weights(model, predictors)) tensors.Add(name, tensor);
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, System.Text.Encoding.UTF8, leaveOpen: true)) optimizer.save_state_dict(writer);
        tensors.Add("optimizer", tensor(buffer.ToArray(), dtype: ScalarType.Byte));
        tensors.Add("steps", tensor(steps.SelectMany(Row).ToArray(), new long[] { steps.Count, 2 + 3 * predictors.Count }, dtype: ScalarType.Float64));
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { [BooksKey] = predictors.Count.ToString(CultureInfo.InvariantCulture) });
    }

    /// <exception cref="FormatException">The file is of another training.</exception>
    internal static void Load(string path, HubertModel model, IReadOnlyList<UnitPredictor> predictors, AdamW optimizer, List<PretrainingStep> steps)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var file = SafetensorsFile.Open(path);
        var weights = Weights(model, predictors).ToArray();
        foreach (var (name, target) in weights)
        {
            if (!file.Entries.TryGetValue(name, out var entry) || !entry.Shape.SequenceEqual(target.shape))
                throw new FormatException($"{path} is the state of another training ('{name}' is missing or of another shape); remove it or choose another folder with --work.");
            target.copy_(file.Read(name));
        }
        using var reader = new BinaryReader(new MemoryStream(file.Read("optimizer").data<byte>().ToArray()));
        optimizer.load_state_dict(reader);
        var numbers = file.Read("steps");
        var (count, width, books) = ((int)numbers.shape[0], (int)numbers.shape[1], predictors.Count);
        var values = numbers.data<double>().ToArray();
        steps.Clear();
        for (var step = 0; step < count; step++)
        {
            var row = values.AsSpan(step * width, width);
            steps.Add(new PretrainingStep(
                step + 1, row[0], row.Slice(2, books).ToArray(), row.Slice(2 + books, books).ToArray(), row.Slice(2 + 2 * books, books).ToArray(), row[1]));
        }
    }

    private static IEnumerable<double> Row(PretrainingStep step) => [step.Loss, step.GradientNorm, .. step.Masked, .. step.Unmasked, .. step.Accuracy];

    private static IEnumerable<(string Name, Tensor Tensor)> Weights(Module model, IReadOnlyList<Module> predictors)
    {
        foreach (var (name, tensor) in model.state_dict()) yield return ($"model.{name}", tensor);
        for (var book = 0; book < predictors.Count; book++)
            foreach (var (name, tensor) in predictors[book].state_dict()) yield return (FormattableString.Invariant($"predictors.{book}.{name}"), tensor);
    }
}
