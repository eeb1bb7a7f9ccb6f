using System.CommandLine;
using System.Globalization;
using Affect.Alignment;
using Affect.Data;
using Affect.Features;
using Affect.Notebook.Experiments;
using Affect.Probing;
using Affect.Training.Aligning;

namespace Affect.Cli.Commands;

/// <summary><c>lab align</c>: bring what pictures show near what the frozen sound tells, and measure what that does.</summary>
internal static class AlignCommand
{
    internal static Command Create()
    {
        var standard = new AlignmentConfig();
        var corpus = new Option<string>("--corpus") { Description = "mimic, or a manifest, or a folder of clips with test and perhaps unlabelled parts", DefaultValueFactory = _ => Laboratory.MimicName };
        var clips = new Option<int>("--clips") { Description = "How many clips of Mimic", DefaultValueFactory = _ => 960 };
        var visual = new Option<string>("--visual") { Description = "The encoder of pictures: " + VisualChoice.Help, DefaultValueFactory = _ => "mimic-clip" };
        var acoustic = new Option<string>("--acoustic") { Description = "The encoder of sound, frozen: " + EncoderChoice.Help, DefaultValueFactory = _ => "mimic-hubert" };
        var layer = new Option<int?>("--layer") { Description = "The sound's layer; by default the one that a probe on the labelled train part reads best" };
        var features = new Option<string?>("--acoustic-features") { Description = "A feature store of the clips' sound instead, as of an adapted encoder; its last layer is taken unless --layer names one" };
        var rate = new Option<double>("--fps") { Description = "Pictures a second", DefaultValueFactory = _ => 5 };
        var kind = new Option<string>("--loss") { Description = "contrastive, cosine or mse", DefaultValueFactory = _ => "contrastive" };
        kind.AcceptOnlyFromAmong("contrastive", "cosine", "mse");
        var source = new Option<string>("--source") { Description = "Clips of one session (where the corpus tells), clip or speaker are never each other's negatives", DefaultValueFactory = _ => "session" };
        source.AcceptOnlyFromAmong("session", "clip", "speaker");
        var queue = new Option<int>("--queue") { Description = "Further clips' sounds as negatives at every step", DefaultValueFactory = _ => standard.Queue };
        var centre = new Option<bool>("--centre-speakers") { Description = "Take each speaker's mean from their sounds first, so that voices and faces cannot be matched by who speaks; needs several clips of each", DefaultValueFactory = _ => true };
        var epochs = new Option<int>("--epochs") { Description = "Epochs at most", DefaultValueFactory = _ => VisualAlignment.Training.Epochs };
        var choosing = new Option<bool>("--choosing") { Description = "Probe on 5 speaker-disjoint folds of the labelled train part instead of the test part: to choose settings by" };
        var aside = new Option<bool>("--early") { Description = "Keep a fifth of the speakers aside and the epoch by which their pictures find their sound best; by default the last epoch of all is kept" };
        var seeds = new Option<int[]>("--seeds") { Description = "Each trains an aligner and draws labels; by default 1 2 3", AllowMultipleArgumentsPerToken = true };
        var output = new Option<string?>("--out") { Description = "Where aligners, records and alignment.json are kept" };
        var command = new Command("align", "Align pictures with sound on clips without labels; report retrieval, CKA, and a probe before and after at several shares of the labels.")
        {
            corpus, clips, visual, acoustic, layer, features, rate, kind, source, queue, centre, epochs, aside, choosing, seeds, output,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                OutputFolder.Check(parsed.GetValue(output), "--out");
                using var progress = new ConsoleProgress();
                var laboratory = new Laboratory(progress: progress);
                var data = CorpusWarnings.Tell(laboratory.Open(parsed.GetRequiredValue(corpus), parsed.GetValue(clips), cancel: ct));
                var config = standard with
                {
                    Kind = parsed.GetValue(kind) switch { "cosine" => AlignmentKind.Cosine, "mse" => AlignmentKind.MeanSquaredError, _ => AlignmentKind.Contrastive },
                    Source = parsed.GetValue(source) switch { "clip" => NegativeSource.Clip, "speaker" => NegativeSource.Speaker, _ => NegativeSource.Session },
                    Queue = parsed.GetValue(queue),
                    CentresSpeakers = parsed.GetValue(centre),
                };
                var trainer = VisualAlignment.Training with { Epochs = parsed.GetValue(epochs) };
                if (parsed.GetValue(aside)) trainer = trainer with { Criterion = "mrr", Patience = 10 };
                if (parsed.GetValue(features) is null) laboratory.Find(parsed.GetRequiredValue(acoustic)); // a wrong name is told of before the long work
                using var encoder = laboratory.FindVisual(parsed.GetRequiredValue(visual)).Open();
                var frames = new FrameExtractorConfig { Sampling = Media.FrameSampling.PerSecond(parsed.GetValue(rate)) };
                var sequences = laboratory.Look(data, encoder, frames, ct);
                var (sound, chosen) = Sound(laboratory, data, parsed.GetRequiredValue(acoustic), parsed.GetValue(features), parsed.GetValue(layer), ct);
                var study = new AlignmentStudy(data, sequences, sound) { Progress = progress, FramesKey = new FrameExtractor(encoder, new Media.Ffmpeg(), frames).Recipe.Key };
                var folder = parsed.GetValue(output);
                var fractions = parsed.GetValue(seeds) is { Length: > 0 } given ? new FractionConfig { Seeds = given } : new FractionConfig();
                var isChoosing = parsed.GetValue(choosing);
                var report = study.Run(config, trainer, fractions, isChoosing ? data.Folds(5) : null, folder: folder, cancel: ct);
                if (folder is not null) AtomicFile.WriteText(Path.Combine(folder, "alignment.json"), report.ToJson() + "\n");
                progress.Dispose();
                Show(report, data, chosen, hasRetrieval: !isChoosing);
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    private static (FeatureTable Sound, string Chosen) Sound(Laboratory laboratory, Corpus corpus, string encoder, string? store, int? layer, CancellationToken ct)
    {
        var all = store is null ? laboratory.Hear(corpus, encoder, Pooling.Mean, cancel: ct) : FeatureStore.Open(store).Read(corpus, ct).Table;
        var position = layer is { } asked
            ? Require.Between(0, all.Layers - 1, asked - all.FirstLayer, nameof(layer))
            : store is not null || all.Layers == 1 ? all.Layers - 1 : Laboratory.BestLayer(all, corpus, cancel: ct) - all.FirstLayer;
        return (all.Layer(position), string.Create(CultureInfo.InvariantCulture, $"layer {all.FirstLayer + position} of {store ?? encoder}{(layer is null && store is null ? ", which a probe on the train part reads best" : "")}"));
    }

    private static void Show(AlignmentReport report, Corpus corpus, string sound, bool hasRetrieval)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{corpus.Name}{(corpus.IsSynthetic ? " (synthetic)" : "")}: {report.LearnedFrom} clips of {report.LearnedSpeakers} speakers without labels, against {sound}; {report.Seeds[0].Weights} weights"));
        foreach (var seed in hasRetrieval ? report.Seeds : [])
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed.Seed}, epoch {seed.BestEpoch} of {seed.Losses.Count}, temperature {seed.Temperature:0.000}, {seed.Seconds:0} s, on the test part:"));
            Console.WriteLine($"  among all           {seed.Retrieval}");
            Console.WriteLine($"  within the speaker  {seed.WithinSpeaker}");
            Console.WriteLine($"  not trained         {seed.UntrainedRetrieval}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  CKA with the sound: frames {seed.CkaBefore:0.000}, not trained {seed.CkaUntrained:0.000}, aligned {seed.CkaAfter:0.000}"));
        }
        foreach (var (place, point) in report.Before.Points.Index())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{point.Fraction:0 %} of the labels ({point.Labels:0}): before {point.Waf.Value:0.000}, not trained {report.Untrained.Points[place].Waf.Value:0.000}, aligned {report.After.Points[place].Waf.Value:0.000} ({report.Gain[place].Difference}), both {report.Both.Points[place].Waf.Value:0.000} ({report.GainOfBoth[place].Difference})"));
        }
    }
}
