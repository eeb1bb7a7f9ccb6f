namespace Affect.Cli.Pretrain;

/// <summary>The README of a text encoder of our own: recipe, losses, and what its layers tell beside random weights and a bag of words.</summary>
internal sealed class TextCard
{
    internal required TextPretrainingRecord Record { get; init; }

    /// <summary>Other runs, for comparison.</summary>
    internal IReadOnlyList<(string Name, TextPretrainingRecord Record)> Others { get; init; } = [];

    /// <summary>The checkpoint's curve first.</summary>
    internal IReadOnlyList<LayerCurve> Curves { get; init; } = [];

    /// <summary>The same on the corpora on which the checkpoint was chosen, by their seeds.</summary>
    internal IReadOnlyList<(int Seed, IReadOnlyList<LayerCurve> Curves)> Selection { get; init; } = [];

    /// <summary>Writes README.md into a folder.</summary>
    /// <returns>Where it is.</returns>
    internal string Write(string folder)
    {
        var recipe = Record.Recipe;
        var card = new CheckpointCard(
            folder,
            $"{Record.Sentences} sentences ({Record.Different} different) of Mimic's grammar, drawn from a seed of their own, and no label; {(Record.OccurringInReported == 0 ? "none" : Record.OccurringInReported)} of the sentences of the corpus of seed {TextPretrainingConfig.ReportedSeed}, on which results are reported, word for word, but its templates and its words.",
            $"""
            A small BERT that `lab pretrain bert` trained on **synthetic** text, by naming masked words{(recipe.ContrastWeight > 0 ? " and by telling texts apart" : " alone")}.
            It is for learning and testing methods; it has never read a person's words. {recipe.Model.Layers} post-norm blocks of {recipe.Model.HiddenSize}, {Record.Vocabulary} tokens, Hugging Face layout.
            """,
            "lab pretrain bert-card",
            Record.Fingerprint);
        AddRecipe(card);
        AddLosses(card);
        if (Selection.Count > 0) AddSelection(card);
        if (Curves.Count > 0) AddCurves(card);
        return card.Write();
    }

    private void AddRecipe(CheckpointCard card)
    {
        var (recipe, training) = (Record.Recipe, Record.Recipe.Training);
        FormattableString contrast = $"weight {recipe.ContrastWeight}: two maskings of a text find each other among those of other texts, InfoNCE on cosines of mean states over τ = {recipe.Temperature} (SimCSE, Gao et al., arXiv:2104.08821, with masks for dropout as in Mirror-BERT, Liu et al., arXiv:2104.08027)";
        FormattableString chosen = $" or {recipe.SelectionSeed} to {recipe.SelectionSeed + recipe.SelectionCorpora - 1} (for choosing)";
        card.Recipe(
            $"bert --out DIR --sentences {recipe.Sentences} --epochs {training.Epochs} --contrast {recipe.ContrastWeight:0.###} --masks {recipe.MaskShare:0.###} --batch {training.BatchSize} --rate {training.LearningRate} --seed {recipe.Seed}",
            ("method", $"masked language modelling, Devlin et al., *BERT*, arXiv:1810.04805, section 3.1"),
            ("masks", $"{recipe.MaskShare:0.0 %} of the words, all pieces of a word together (Cui et al., arXiv:1906.08101): 8 in 10 hidden, 1 in 10 replaced, 1 in 10 as they were"),
            ("second task", recipe.ContrastWeight > 0 ? contrast : $"none"),
            ("vocabulary", $"{Record.Vocabulary} tokens: ASCII alone and inside a word, and the words that stand twice or more"),
            ("optimiser", $"{training.Optimizer}, weight decay {training.WeightDecay}; {training.WarmupShare:0 %} of the steps up to {training.LearningRate}, then down to 0; gradients clipped at {training.ClipNorm}"),
            ("steps", $"{Record.Steps} of {training.BatchSize} texts"),
            ("texts", $"{Record.Drawn} sentences drawn from Mimic's grammar, emotions as frequent as in its corpora, from seed {recipe.TextSeed}, without speakers or clips; {Record.Drawn - Record.Sentences} left out that stand in a corpus of seeds {TextPretrainingConfig.ReportedSeed} to {TextPretrainingConfig.ReportedSeed + recipe.HeldOutCorpora - 1} (for reporting){(recipe.SelectionCorpora > 0 ? chosen : $"")}"),
            ("labels", $"none: texts stand in alphabetical order, are shuffled by the seed, and each is read by itself; nothing says what they express or which of them express the same"),
            ("seed", $"{recipe.Seed}"));
    }

    private void AddLosses(CheckpointCard card)
    {
        card.Add($"## Losses");
        card.Add($"Means over the last epoch.");
        card.Table(
            $"run | masked words (nats) | named right | contrast (nats) | found itself | minutes",
            Others.Prepend((card.Name, Record)).Select(run => (run.Item1, run.Item2.Epochs, run.Item2.Epochs[^1].Parts)).Select(run => (FormattableString)
                $"{run.Item1} | {run.Parts["masked"]:0.000} | {run.Parts["named_right"]:0.0 %} | {Optional(run.Parts, "contrast"):0.000} | {Optional(run.Parts, "found_itself"):0.0 %} | {run.Epochs.Sum(epoch => epoch.Seconds) / 60:0.0}"));

        static double? Optional(IReadOnlyDictionary<string, double> parts, string name) => parts.TryGetValue(name, out var value) ? value : null;
    }

    private void AddSelection(CheckpointCard card)
    {
        card.Add($"## How it was chosen");
        card.Add($"By the highest mean WAF over all layers and over the training parts of the Mimic corpora of seeds {string.Join(", ", Selection.Select(one => one.Seed))}, of whose sentences none was read and on which nothing is reported; {Selection[0].Curves[0].Folds} speaker-disjoint folds each.");
        card.Table(
            $"candidate | {string.Concat(Selection.Select(one => $"mean over layers, seed {one.Seed} | best layer | "))}mean of both",
            Selection[0].Curves.Index().Select(candidate => (candidate.Item.Encoder, Curves: Selection.Select(one => one.Curves[candidate.Index]))).Select(candidate => (FormattableString)
                $"{candidate.Encoder} | {string.Join(" | ", candidate.Curves.Select(CheckpointCard.Candidate))} | {candidate.Curves.Average(CheckpointCard.Mean):0.000}"));
    }

    private void AddCurves(CheckpointCard card)
    {
        card.Add($"## What its layers tell of the emotion");
        card.Add($"""
            A linear probe of the mean over each sentence's tokens. {CheckpointCard.Clips(Curves[0])}, {Curves[0].Folds} speaker-disjoint folds; WAF with 95 % intervals over speakers.
            Chance {Curves[0].Chance.Waf:0.000}, ceiling of the words {MimicCeiling.Of(Modalities.Lexical).Waf:0.000}.
            """);
        card.Layers(Curves);
    }
}
