namespace Affect.Pretraining.Hubert;

/// <summary>Naming the units of hidden frames. A step draws its batch as a whole, from a generator that its number seeds: an item is one crop of it.</summary>
/// <remarks>Hsu et al., arXiv:2106.07447, section II.B: <c>L = α L_m + (1 − α) L_u</c>. Here <c>L_m + β L_u</c>, each the mean over its frames of the batch.</remarks>
internal sealed class MaskedUnitTask : ITrainingTask, IDisposable
{
    private readonly HubertModel model;
    private readonly IReadOnlyList<CodeBook> books;
    private readonly MaskedTrainingConfig config;
    private readonly CropSampler sampler;
    private readonly UnitPredictor[] predictors;
    private readonly int seed;
    private readonly string stream;

    /// <param name="model">Its weights are changed; it stays the caller's.</param>
    /// <param name="speech">What is listened to.</param>
    /// <param name="books">What is named.</param>
    /// <param name="config">How.</param>
    /// <param name="seed">Decides crops, masks and the predictors' initial weights.</param>
    /// <param name="iteration">1 or more; each draws differently.</param>
    /// <param name="recipe">What speech, units and first weights were made from.</param>
    internal MaskedUnitTask(HubertModel model, PretrainingSpeech speech, IReadOnlyList<CodeBook> books, MaskedTrainingConfig config, int seed, int iteration, string recipe)
    {
        (this.model, this.books, this.config, this.seed) = (model, books, config, seed);
        (Name, Recipe, stream) = (FormattableString.Invariant($"Iteration {iteration}"), recipe, FormattableString.Invariant($"pretraining iteration {iteration}"));
        sampler = new CropSampler(speech, books, config, model.Config);
        using var generator = new Generator((ulong)new SeededRandom(seed, stream).NextBits() >> 1);
        predictors = [.. books.Select(book => new UnitPredictor(model.HiddenSize, book.Clusters, config.EmbeddingSize, config.Temperature, generator))];
        foreach (var predictor in predictors) predictor.to(Device);
        var all = TrainedParameter.Of(model).Concat(predictors.Index().SelectMany(one => TrainedParameter.Of(one.Item, FormattableString.Invariant($"predictors.{one.Index}."))));
        Parameters = [.. all.Select(parameter => parameter with { Decays = true })];
    }

    public string Name { get; }

    public string Recipe { get; }

    public IReadOnlyList<TrainedParameter> Parameters { get; }

    public int Items => checked(config.Steps * config.BatchClips);

    private Device Device => model.parameters().First().device;

    public void SetTraining(bool training) => model.train(training);

    public StepLoss Loss(IReadOnlyList<int> items, TrainingStep step)
    {
        var (waveforms, hidden, units) = sampler.Draw(new SeededRandom(seed, FormattableString.Invariant($"{stream} step {step.Number}")));
        var (frames, hiddenFrames) = (hidden.shape[1], hidden.sum().ToInt64());
        var seenFrames = hidden.numel() - hiddenFrames;
        // Of the batch's means the share that this piece's frames have; the trainer weighs pieces by their items, so it is divided by theirs.
        var share = (double)items.Count / config.BatchClips;
        hidden = hidden.narrow(0, step.First, items.Count).to(Device);
        var state = model.MaskedState(waveforms.narrow(0, step.First, items.Count).to(Device), hidden).flatten(0, 1); // [clips · frames, hidden]
        var inside = hidden.flatten().to(ScalarType.Float32);
        var parts = new Dictionary<string, double>();
        Tensor? sum = null;
        foreach (var (number, book) in books.Index())
        {
            var wanted = units[number].narrow(0, step.First * frames, items.Count * frames).to(Device);
            var part = MaskedUnitLoss.Of(predictors[number].call(state), wanted, inside, hiddenFrames, seenFrames, config.UnmaskedWeight);
            sum = sum is null ? part.Loss : sum + part.Loss;
            parts[$"masked {book.Name}"] = part.Masked.ToDouble() / share;
            parts[$"unmasked {book.Name}"] = part.Unmasked.ToDouble() / share;
            parts[$"accuracy {book.Name}"] = part.Accuracy.ToDouble() / share;
        }
        return new StepLoss(sum! / share) { Parts = parts };
    }

    public void Dispose()
    {
        foreach (var predictor in predictors) predictor.Dispose();
    }
}
