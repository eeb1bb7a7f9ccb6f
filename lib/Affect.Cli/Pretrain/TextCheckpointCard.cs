using System.Globalization;
using System.Text;
using Affect.Data;
using Affect.Evaluation;
using Affect.Probing;
using Affect.Training.Language;

namespace Affect.Cli.Pretrain;

/// <summary>The README of a text checkpoint: recipe, losses, and what its layers tell beside random weights and a bag of words. Every number is of the record or computed.</summary>
internal sealed class TextCheckpointCard
{
    internal const string FileName = "README.md";

    internal required TextPretrainingRecord Record { get; init; }

    /// <summary>Other runs, for comparison.</summary>
    internal IReadOnlyList<(string Name, TextPretrainingRecord Record)> Others { get; init; } = [];

    /// <summary>The checkpoint's curve first.</summary>
    internal IReadOnlyList<LayerCurve> Curves { get; init; } = [];

    /// <summary>The same on the corpus on which the checkpoint was chosen.</summary>
    internal IReadOnlyList<LayerCurve> Selection { get; init; } = [];

    internal int SelectionSeed { get; init; }

    internal void Write(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var text = new StringBuilder();
        AppendHead(text, name);
        AppendRecipe(text);
        AppendLosses(text, name);
        if (Selection.Count > 0) AppendCurves(text, "How it was chosen", Selection, string.Create(CultureInfo.InvariantCulture, $"By its best layer on the training part of the Mimic corpus of seed {SelectionSeed}, on which nothing is reported."));
        if (Curves.Count > 0) AppendCurves(text, "What its layers tell of the emotion", Curves, "A linear probe of the mean over each sentence's tokens.");
        AtomicFile.WriteText(Path.Combine(folder, FileName), text.ToString().TrimEnd() + "\n");
    }

    private void AppendHead(StringBuilder text, string name) => text.Append(CultureInfo.InvariantCulture, $"""
        # {name}

        A small BERT that `lab pretrain bert` trained on **synthetic** text: {Record.Sentences} sentences of Mimic's phrase book ({Record.Different} different).
        It is for learning and testing methods; it has never read a person's words. {Record.Recipe.Model.Layers} post-norm blocks of {Record.Recipe.Model.HiddenSize}, {Record.Vocabulary} tokens, Hugging Face layout.
        This page is written by `lab pretrain bert-card`; no number on it is typed by hand.

        Fingerprint: `{Record.Fingerprint}`


        """);

    private void AppendRecipe(StringBuilder text)
    {
        var (recipe, training) = (Record.Recipe, Record.Recipe.Training);
        text.Append(CultureInfo.InvariantCulture, $"""
            ## Recipe

            `./lab pretrain bert --out DIR --corpora {recipe.Corpora} --epochs {training.Epochs} --pairs {recipe.PairWeight:0.###} --masks {recipe.MaskShare:0.###} --batch {training.BatchSize} --rate {training.LearningRate} --seed {recipe.Seed}`

            | | |
            |---|---|
            | method | masked language modelling, Devlin et al., *BERT*, arXiv:1810.04805, section 3.1 |
            | masks | {recipe.MaskShare:0.0 %} of the tokens: 8 in 10 hidden, 1 in 10 replaced, 1 in 10 as they were |
            | pairs | {(recipe.PairWeight > 0 ? FormattableString.Invariant($"weight {recipe.PairWeight}: each text is to find one of its mood among those of other moods, InfoNCE on cosines of mean states over τ = {recipe.Temperature} (**ours**, in the place of BERT's next sentence). No mood is named to the network, but which texts share one is what the generator knows: such a checkpoint stands for one that was tuned to emotion on other data") : "none")} |
            | vocabulary | {Record.Vocabulary} tokens: ASCII alone and inside a word, and the words that stand twice or more |
            | optimiser | {training.Optimizer}, weight decay {training.WeightDecay}; {training.WarmupShare:0 %} of the steps up to {training.LearningRate}, then down to 0; gradients clipped at {training.ClipNorm} |
            | steps | {Record.Steps} of {training.BatchSize} texts |
            | texts | transcripts of the Mimic corpora of seeds {recipe.FirstSeed} to {recipe.FirstSeed + recipe.Corpora - 1}; no sentence of the corpus of seed {recipe.HeldOutSeed}, on which results are reported, is among them. The phrases are the same |
            | seed | {recipe.Seed} |


            """);
    }

    private void AppendLosses(StringBuilder text, string name)
    {
        text.Append("""
            ## Losses

            Means over the last epoch.

            | run | masked tokens (nats) | named right | pairs (nats) | partner found | minutes |
            |---|---|---|---|---|---|

            """);
        foreach (var (run, record) in Others.Prepend((name, Record)))
        {
            var parts = record.Epochs[^1].Parts;
            text.Append(CultureInfo.InvariantCulture,
                $"| {run} | {parts["masked"]:0.000} | {parts["named_right"]:0.0 %} | {(parts.TryGetValue("pairs", out var loss) ? loss.ToString("0.000", CultureInfo.InvariantCulture) : "")} | {(parts.TryGetValue("pairs_right", out var right) ? right.ToString("0.0 %", CultureInfo.InvariantCulture) : "")} | {record.Epochs.Sum(epoch => epoch.Seconds) / 60:0.0} |\n");
        }
        text.Append('\n');
    }

    private static void AppendCurves(StringBuilder text, string title, IReadOnlyList<LayerCurve> curves, string how)
    {
        var curve = curves[0];
        text.Append(CultureInfo.InvariantCulture, $"""
            ## {title}

            {how} {curve.ClipIds.Count} clips of {curve.Speakers.Distinct().Count()} speakers of {curve.Corpus}, {curve.Folds} speaker-disjoint folds; WAF with 95 % intervals over speakers.
            Chance {curve.Chance.Waf:0.000}, ceiling of the words {MimicCeiling.Of(Modalities.Lexical).Waf:0.000}.

            | layer |{string.Concat(curves.Select(other => $" {other.Encoder} |"))}
            |---|{string.Concat(curves.Select(_ => "---|"))}

            """);
        foreach (var layer in curves.SelectMany(other => other.Layers).Select(layer => layer.Layer).Distinct().Order())
            text.Append(CultureInfo.InvariantCulture, $"| {layer} |{string.Concat(curves.Select(other => $" {(other.Layers.FirstOrDefault(one => one.Layer == layer) is { } score ? Cell(score.Waf) : "")} |"))}\n");
        text.Append('\n');
        foreach (var other in curves.Skip(1))
            text.Append(CultureInfo.InvariantCulture, $"* {curve.Encoder} against {other.Encoder}, best layer of each, the same clips: {curve.CompareBest(other)}\n");
        text.Append('\n');
    }

    private static string Cell(Interval score) => string.Create(CultureInfo.InvariantCulture, $"{score.Value:0.000} [{score.Low:0.000}, {score.High:0.000}]");
}
