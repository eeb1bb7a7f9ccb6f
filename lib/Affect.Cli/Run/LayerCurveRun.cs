using System.Globalization;
using Affect.Data;
using Affect.Evaluation;
using Affect.Features;
using Affect.Media;
using Affect.Notebook.Figures;
using Affect.Probing;
using static TorchSharp.torch;

namespace Affect.Cli.Run;

/// <summary>The experiment behind <c>lab run</c>: which layers hear emotion, beside a baseline without a network.</summary>
internal sealed class LayerCurveRun(RunSettings settings, IProgress<WorkProgress> progress, CancellationToken ct)
{
    private const string BaselineName = "MFCC statistics";

    private readonly StepClock clock = new();

    /// <summary>Runs it; what an earlier run finished is taken from the cache.</summary>
    internal LayerCurveResult Run()
    {
        // A wrong name is told before minutes of work, not after them.
        var named = settings.Encoder ?? (settings.IsQuick ? "random-hubert-tiny" : "random-hubert-base");
        var choice = EncoderChoice.Parse(named, settings.Seed);
        var isMimic = settings.CorpusPath is null;
        var corpus = clock.Time("corpus", () => isMimic ? Generate() : Corpus.Open(settings.CorpusPath!));
        var probed = Probed(corpus);
        var folds = probed.Folds(settings.Folds, settings.Seed);
        var config = new ProbeConfig { Seed = settings.Seed, Bootstrap = new BootstrapConfig { Seed = settings.Seed } };

        var states = clock.Time("encoding", () => Extract(probed, choice));
        var cepstra = clock.Time(BaselineName, () => Extract(probed, EncoderChoice.Parse("mfcc", settings.Seed)));
        var curve = clock.Time("probing the layers", () => Probe(states)) with { Encoder = choice.Title };
        var baseline = clock.Time("probing the " + BaselineName, () => Probe(cepstra)) with { Encoder = BaselineName };

        var blocks = curve.Layers.Count(layer => layer.Layer > 0);
        return new LayerCurveResult
        {
            Settings = settings,
            Corpus = corpus,
            CorpusName = isMimic ? "Mimic" : corpus.Name,
            IsRandom = choice.IsRandom,
            Recipe = states.Store.Recipe,
            AudioSeconds = states.Store.Clips().Where(clip => curve.ClipIds.Contains(clip.Id)).Sum(clip => (double)clip.Samples) / states.Store.Recipe.SampleRate,
            Curve = blocks < 2 ? curve : curve with { Range = curve.BestRange(blocks / 2) },
            Baseline = baseline,
            Comparison = Compare(curve, baseline),
            Ceilings = isMimic ? Ceilings() : [],
            Failures = states.Failures,
            Steps = clock.Steps,
        };

        LayerCurve Probe(ExtractionReport report) =>
            LayerProbe.Run(ProbeTask.Of(report.Store.Read(probed, ct).Table, probed, folds), config, progress: progress, cancel: ct);
    }

    private Corpus Generate() => Mimic.Generate(
        Path.Combine(settings.Cache, string.Create(CultureInfo.InvariantCulture, $"mimic-v{MimicConfig.Version}-{settings.Clips}-{settings.Seed}")),
        new MimicConfig { Clips = settings.Clips, Seed = settings.Seed }, progress, ct);

    // Unlabelled clips and those kept for a later test are not encoded.
    private Corpus Probed(Corpus corpus)
    {
        var held = corpus.Folds(settings.Folds, settings.Seed).SelectMany(fold => fold.Held).Select(index => corpus.Clips[index].Id).ToHashSet(StringComparer.Ordinal);
        return corpus.Where(clip => held.Contains(clip.Id));
    }

    private ExtractionReport Extract(Corpus corpus, EncoderChoice choice)
    {
        using var encoder = choice.Open(CPU, ScalarType.Float32);
        return new Extractor(encoder, new Ffmpeg(), new ExtractorConfig { Pooling = choice.Pooling }).Run(corpus, Path.Combine(settings.Cache, "features"), progress, ct);
    }

    // Both judged the same clips on the same folds; the learned sum is the one score of the encoder that was not picked by looking at these clips.
    private static PairedComparison? Compare(LayerCurve curve, LayerCurve baseline)
    {
        if (curve.WeightedSum is not { } sum || !curve.ClipIds.SequenceEqual(baseline.ClipIds)) return null;
        var bootstrap = new SpeakerBootstrap(curve.Speakers, curve.Config.Bootstrap);
        return PairedComparison.Of(curve.Targets, sum.Predicted, baseline.Layers[0].Predicted, curve.Emotions.Count, bootstrap);
    }

    private static ScoreLevel[] Ceilings() =>
    [
        new ScoreLevel("ceiling of the voice", MimicCeiling.Of(Modalities.Acoustic).Waf),
        new ScoreLevel("ceiling of voice and words", MimicCeiling.Of(Modalities.Acoustic | Modalities.Lexical).Waf),
    ];
}
