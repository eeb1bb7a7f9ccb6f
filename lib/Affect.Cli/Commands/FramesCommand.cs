namespace Affect.Cli.Commands;

/// <summary><c>lab frames</c>: the pictures of a corpus's clips through an encoder into a store of frame sequences.</summary>
internal static class FramesCommand
{
    private const int FailuresShown = 20;

    internal static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "A manifest (.csv), a folder with manifest.csv, or a plain folder emotion/speaker_clip.mp4", Required = true };
        var encoder = new Option<string>("--encoder") { Description = VisualChoice.Help, Required = true };
        var store = new Option<string>("--out") { Description = "The folder of the stores", Required = true };
        var rate = new Option<double>("--fps") { Description = "Pictures a second", DefaultValueFactory = _ => 5 };
        var count = new Option<int?>("--count") { Description = "Pictures in all, evenly spaced, instead of a rate" };
        var output = new Option<string>("--output") { Description = "What of the encoder is kept: feature, class (the class token) or patches (their mean)", DefaultValueFactory = _ => "feature" };
        output.AcceptOnlyFromAmong("feature", "class", "patches");
        var seed = new Option<int>("--seed") { Description = "Seed of a random encoder's weights", DefaultValueFactory = _ => 1 };
        var precision = new Option<string>("--dtype") { Description = "float32 or bfloat16, in which the encoder computes", DefaultValueFactory = _ => "float32" };
        precision.AcceptOnlyFromAmong("float32", "bfloat16");
        var device = DeviceChoice.Option();
        var command = new Command("frames", "Encode a corpus's pictures into one vector each. Interrupted runs go on where they stopped.")
        {
            corpus, encoder, store, rate, count, output, seed, precision, device,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                using var opened = new Laboratory().FindVisual(parsed.GetRequiredValue(encoder), parsed.GetValue(seed))
                    .Open(DeviceChoice.Of(parsed.GetValue(device)), parsed.GetValue(precision) == "bfloat16" ? ScalarType.BFloat16 : null);
                var config = new FrameExtractorConfig
                {
                    Sampling = parsed.GetValue(count) is { } number ? FrameSampling.Uniform(number) : FrameSampling.PerSecond(parsed.GetValue(rate)),
                    Output = parsed.GetValue(output) switch { "class" => FrameOutput.ClassToken, "patches" => FrameOutput.Patches, _ => FrameOutput.Feature },
                };
                ExtractionReport report;
                using (var progress = new ConsoleProgress())
                    report = Extractor.Of(opened, new Ffmpeg(), config).Run(CorpusWarnings.Open(parsed.GetRequiredValue(corpus), ct), parsed.GetRequiredValue(store), progress, ct);
                return Show(report);
            },
            CancellationToken.None));
        return command;
    }

    private static int Show(ExtractionReport report)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{report.Store.Folder}: {report.Encoded} clips with {report.Length} pictures encoded in {report.Elapsed.TotalSeconds:0.0} s, {report.Found} were there, {report.Failures.Count} failed"));
        foreach (var failure in report.Failures.Take(FailuresShown)) Console.Error.WriteLine($"{failure.ClipId}: {failure.Reason}");
        if (report.Failures.Count > FailuresShown) Console.Error.WriteLine($"... and {report.Failures.Count - FailuresShown} more, all in failures.csv");
        return report.Failures.Count == 0 ? 0 : 1;
    }
}
