namespace Affect.Cli.Commands;

/// <summary><c>lab frames</c>: the pictures of a corpus's clips through an encoder into a store of frame sequences.</summary>
internal static class FramesCommand
{
    internal static Command Create()
    {
        var command = new LabCommand("frames", "Encode a corpus's pictures into one vector each. Interrupted runs go on where they stopped.");
        var corpus = new CorpusOptions(command, mayBeMimic: false);
        var encoder = command.Required<string>("--encoder", VisualChoice.Help);
        var store = command.Required<string>("--out", "The folder of the stores");
        var rate = command.PicturesPerSecond();
        var count = command.Optional<int?>("--count", "Pictures in all, evenly spaced, instead of a rate");
        var output = command.Choice(
            "--output", "feature", "What of the encoder is kept: feature, class (the class token) or patches (their mean)",
            ("feature", FrameOutput.Feature), ("class", FrameOutput.ClassToken), ("patches", FrameOutput.Patches));
        var seed = command.Standard("--seed", 1, "Seed of a random encoder's weights");
        var precision = command.Precision();
        var device = command.Device();
        return command.RunsLong(given =>
        {
            ScalarType? type = given.Of(precision) == ScalarType.BFloat16 ? ScalarType.BFloat16 : null;
            using var opened = new Laboratory().FindVisual(given.Of(encoder), given.Of(seed)).Open(given.Of(device), type);
            var config = new FrameExtractorConfig
            {
                Sampling = given.Of(count) is { } number ? FrameSampling.Uniform(number) : FrameSampling.PerSecond(given.Of(rate)),
                Output = given.Of(output),
            };
            var report = Extractor.Of(opened, new Ffmpeg(), config).Run(corpus.Open(given), given.Of(store), given.Progress, given.Cancel);
            given.Progress.Dispose();
            Say.Result($"{report.Store.Folder}: {report.Encoded} clips with {report.Length} pictures encoded in {report.Elapsed.TotalSeconds:0.0} s, "
                + $"{report.Found} were there, {report.Failures.Count} failed");
            return Say.Failures([.. report.Failures.Select(failure => (failure.ClipId, failure.Reason))], "No vectors of (all in failures.csv):");
        });
    }
}
