using System.Diagnostics;
using System.Globalization;
using Affect.Data;
using Affect.Encoders.Hubert;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Affect.Training.Pretraining;

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
        using var generator = new Generator((ulong)new SeededRandom(seed, stream).NextBits() >> 1);
        predictors = [.. books.Select(book => new UnitPredictor(model.HiddenSize, book.Clusters, config.EmbeddingSize, config.Temperature, generator))];
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
        // For dropout, where a configuration has it: libtorch draws it from its global generator.
        manual_seed((long)(random.NextBits() >> 1)).Dispose();
        foreach (var group in optimizer.ParamGroups) group.LearningRate = config.RateAt(step);
        foreach (var parameter in parameters) parameter.grad?.zero_();
        var (waveforms, hidden, units) = sampler.Draw(random);
        var state = model.MaskedState(waveforms, hidden).flatten(0, 1);                                    // [batch * frames, hidden]
        var inside = hidden.flatten().to(ScalarType.Float32);
        var parts = predictors.Zip(units, (predictor, target) => MaskedUnitLoss.Of(predictor.call(state), target, inside, config.UnmaskedWeight)).ToArray();
        var loss = parts.Select(part => part.Loss).Aggregate((sum, next) => sum + next);
        loss.backward();
        var norm = nn.utils.clip_grad_norm_(parameters, config.ClipNorm);
        var value = loss.ToDouble();
        if (!double.IsFinite(value) || !double.IsFinite(norm))
            throw new InvalidOperationException(FormattableString.Invariant($"Step {step} gave a loss of {value} and a gradient of length {norm}: training has come apart; lower PeakRate."));
        optimizer.step();
        return new PretrainingStep(
            step, value, [.. parts.Select(part => part.Masked.ToDouble())], [.. parts.Select(part => part.Unmasked.ToDouble())], [.. parts.Select(part => part.Accuracy.ToDouble())], norm);
    }
}
