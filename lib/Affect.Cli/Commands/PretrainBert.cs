namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain bert</c>: masked language modelling on sentences of Mimic's grammar, without labels.</summary>
internal static class PretrainBert
{
    internal static Command Create()
    {
        var standard = new TextPretrainingConfig();
        var output = new Option<string>("--out") { Description = "The checkpoint's folder", Required = true };
        var work = new Option<string?>("--work") { Description = "Where the state of an interrupted run is kept; by default beside --out, with .work at the end" };
        var sentences = new Option<int>("--sentences") { Description = "How many sentences are drawn from Mimic's grammar; those of held-out corpora are left out", DefaultValueFactory = _ => standard.Sentences };
        var epochs = new Option<int>("--epochs") { Description = "How often every sentence is read", DefaultValueFactory = _ => standard.Training.Epochs };
        var contrast = new Option<double>("--contrast") { Description = "The weight of a second task without labels, in which two maskings of a text find each other; 0: masked words alone", DefaultValueFactory = _ => standard.ContrastWeight };
        var masks = new Option<double>("--masks") { Description = "The share of words that are hidden", DefaultValueFactory = _ => standard.MaskShare };
        var batch = new Option<int>("--batch") { Description = "Texts per step", DefaultValueFactory = _ => standard.Training.BatchSize };
        var rate = new Option<double>("--rate") { Description = "The highest learning rate", DefaultValueFactory = _ => standard.Training.LearningRate };
        var seed = new Option<int>("--seed") { Description = "Decides weights, order and masks", DefaultValueFactory = _ => standard.Seed };
        var quick = new Option<bool>("--quick") { Description = "Two thousand sentences, once: to see that it works" };
        var command = new Command("bert", "Pretrain a small BERT on sentences of Mimic's grammar, without labels; none stands in a corpus that results are reported on. Interrupted runs go on where they stopped.")
        {
            output, work, sentences, epochs, contrast, masks, batch, rate, seed, quick,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var isQuick = parsed.GetValue(quick);
                var config = standard with
                {
                    Seed = parsed.GetValue(seed),
                    Sentences = isQuick ? 2000 : parsed.GetValue(sentences),
                    ContrastWeight = parsed.GetValue(contrast),
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
                new TextCheckpointCard { Record = record, Curves = TextProbe.Run(folder, [], TextPretrainingConfig.ReportedSeed, progress, ct) }.Write(folder);
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
