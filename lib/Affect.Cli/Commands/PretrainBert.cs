using System.CommandLine;
using System.Globalization;
using Affect.Cli.Pretrain;
using Affect.Training.Language;

namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain bert</c>: masked language modelling on Mimic's transcripts.</summary>
internal static class PretrainBert
{
    internal static Command Create()
    {
        var standard = new TextPretrainingConfig();
        var output = new Option<string>("--out") { Description = "The checkpoint's folder", Required = true };
        var work = new Option<string?>("--work") { Description = "Where the state of an interrupted run is kept; by default beside --out, with .work at the end" };
        var corpora = new Option<int>("--corpora") { Description = "Of how many Mimic corpora of 960 clips the transcripts are read", DefaultValueFactory = _ => standard.Corpora };
        var epochs = new Option<int>("--epochs") { Description = "How often every sentence is read", DefaultValueFactory = _ => standard.Training.Epochs };
        var pairs = new Option<double>("--pairs") { Description = "The weight of the second task, in which sentences of one mood find each other; 0: masked tokens alone", DefaultValueFactory = _ => standard.PairWeight };
        var masks = new Option<double>("--masks") { Description = "The share of tokens that are hidden", DefaultValueFactory = _ => standard.MaskShare };
        var batch = new Option<int>("--batch") { Description = "Texts per step", DefaultValueFactory = _ => standard.Training.BatchSize };
        var rate = new Option<double>("--rate") { Description = "The highest learning rate", DefaultValueFactory = _ => standard.Training.LearningRate };
        var seed = new Option<int>("--seed") { Description = "Decides weights, order, partners and masks", DefaultValueFactory = _ => standard.Seed };
        var quick = new Option<bool>("--quick") { Description = "One corpus, one epoch: to see that it works" };
        var command = new Command("bert", "Pretrain a small BERT on the transcripts of Mimic corpora that nothing is reported on. Interrupted runs go on where they stopped.")
        {
            output, work, corpora, epochs, pairs, masks, batch, rate, seed, quick,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var isQuick = parsed.GetValue(quick);
                var config = standard with
                {
                    Seed = parsed.GetValue(seed),
                    Corpora = isQuick ? 1 : parsed.GetValue(corpora),
                    PairWeight = parsed.GetValue(pairs),
                    MaskShare = parsed.GetValue(masks),
                    Training = standard.Training with
                    {
                        Epochs = isQuick ? 1 : parsed.GetValue(epochs),
                        BatchSize = parsed.GetValue(batch),
                        LearningRate = parsed.GetValue(rate),
                        Seed = parsed.GetValue(seed),
                    },
                };
                var folder = parsed.GetRequiredValue(output);
                using var progress = new ConsoleProgress();
                var record = TextPretraining.Run(config, folder, parsed.GetValue(work) ?? Path.TrimEndingDirectorySeparator(folder) + ".work", progress, cancellation: ct);
                new TextCheckpointCard { Record = record, Curves = TextProbe.Run(folder, [], record.Recipe.HeldOutSeed, progress, ct) }.Write(folder);
                var last = record.Epochs[^1];
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{folder}: {record.Steps} steps on {record.Sentences} synthetic sentences, {record.Different} different; last epoch: {string.Join(", ", last.Parts.Select(part => $"{part.Key} {part.Value:0.000}"))}"));
                Console.WriteLine($"fingerprint: {record.Fingerprint}");
                return 0;
            },
            CancellationToken.None));
        return command;
    }
}
