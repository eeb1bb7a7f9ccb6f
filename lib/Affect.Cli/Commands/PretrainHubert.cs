namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain hubert</c>: masked-unit pretraining on Mimic's voices.</summary>
internal static class PretrainHubert
{
    internal static Command Create()
    {
        var standard = new PretrainingConfig();
        var output = new Option<string>("--out") { Description = "The checkpoint's folder", Required = true };
        var work = new Option<string?>("--work") { Description = "Where speech, units and the state of an interrupted run are kept; by default beside --out, with .work at the end" };
        var hours = new Option<double>("--hours") { Description = "Hours of speech", DefaultValueFactory = _ => standard.Speech.Hours };
        var steps = new Option<int>("--steps") { Description = "Steps per iteration", DefaultValueFactory = _ => standard.Training.Steps };
        var laterSteps = new Option<int?>("--later-steps") { Description = "Steps of each iteration after the first; by default as many as the first has" };
        var iterations = new Option<int>("--iterations") { Description = "How often units are made and learned", DefaultValueFactory = _ => standard.Iterations };
        var units = new Option<string>("--units") { Description = "mfcc: HuBERT's own; mfcc+prosody: pitch and loudness besides", DefaultValueFactory = _ => "mfcc+prosody" };
        units.AcceptOnlyFromAmong("mfcc", "mfcc+prosody");
        var layer = new Option<int?>("--layer") { Description = "The layer whose states become units; by default the middle one" };
        var afresh = new Option<bool>("--afresh") { Description = "Begin every iteration with new weights, as HuBERT does" };
        var normalise = new Option<bool>("--normalise") { Description = "Bring every clip to zero mean and unit variance first, so that loudness is not heard" };
        var batch = new Option<int>("--batch") { Description = "Clips per step", DefaultValueFactory = _ => standard.Training.BatchClips };
        var rate = new Option<double>("--rate") { Description = "The highest learning rate", DefaultValueFactory = _ => standard.Training.PeakRate };
        var seed = new Option<int>("--seed") { Description = "Decides weights, clusters, crops and masks", DefaultValueFactory = _ => standard.Seed };
        var quick = new Option<bool>("--quick") { Description = "A minute of speech and twenty steps: to see that it works" };
        var command = new Command("hubert", "Pretrain a small HuBERT: units, masks, and once more on a middle layer's units. Interrupted runs go on where they stopped.")
        {
            output, work, hours, steps, laterSteps, iterations, units, layer, afresh, normalise, batch, rate, seed, quick,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var isQuick = parsed.GetValue(quick);
                var config = new PretrainingConfig
                {
                    Seed = parsed.GetValue(seed),
                    Speech = standard.Speech with { Hours = isQuick ? 1.0 / 60 : parsed.GetValue(hours) },
                    NormalizesInput = parsed.GetValue(normalise),
                    Units = parsed.GetValue(units) == "mfcc" ? UnitSets.Content : UnitSets.ContentAndProsody,
                    HiddenLayer = parsed.GetValue(layer),
                    Iterations = parsed.GetValue(iterations),
                    LaterSteps = isQuick ? null : parsed.GetValue(laterSteps),
                    KeepsWeights = !parsed.GetValue(afresh),
                    Training = standard.Training with
                    {
                        Steps = isQuick ? 20 : parsed.GetValue(steps),
                        WarmUpSteps = isQuick ? 5 : standard.Training.WarmUpSteps,
                        BatchClips = parsed.GetValue(batch),
                        PeakRate = parsed.GetValue(rate),
                    },
                };
                var folder = parsed.GetRequiredValue(output);
                PretrainingRecord record;
                using (var progress = new ConsoleProgress())
                    record = HubertPretraining.Run(config, folder, parsed.GetValue(work) ?? Path.TrimEndingDirectorySeparator(folder) + ".work", progress, cancellation: ct);
                new CheckpointCard { Record = record }.Write(folder);
                Show(record, folder);
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    private static void Show(PretrainingRecord record, string folder)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{folder}: {string.Join(" + ", record.Iterations.Select(iteration => iteration.Steps.Count))} steps on {record.Hours:0.00} h of synthetic speech, {record.Clips} clips of {record.Speakers} speakers"));
        foreach (var iteration in record.Iterations)
        {
            foreach (var units in iteration.Units)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"iteration {iteration.Iteration}, units of {units.Units}: {units.Used} of {units.Clusters} used, perplexity {units.Perplexity:0.0}; emotion purity {units.EmotionPurity:0.000} (one unit {units.EmotionChance:0.000}), speaker purity {units.SpeakerPurity:0.000} (one unit {units.SpeakerChance:0.000})"));
            }
            var last = iteration.Steps.TakeLast(100).ToArray();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"iteration {iteration.Iteration}, last {last.Length} steps: loss {last.Average(step => step.Loss):0.000}, hidden frames named right {string.Join(" and ", Enumerable.Range(0, last[0].Accuracy.Count).Select(book => last.Average(step => step.Accuracy[book]).ToString("0.0 %", CultureInfo.InvariantCulture)))}"));
        }
        Console.WriteLine($"fingerprint: {record.Fingerprint}");
    }
}
