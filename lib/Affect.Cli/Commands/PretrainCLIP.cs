namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain clip</c>: image-caption contrastive pretraining on Mimic's faces.</summary>
internal static class PretrainCLIP
{
    internal static Command Create()
    {
        var standard = new CLIPPretrainingConfig();
        var pictures = PretrainOptions.Of("--pictures", "Pictures to paint", standard.Pictures.Pictures);
        var epochs = PretrainOptions.Of("--epochs", "How often every picture is looked at", standard.Training.Epochs);
        var batch = PretrainOptions.Of("--batch", "Pictures per step; each half is compared within itself", standard.Training.BatchSize);
        var rate = PretrainOptions.Of("--rate", "The highest learning rate", standard.Training.LearningRate);
        var image = PretrainOptions.Of("--image", "The side of a picture, in pixels", standard.Model.Vision.ImageSize);
        var patch = PretrainOptions.Of("--patch", "The side of a patch, in pixels", standard.Model.Vision.PatchSize);
        return new PretrainOptions("the state of an interrupted run is", ("weights and order", standard.Seed), "A few hundred pictures and one epoch: to see that it works").Command(
            "clip",
            "Pretrain a small CLIP on drawn faces and captions of what they do. Interrupted runs go on where they stopped.",
            [pictures, epochs, batch, rate, image, patch],
            (parsed, given) =>
            {
                var config = standard with
                {
                    Seed = given.Seed,
                    HeldPictures = given.IsQuick ? 32 : standard.HeldPictures,
                    Pictures = standard.Pictures with { Pictures = given.IsQuick ? 288 : parsed.GetValue(pictures) },
                    Model = standard.Model with { Vision = standard.Model.Vision with { ImageSize = parsed.GetValue(image), PatchSize = parsed.GetValue(patch) } },
                    Training = standard.Training with
                    {
                        Epochs = given.IsQuick ? 1 : parsed.GetValue(epochs),
                        BatchSize = given.IsQuick ? 64 : parsed.GetValue(batch),
                        LearningRate = parsed.GetValue(rate),
                    },
                };
                var record = CLIPPretraining.Run(config, given.Folder, given.Work, given.Progress, given.Cancel);
                new CLIPCard { Record = record }.Write(given.Folder);
                return
                [
                    $"{given.Folder}: {record.Recipe.Pictures.Pictures} synthetic pictures of {record.Speakers} faces, {record.Captions} captions of {record.Vocabulary} tokens; {record.Weights} weights",
                    .. record.Epochs.Select(epoch => (FormattableString)$"epoch {epoch.Epoch}: loss {epoch.Loss:0.000}, {string.Join(", ", epoch.Parts.Concat(epoch.Metrics).Select(part => FormattableString.Invariant($"{part.Key} {part.Value:0.000}")))}, {epoch.Seconds:0} s"),
                    $"fingerprint: {record.Fingerprint}",
                ];
            });
    }
}
