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

    /// <summary>The same on the corpora on which the checkpoint was chosen, by their seeds.</summary>
    internal IReadOnlyList<(int Seed, IReadOnlyList<LayerCurve> Curves)> Selection { get; init; } = [];

    internal void Write(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var text = new StringBuilder();
        AppendHead(text, name);
        AppendRecipe(text);
        AppendLosses(text, name);
        if (Selection.Count > 0) AppendSelection(text);
        if (Curves.Count > 0) AppendCurves(text);
        AtomicFile.WriteText(Path.Combine(folder, FileName), text.ToString().TrimEnd() + "\n");
    }

    private void AppendHead(StringBuilder text, string name) => text.Append(CultureInfo.InvariantCulture, $"""
        # {name}

        Has seen: {Record.Sentences} sentences ({Record.Different} different) of Mimic's grammar, drawn from a seed of their own, and no label; {(Record.OccurringInReported == 0 ? "none" : Record.OccurringInReported)} of the sentences of the corpus of seed {TextPretrainingConfig.ReportedSeed}, on which results are reported, word for word, but its templates and its words.

        A small BERT that `lab pretrain bert` trained on **synthetic** text, by naming masked words{(Record.Recipe.ContrastWeight > 0 ? " and by telling texts apart" : " alone")}.
        It is for learning and testing methods; it has never read a person's words. {Record.Recipe.Model.Layers} post-norm blocks of {Record.Recipe.Model.HiddenSize}, {Record.Vocabulary} tokens, Hugging Face layout.
        This page is written by `lab pretrain bert-card`; no number on it is typed by hand.

        Fingerprint: `{Record.Fingerprint}`


        """);

    private void AppendRecipe(StringBuilder text)
    {
        var (recipe, training) = (Record.Recipe, Record.Recipe.Training);
        text.Append(CultureInfo.InvariantCulture, $"""
            ## Recipe

            `./lab pretrain bert --out DIR --sentences {recipe.Sentences} --epochs {training.Epochs} --contrast {recipe.ContrastWeight:0.###} --masks {recipe.MaskShare:0.###} --batch {training.BatchSize} --rate {training.LearningRate} --seed {recipe.Seed}`

            | | |
            |---|---|
            | method | masked language modelling, Devlin et al., *BERT*, arXiv:1810.04805, section 3.1 |
            | masks | {recipe.MaskShare:0.0 %} of the words, all pieces of a word together (Cui et al., arXiv:1906.08101): 8 in 10 hidden, 1 in 10 replaced, 1 in 10 as they were |
            | second task | {(recipe.ContrastWeight > 0 ? FormattableString.Invariant($"weight {recipe.ContrastWeight}: two maskings of a text find each other among those of other texts, InfoNCE on cosines of mean states over τ = {recipe.Temperature} (SimCSE, Gao et al., arXiv:2104.08821, with masks for dropout as in Mirror-BERT, Liu et al., arXiv:2104.08027)") : "none")} |
            | vocabulary | {Record.Vocabulary} tokens: ASCII alone and inside a word, and the words that stand twice or more |
            | optimiser | {training.Optimizer}, weight decay {training.WeightDecay}; {training.WarmupShare:0 %} of the steps up to {training.LearningRate}, then down to 0; gradients clipped at {training.ClipNorm} |
            | steps | {Record.Steps} of {training.BatchSize} texts |
            | texts | {Record.Drawn} sentences drawn from Mimic's grammar, emotions as frequent as in its corpora, from seed {recipe.TextSeed}, without speakers or clips; {Record.Drawn - Record.Sentences} left out that stand in a corpus of seeds {TextPretrainingConfig.ReportedSeed} to {TextPretrainingConfig.ReportedSeed + recipe.HeldOutCorpora - 1} (for reporting){(recipe.SelectionCorpora > 0 ? FormattableString.Invariant($" or {recipe.SelectionSeed} to {recipe.SelectionSeed + recipe.SelectionCorpora - 1} (for choosing)") : "")} |
            | labels | none: texts stand in alphabetical order, are shuffled by the seed, and each is read by itself; nothing says what they express or which of them express the same |
            | seed | {recipe.Seed} |


            """);
    }

    private void AppendLosses(StringBuilder text, string name)
    {
        text.Append("""
            ## Losses

            Means over the last epoch.

            | run | masked words (nats) | named right | contrast (nats) | found itself | minutes |
            |---|---|---|---|---|---|

            """);
        foreach (var (run, record) in Others.Prepend((name, Record)))
        {
            var parts = record.Epochs[^1].Parts;
            text.Append(CultureInfo.InvariantCulture,
                $"| {run} | {parts["masked"]:0.000} | {parts["named_right"]:0.0 %} | {(parts.TryGetValue("contrast", out var loss) ? loss.ToString("0.000", CultureInfo.InvariantCulture) : "")} | {(parts.TryGetValue("found_itself", out var right) ? right.ToString("0.0 %", CultureInfo.InvariantCulture) : "")} | {record.Epochs.Sum(epoch => epoch.Seconds) / 60:0.0} |\n");
        }
        text.Append('\n');
    }

    private void AppendSelection(StringBuilder text)
    {
        var first = Selection[0].Curves[0];
        text.Append(CultureInfo.InvariantCulture, $"""
            ## How it was chosen

            By the highest mean WAF over all layers and over the training parts of the Mimic corpora of seeds {string.Join(", ", Selection.Select(one => one.Seed))}, of whose sentences none was read and on which nothing is reported; {first.Folds} speaker-disjoint folds each.

            | candidate |{string.Concat(Selection.Select(one => FormattableString.Invariant($" mean over layers, seed {one.Seed} | best layer |")))} mean of both |
            |---|{string.Concat(Selection.Select(_ => "---|---|"))}---|

            """);
        foreach (var (place, candidate) in Selection[0].Curves.Index())
        {
            var curves = Selection.Select(one => one.Curves[place]).ToArray();
            text.Append(CultureInfo.InvariantCulture,
                $"| {candidate.Encoder} |{string.Concat(curves.Select(curve => FormattableString.Invariant($" {Mean(curve):0.000} | {curve.Best().Layer}: {curve.Best().Waf.Value:0.000} |")))} {curves.Average(Mean):0.000} |\n");
        }
        text.Append('\n');

        static double Mean(LayerCurve curve) => curve.Layers.Average(layer => layer.Waf.Value);
    }

    private void AppendCurves(StringBuilder text)
    {
        var curve = Curves[0];
        text.Append(CultureInfo.InvariantCulture, $"""
            ## What its layers tell of the emotion

            A linear probe of the mean over each sentence's tokens. {curve.ClipIds.Count} clips of {curve.Speakers.Distinct().Count()} speakers of {curve.Corpus}, {curve.Folds} speaker-disjoint folds; WAF with 95 % intervals over speakers.
            Chance {curve.Chance.Waf:0.000}, ceiling of the words {MimicCeiling.Of(Modalities.Lexical).Waf:0.000}.

            | layer |{string.Concat(Curves.Select(other => $" {other.Encoder} |"))}
            |---|{string.Concat(Curves.Select(_ => "---|"))}

            """);
        foreach (var layer in Curves.SelectMany(other => other.Layers).Select(layer => layer.Layer).Distinct().Order())
            text.Append(CultureInfo.InvariantCulture, $"| {layer} |{string.Concat(Curves.Select(other => $" {(other.Layers.FirstOrDefault(one => one.Layer == layer) is { } score ? Cell(score.Waf) : "")} |"))}\n");
        text.Append('\n');
        foreach (var (other, compared) in CardComparisons.Of(curve, [.. Curves.Skip(1)]))
            text.Append(CultureInfo.InvariantCulture, $"* {curve.Encoder} against {other.Encoder}, best layer of each, the same clips: {compared}\n");
        text.Append('\n');
    }

    private static string Cell(Interval score) => string.Create(CultureInfo.InvariantCulture, $"{score.Value:0.000} [{score.Low:0.000}, {score.High:0.000}]");
}
