namespace Affect.Pretraining.Hubert;

/// <summary>
/// Trains a network to name the units of hidden frames. Every step draws its batch from a generator of its own, seeded by the step's number, so that a
/// run that goes on from a saved state takes the same steps as one that never stopped.
/// </summary>
internal sealed class MaskedTrainer : IDisposable
{
    private readonly HubertModel model;
    private readonly UnitPredictor[] predictors;
    private readonly AdamW optimizer;
    private readonly Parameter[] parameters;
    private readonly CropSampler sampler;
    private readonly MaskedTrainingConfig config;
    private readonly string stream;
    private readonly int seed;
    private readonly Device device;
    private readonly List<PretrainingStep> steps = [];

    /// <param name="model">Its weights are changed; it stays the caller's.</param>
    /// <param name="speech">What is listened to.</param>
    /// <param name="books">What is named.</param>
    /// <param name="config">How.</param>
    /// <param name="seed">Decides crops, masks and the predictors' initial weights.</param>
    /// <param name="iteration">1 or more; each draws differently.</param>
    internal MaskedTrainer(HubertModel model, PretrainingSpeech speech, IReadOnlyList<CodeBook> books, MaskedTrainingConfig config, int seed, int iteration)
    {
        (this.model, this.config, this.seed, stream) = (model, config, seed, FormattableString.Invariant($"pretraining iteration {iteration}"));
        device = model.parameters().First().device;
        using var generator = new Generator((ulong)new SeededRandom(seed, stream).NextBits() >> 1);
        predictors = [.. books.Select(book => new UnitPredictor(model.HiddenSize, book.Clusters, config.EmbeddingSize, config.Temperature, generator))];
        foreach (var predictor in predictors) predictor.to(device);
        foreach (var parameter in model.parameters()) parameter.requires_grad = true;
        model.train();
        parameters = [.. model.parameters(), .. predictors.SelectMany(predictor => predictor.parameters())];
        optimizer = optim.AdamW(parameters, config.PeakRate, config.Beta1, config.Beta2, weight_decay: config.WeightDecay);
        sampler = new CropSampler(speech, books, config, model.Config);
    }

    /// <summary>What each step so far measured.</summary>
    internal IReadOnlyList<PretrainingStep> Steps => steps;

    /// <summary>Takes the steps that are missing, saving its state now and then and when it is told to end.</summary>
    /// <param name="statePath">Where the state is kept; read if it is there. Null: nowhere.</param>
    /// <param name="task">What progress says is being done.</param>
    /// <param name="progress">Told after each step.</param>
    /// <param name="cancellation">Ends the work after a step.</param>
    internal void Run(string? statePath, string task, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        if (statePath is not null && File.Exists(statePath)) TrainingState.Load(statePath, model, predictors, optimizer, steps);
        var resumed = steps.Count;
        var clock = Stopwatch.StartNew();
        while (steps.Count < config.Steps)
        {
            steps.Add(Step(steps.Count + 1));
            var isDue = steps.Count % config.SaveEvery == 0 || steps.Count == config.Steps || cancellation.IsCancellationRequested;
            if (isDue && statePath is not null) TrainingState.Save(statePath, model, predictors, optimizer, steps);
            var last = steps[^1];
            progress?.Report(new WorkProgress(task, steps.Count, config.Steps, "steps", resumed)
            {
                Detail = string.Create(CultureInfo.InvariantCulture,
                    $"loss {last.Loss:0.000}, hidden frames named right {string.Join(" and ", last.Accuracy.Select(share => share.ToString("0 %", CultureInfo.InvariantCulture)))}, {clock.ElapsedMilliseconds / Math.Max(1, steps.Count - resumed)} ms a step"),
            });
            if (steps.Count < config.Steps) cancellation.ThrowIfCancellationRequested();
        }
        foreach (var parameter in model.parameters()) parameter.requires_grad = false;
        model.eval();
    }

    public void Dispose()
    {
        optimizer.Dispose();
        foreach (var predictor in predictors) predictor.Dispose();
    }

    private PretrainingStep Step(int step)
    {
        using var scope = NewDisposeScope();
        var random = new SeededRandom(seed, FormattableString.Invariant($"{stream} step {step}"));
        // Small work like this, too, is done by one core: two that wait for each other at every operation lose more than they gain.
        using var batch = OnOneCore(() => sampler.Draw(random));
        var hiddenFrames = batch.Hidden.sum().ToInt64();
        var pieces = new Piece[config.Pieces];
        Workers.Run(pieces.Length, device, piece => pieces[piece] = Learn(batch, piece, hiddenFrames, batch.Hidden.numel() - hiddenFrames));
        var norm = OnOneCore(() => Follow(pieces, config.RateAt(step)));
        var loss = pieces.Sum(piece => piece.Loss);
        if (!double.IsFinite(loss) || !double.IsFinite(norm))
            throw new InvalidOperationException(FormattableString.Invariant($"Step {step} gave a loss of {loss} and a gradient of length {norm}: training has come apart; lower PeakRate."));
        return new PretrainingStep(step, loss, Sum(pieces, piece => piece.Masked), Sum(pieces, piece => piece.Unmasked), Sum(pieces, piece => piece.Accuracy), norm);
    }

    private T OnOneCore<T>(Func<T> work)
    {
        var result = new T[1];
        Workers.Run(1, device, _ => result[0] = work());
        return result[0];
    }

    // Adds the pieces' gradients, always in the same order so that the sum does not depend on which piece was done first, and lets the optimizer follow.
    private double Follow(Piece[] pieces, double rate)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < parameters.Length; i++)
        {
            var gradient = pieces[0].Gradients[i];
            for (var piece = 1; piece < pieces.Length; piece++) gradient.add_(pieces[piece].Gradients[i]);
            parameters[i].grad = gradient;
        }
        foreach (var gradient in pieces.SelectMany(piece => piece.Gradients)) gradient.Dispose();
        foreach (var group in optimizer.ParamGroups) group.LearningRate = rate;
        var norm = Guarded.ClipGradients(parameters, config.ClipNorm);
        if (double.IsFinite(norm)) optimizer.step();
        return norm;
    }

    // A core's part of the batch. The gradients are asked for, not added to the parameters', so that two cores do not write to one place.
    private Piece Learn(MaskedBatch batch, int piece, long hiddenFrames, long seenFrames)
    {
        using var recording = enable_grad();
        using var scope = NewDisposeScope();
        long clips = batch.Hidden.shape[0], frames = batch.Hidden.shape[1];
        var (first, end) = (clips * piece / config.Pieces, clips * (piece + 1) / config.Pieces);
        var hidden = batch.Hidden.narrow(0, first, end - first).to(device);
        var state = model.MaskedState(batch.Waveforms.narrow(0, first, end - first).to(device), hidden).flatten(0, 1); // [clips * frames, hidden]
        var inside = hidden.flatten().to(ScalarType.Float32);
        var parts = predictors.Zip(batch.Units, (predictor, units) => MaskedUnitLoss.Of(
            predictor.call(state), units.narrow(0, first * frames, (end - first) * frames).to(device), inside, hiddenFrames, seenFrames, config.UnmaskedWeight)).ToArray();
        var loss = parts.Select(part => part.Loss).Aggregate((sum, next) => sum + next);
        var gradients = loss.Gradients(parameters);
        foreach (var gradient in gradients) gradient.DetachFromDisposeScope();
        return new Piece(
            [.. gradients], loss.ToDouble(), [.. parts.Select(part => part.Masked.ToDouble())], [.. parts.Select(part => part.Unmasked.ToDouble())],
            [.. parts.Select(part => part.Accuracy.ToDouble())]);
    }

    private static double[] Sum(Piece[] pieces, Func<Piece, double[]> values) =>
        [.. Enumerable.Range(0, values(pieces[0]).Length).Select(book => pieces.Sum(piece => values(piece)[book]))];

    private sealed record Piece(Tensor[] Gradients, double Loss, double[] Masked, double[] Unmasked, double[] Accuracy);
}
