namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain clip</c>: image-caption contrastive pretraining on Mimic's faces.</summary>
internal static class PretrainCLIP
{
    internal static Command Create()
    {
        var standard = new CLIPPretrainingConfig();
        var output = new Option<string>("--out") { Description = "The checkpoint's folder", Required = true };
        var work = new Option<string?>("--work") { Description = "Where the state of an interrupted run is kept; by default beside --out, with .work at the end" };
        var pictures = new Option<int>("--pictures") { Description = "Pictures to paint", DefaultValueFactory = _ => standard.Pictures.Pictures };
        var epochs = new Option<int>("--epochs") { Description = "How often every picture is looked at", DefaultValueFactory = _ => standard.Training.Epochs };
        var batch = new Option<int>("--batch") { Description = "Pictures per step; each half is compared within itself", DefaultValueFactory = _ => standard.Training.BatchSize };
        var rate = new Option<double>("--rate") { Description = "The highest learning rate", DefaultValueFactory = _ => standard.Training.LearningRate };
        var image = new Option<int>("--image") { Description = "The side of a picture, in pixels", DefaultValueFactory = _ => standard.Model.Vision.ImageSize };
        var patch = new Option<int>("--patch") { Description = "The side of a patch, in pixels", DefaultValueFactory = _ => standard.Model.Vision.PatchSize };
        var seed = new Option<int>("--seed") { Description = "Decides weights and order", DefaultValueFactory = _ => standard.Seed };
        var quick = new Option<bool>("--quick") { Description = "A few hundred pictures and one epoch: to see that it works" };
        var command = new Command("clip", "Pretrain a small CLIP on drawn faces and captions of what they do. Interrupted runs go on where they stopped.")
        {
            output, work, pictures, epochs, batch, rate, image, patch, seed, quick,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var isQuick = parsed.GetValue(quick);
                var config = standard with
                {
                    Seed = parsed.GetValue(seed),
                    HeldPictures = isQuick ? 32 : standard.HeldPictures,
                    Pictures = standard.Pictures with { Pictures = isQuick ? 288 : parsed.GetValue(pictures) },
                    Model = standard.Model with { Vision = standard.Model.Vision with { ImageSize = parsed.GetValue(image), PatchSize = parsed.GetValue(patch) } },
                    Training = standard.Training with
                    {
                        Epochs = isQuick ? 1 : parsed.GetValue(epochs),
                        BatchSize = isQuick ? 64 : parsed.GetValue(batch),
                        LearningRate = parsed.GetValue(rate),
                    },
                };
                var folder = parsed.GetRequiredValue(output);
                CLIPPretrainingRecord record;
                using (var progress = new ConsoleProgress())
                    record = CLIPPretraining.Run(config, folder, parsed.GetValue(work) ?? Path.TrimEndingDirectorySeparator(folder) + ".work", progress, ct);
                new CLIPCard { Record = record }.Write(folder);
                Show(record, folder);
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    private static void Show(CLIPPretrainingRecord record, string folder)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{folder}: {record.Recipe.Pictures.Pictures} synthetic pictures of {record.Speakers} faces, {record.Captions} captions of {record.Vocabulary} tokens; {record.Weights} weights"));
        foreach (var epoch in record.Epochs)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"epoch {epoch.Epoch}: loss {epoch.Loss:0.000}, {string.Join(", ", epoch.Parts.Concat(epoch.Metrics).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Key} {part.Value:0.000}")))}, {epoch.Seconds:0} s"));
        }
        Console.WriteLine($"fingerprint: {record.Fingerprint}");
    }
}
