namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain hubert</c>: masked-unit pretraining on Mimic's voices.</summary>
internal static class PretrainHubert
{
    internal static Command Create()
    {
        var standard = new HubertPretrainingConfig();
        var hours = PretrainOptions.Of("--hours", "Hours of speech", standard.Speech.Hours);
        var steps = PretrainOptions.Of("--steps", "Steps per iteration", standard.Training.Steps);
        var laterSteps = new Option<int?>("--later-steps") { Description = "Steps of each iteration after the first; by default as many as the first has" };
        var iterations = PretrainOptions.Of("--iterations", "How often units are made and learned", standard.Iterations);
        var units = PretrainOptions.Of("--units", "mfcc: HuBERT's own; mfcc+prosody: pitch and loudness besides", "mfcc+prosody");
        units.AcceptOnlyFromAmong("mfcc", "mfcc+prosody");
        var layer = new Option<int?>("--layer") { Description = "The layer whose states become units; by default the middle one" };
        var afresh = new Option<bool>("--afresh") { Description = "Begin every iteration with new weights, as HuBERT does" };
        var normalise = new Option<bool>("--normalise") { Description = "Bring every clip to zero mean and unit variance first, so that loudness is not heard" };
        var batch = PretrainOptions.Of("--batch", "Clips per step", standard.Training.BatchClips);
        var rate = PretrainOptions.Of("--rate", "The highest learning rate", standard.Training.PeakRate);
        return new PretrainOptions("speech, units and the state of an interrupted run are", ("weights, clusters, crops and masks", standard.Seed), "A minute of speech and twenty steps: to see that it works").Command(
            "hubert",
            "Pretrain a small HuBERT: units, masks, and once more on a middle layer's units. Interrupted runs go on where they stopped.",
            [hours, steps, laterSteps, iterations, units, layer, afresh, normalise, batch, rate],
            (parsed, given) =>
            {
                var config = new HubertPretrainingConfig
                {
                    Seed = given.Seed,
                    Speech = standard.Speech with { Hours = given.IsQuick ? 1.0 / 60 : parsed.GetValue(hours) },
                    NormalizesInput = parsed.GetValue(normalise),
                    Units = parsed.GetValue(units) == "mfcc" ? UnitSets.Content : UnitSets.ContentAndProsody,
                    HiddenLayer = parsed.GetValue(layer),
                    Iterations = parsed.GetValue(iterations),
                    LaterSteps = given.IsQuick ? null : parsed.GetValue(laterSteps),
                    KeepsWeights = !parsed.GetValue(afresh),
                    Training = standard.Training with
                    {
                        Steps = given.IsQuick ? 20 : parsed.GetValue(steps),
                        WarmUpSteps = given.IsQuick ? 5 : standard.Training.WarmUpSteps,
                        BatchClips = parsed.GetValue(batch),
                        PeakRate = parsed.GetValue(rate),
                    },
                };
                var record = HubertPretraining.Run(config, given.Folder, given.Work, given.Progress, cancellation: given.Cancel);
                new HubertCard { Record = record }.Write(given.Folder);
                return Describe(record, given.Folder);
            });
    }

    private static IEnumerable<FormattableString> Describe(HubertPretrainingRecord record, string folder)
    {
        yield return $"{folder}: {string.Join(" + ", record.Iterations.Select(iteration => iteration.Steps.Count))} steps on {record.Hours:0.00} h of synthetic speech, {record.Clips} clips of {record.Speakers} speakers";
        foreach (var iteration in record.Iterations)
        {
            foreach (var units in iteration.Units)
            {
                yield return $"iteration {iteration.Iteration}, units of {units.Units}: {units.Used} of {units.Clusters} used, perplexity {units.Perplexity:0.0}; emotion purity {units.EmotionPurity:0.000} (one unit {units.EmotionChance:0.000}), speaker purity {units.SpeakerPurity:0.000} (one unit {units.SpeakerChance:0.000})";
            }
            var last = Math.Min(100, iteration.Steps.Count);
            var named = iteration.Steps.Accuracy.Select(steps => steps.TakeLast(last).Average().ToString("0.0 %", CultureInfo.InvariantCulture));
            yield return $"iteration {iteration.Iteration}, last {last} steps: loss {iteration.Steps.Loss.TakeLast(last).Average():0.000}, hidden frames named right {string.Join(" and ", named)}";
        }
        yield return $"fingerprint: {record.Fingerprint}";
    }
}
