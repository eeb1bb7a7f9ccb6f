using System.Globalization;
using System.Runtime.InteropServices;
using Affect.Notebook;
using Affect.Notebook.Figures;
using Affect.Notebook.Pages;
using Affect.Probing;

namespace Affect.Cli.Run;

/// <summary>Says what a run found, how it was found, and what was run.</summary>
internal sealed class LayerCurvePage(LayerCurveResult result)
{
    /// <summary>The layer curve with its baseline, chance and ceilings.</summary>
    internal LayerCurveFigure Curve() => new(LayerCurveData.Of(result.Curve) with
    {
        Title = Title,
        References = [new ReferenceScore { Name = result.Baseline.Encoder, Score = result.Baseline.Layers[0].Waf }],
        Ceilings = result.Ceilings,
    });

    /// <summary>The page.</summary>
    /// <param name="plotlyFile">A plotly.js file beside it, or null.</param>
    internal Page Page(string? plotlyFile) => new()
    {
        Title = Title,
        Lead = Lead(),
        PlotlyFile = plotlyFile,
        Sections =
        [
            new PageSection { Heading = "The layer curve", Blocks = [.. Warnings(), new FigureBlock(Curve()), .. Findings(), new TableBlock(Scores(), IsFolded: true)] },
            .. Similarity(),
            new PageSection { Heading = "What is taken for what", Blocks = [Confusion()] },
            new PageSection { Heading = "The clips", Blocks = [Balance()] },
            new PageSection { Heading = "How it was measured", Blocks = [.. Protocol().Select(text => new Prose(text))] },
            new PageSection { Heading = "What was run", Blocks = [new TableBlock(Settings()), new TableBlock(Seconds()), .. Failures()] },
        ],
    };

    private string Title => $"Which layers of {result.Curve.Encoder} hear emotion? {result.Source}";

    private string Lead()
    {
        var best = result.Curve.Best();
        var text = string.Create(CultureInfo.InvariantCulture,
            $"On speakers it has not heard, a linear probe reads the emotion best from layer {best.Layer}: WAF {best.Waf}. MFCC statistics reach {result.Baseline.Layers[0].Waf}, guessing {result.Curve.Chance.Waf:F3}.");
        return result.Curve.Range is { } choice ? $"{text} {choice.Sentence}" : text;
    }

    private IEnumerable<Notice> Warnings()
    {
        if (result.Settings.IsQuick)
            yield return new Notice($"This is a quick run: {result.Curve.ClipIds.Count} clips and a tiny encoder show that everything works, and nothing else. ./lab run without --quick gives numbers.");
        if (result.IsRandom)
            yield return new Notice("The encoder's weights are random: it has learned nothing. What the curve shows is how much of the emotion survives in random mixtures of the sound, layer by layer; a trained encoder has to beat it. Give one with --encoder FOLDER.");
        if (result.Corpus.IsSynthetic)
            yield return new Notice($"{result.CorpusName} is synthetic: voices from a speech synthesiser whose pitch, loudness, timing and voice quality carry the emotion. It tells methods apart; it says nothing about people.");
    }

    private IEnumerable<Prose> Findings()
    {
        if (result.Curve.Range is not null)
            yield return new Prose("The highest of several layers is a little too high by chance, and the more so the flatter the curve. That is why the range is judged on folds that did not choose it.");
        if (result.Comparison is not { } comparison || result.Curve.WeightedSum is not { } sum) yield break;
        var verdict = comparison.IsDistinguishable
            ? comparison.Difference.Value > 0 ? "more than MFCC statistics" : "less than MFCC statistics"
            : "which is not distinguishable from MFCC statistics";
        yield return new Prose(string.Create(CultureInfo.InvariantCulture,
            $"A weighted sum of all layers, whose weights are learned on the training folds, scores WAF {sum.Waf}, {verdict}: the difference on the same clips is {Signed(comparison.Difference.Value)} [{Signed(comparison.Difference.Low)}, {Signed(comparison.Difference.High)}]. Its weights lie between {sum.Weights.Min():F3} and {sum.Weights.Max():F3}, highest on layer {result.Curve.Layers[Highest(sum.Weights)].Layer}."));
    }

    private FigureTable Scores() => new()
    {
        Caption = "Every score, layer by layer, with 95 % intervals",
        Columns = ["layer", "WAF", "UAR", "accuracy", "macro F1", "C, fold by fold", "weight in the sum"],
        Rows =
        [
            .. result.Curve.Layers.Select((layer, index) => Row(
                layer.Layer.ToString(CultureInfo.InvariantCulture), layer, result.Curve.WeightedSum?.Weights[index].ToString("0.000", CultureInfo.InvariantCulture) ?? "")),
            Row(result.Baseline.Encoder, result.Baseline.Layers[0], ""),
        ],
    };

    private static string[] Row(string name, LayerScore layer, string weight) =>
    [
        name, layer.Waf.ToString(), layer.Uar.ToString(), layer.Accuracy.ToString(), layer.MacroF1.ToString("F3", CultureInfo.InvariantCulture),
        string.Join(", ", layer.Folds.Select(fold => fold.Penalty.ToString(CultureInfo.InvariantCulture))), weight,
    ];

    private IEnumerable<PageSection> Similarity()
    {
        if (result.Curve.Similarity is not { } rows) yield break;
        var values = new double[rows.Count, rows.Count];
        for (var row = 0; row < rows.Count; row++)
            for (var column = 0; column < rows.Count; column++) values[row, column] = rows[row][column];
        var clips = Math.Min(result.Curve.ClipIds.Count, result.Curve.Config.SimilarityClips);
        yield return new PageSection
        {
            Heading = "How alike the layers are",
            Blocks = [new FigureBlock(new CkaFigure($"How alike are the layers of {result.Curve.Encoder}? {result.Source}", values, clips, result.Corpus.IsSynthetic))],
        };
    }

    private FigureBlock Confusion()
    {
        var classes = result.Curve.Emotions;
        var counts = new int[classes.Count, classes.Count];
        foreach (var (target, predicted) in result.Curve.Targets.Zip(result.Decisions)) counts[target, predicted]++;
        var source = result.Curve.WeightedSum is null ? "the probe" : "the weighted sum of all layers";
        return new FigureBlock(new ConfusionFigure($"What does {source} take each emotion for? {result.Source}", classes, counts, result.Speakers, result.Corpus.IsSynthetic));
    }

    private FigureBlock Balance()
    {
        var counts = result.Curve.Emotions.Select((emotion, index) => (emotion, result.Curve.Targets.Count(target => target == index))).ToList();
        return new FigureBlock(new ClassBalanceFigure($"How are the emotions balanced among the probed clips? {result.Source}", counts, result.Speakers, result.Corpus.IsSynthetic));
    }

    private IEnumerable<string> Protocol()
    {
        var config = result.Curve.Config;
        var penalties = string.Join(", ", config.Penalties.Select(penalty => penalty.ToString(CultureInfo.InvariantCulture)));
        yield return "Every clip is decoded to one channel at 16 kHz and encoded once; the encoder stays as it is. The frames of each layer are averaged over time, which leaves one vector per clip and layer. MFCC statistics are the mean and deviation over time of Mel-frequency cepstral coefficients: no network at all.";
        yield return string.Create(CultureInfo.InvariantCulture,
            $"The clips are divided into {result.Curve.Folds} folds such that no speaker is on both sides. Each layer has its own multinomial logistic regression per fold, on features standardised on the training part; its penalty C is chosen from {penalties} by WAF on speakers held out inside the training part, never on the fold that is reported. So each clip is judged once, by a probe that has not heard its speaker.");
        yield return string.Create(CultureInfo.InvariantCulture,
            $"WAF is the F1 of each emotion averaged by how many clips it has, over all held-out clips together. Intervals hold {100 * config.Bootstrap.Level:0.#} % of {config.Bootstrap.Resamples} resamples of whole speakers. Chance ({result.Curve.Chance.Waf:F3}) is what knowing how frequent each emotion is would score.");
        if (result.Ceilings.Count > 0)
        {
            var levels = string.Join(", ", result.Ceilings.Select(level => string.Create(CultureInfo.InvariantCulture, $"{level.Name} {level.Value:F3}")));
            yield return $"In Mimic each modality shows the emotion only some of the time. The generator's own table of probabilities gives the best score that any reader can expect: {levels}. The sentence is spoken, so an encoder that understands words belongs under the second; on so few clips a score may pass a ceiling by chance.";
        }
    }

    private FigureTable Settings() => Pairs("Settings and versions",
    [
        ("corpus", $"{result.CorpusName}, {result.Corpus.Clips.Count} clips, of which {result.Curve.ClipIds.Count} are labelled and probed; {result.Speakers} speakers, {result.AudioSeconds.ToString("0", CultureInfo.InvariantCulture)} s of sound"),
        ("encoder", $"{result.Curve.Encoder}, {result.Recipe.Layers} layers of {result.Recipe.Dims} numbers"),
        ("fingerprint", result.Recipe.Fingerprint),
        ("pooling", result.Recipe.Pooling.ToString()),
        ("folds, seed", string.Create(CultureInfo.InvariantCulture, $"{result.Curve.Folds}, {result.Settings.Seed}")),
        ("Affect", typeof(LayerCurvePage).Assembly.GetName().Version!.ToString(3)),
        (".NET", Environment.Version.ToString()),
        ("machine", string.Create(CultureInfo.InvariantCulture, $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} processors")),
    ]);

    private FigureTable Seconds() => Pairs("Seconds; what an earlier run had finished takes none", [.. result.Steps.Select(step => (step.Step, step.Seconds.ToString("0.0", CultureInfo.InvariantCulture)))]);

    private IEnumerable<TableBlock> Failures()
    {
        if (result.Failures.Count > 0) yield return new TableBlock(Pairs("Clips that could not be read and were left out", [.. result.Failures.Select(failure => (failure.ClipId, failure.Reason))]));
    }

    private static FigureTable Pairs(string caption, IReadOnlyList<(string What, string Value)> rows) => new()
    {
        Caption = caption,
        Columns = ["what", "value"],
        Rows = [.. rows.Select(row => (string[])[row.What, row.Value])],
    };

    private static int Highest(IReadOnlyList<double> values) => Enumerable.Range(0, values.Count).MaxBy(index => values[index]);

    // A bound just beside zero is not to be read as zero.
    private static string Signed(double value) => Math.Abs(value) is > 0 and < 0.0005
        ? value.ToString("+0.00000;−0.00000", CultureInfo.InvariantCulture)
        : value.ToString("+0.000;−0.000;0.000", CultureInfo.InvariantCulture);
}
