namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain bert</c>: masked language modelling on sentences of Mimic's grammar, without labels.</summary>
internal static class PretrainBert
{
    internal static Command Create()
    {
        var standard = new TextPretrainingConfig();
        var sentences = PretrainOptions.Of("--sentences", "How many sentences are drawn from Mimic's grammar; those of held-out corpora are left out", standard.Sentences);
        var epochs = PretrainOptions.Of("--epochs", "How often every sentence is read", standard.Training.Epochs);
        var contrast = PretrainOptions.Of("--contrast", "The weight of a second task without labels, in which two maskings of a text find each other; 0: masked words alone", standard.ContrastWeight);
        var masks = PretrainOptions.Of("--masks", "The share of words that are hidden", standard.MaskShare);
        var batch = PretrainOptions.Of("--batch", "Texts per step", standard.Training.BatchSize);
        var rate = PretrainOptions.Of("--rate", "The highest learning rate", standard.Training.LearningRate);
        return new PretrainOptions("the state of an interrupted run is", ("weights, order and masks", standard.Seed), "Two thousand sentences, once: to see that it works").Command(
            "bert",
            "Pretrain a small BERT on sentences of Mimic's grammar, without labels; none stands in a corpus that results are reported on. Interrupted runs go on where they stopped.",
            [sentences, epochs, contrast, masks, batch, rate],
            (parsed, given) =>
            {
                var config = standard with
                {
                    Seed = given.Seed,
                    Sentences = given.IsQuick ? 2000 : parsed.GetValue(sentences),
                    ContrastWeight = parsed.GetValue(contrast),
                    MaskShare = parsed.GetValue(masks),
                    Training = standard.Training with
                    {
                        Epochs = given.IsQuick ? 1 : parsed.GetValue(epochs),
                        BatchSize = parsed.GetValue(batch),
                        LearningRate = parsed.GetValue(rate),
                        Seed = given.Seed,
                    },
                };
                var record = TextPretraining.Run(config, given.Folder, given.Work, given.Progress, cancellation: given.Cancel);
                new TextCard { Record = record, Curves = TextProbe.Run(given.Folder, [], TextPretrainingConfig.ReportedSeed, given.Progress, given.Cancel) }.Write(given.Folder);
                var parts = record.Epochs[^1].Parts.Select(part => FormattableString.Invariant($"{part.Key} {part.Value:0.000}"));
                return
                [
                    $"{given.Folder}: {record.Steps} steps on {record.Sentences} synthetic sentences, {record.Different} different; last epoch: {string.Join(", ", parts)}",
                    $"fingerprint: {record.Fingerprint}",
                ];
            });
    }
}
