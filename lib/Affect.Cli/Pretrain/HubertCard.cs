namespace Affect.Cli.Pretrain;

/// <summary>The README of a HuBERT of our own: recipe, units, losses, layer curves.</summary>
internal sealed class HubertCard
{
    private const string LossPicture = "training.svg";
    private const string CurvePicture = "layers.svg";
    private const int LastSteps = 100;

    internal required HubertPretrainingRecord Record { get; init; }

    /// <summary>Runs to show beside the checkpoint's, by their names; iterations that they share with it are shown once.</summary>
    internal IReadOnlyList<(string Name, HubertPretrainingRecord Record)> Others { get; init; } = [];

    /// <summary>The checkpoint's layer curve, then those of others on the same clips; may be empty.</summary>
    internal IReadOnlyList<LayerCurve> Curves { get; init; } = [];

    /// <summary>Layer curves on other clips, of the candidates that were chosen from, the checkpoint first; may be empty.</summary>
    internal IReadOnlyList<LayerCurve> Selection { get; init; } = [];

    private bool HasProsody => Record.Recipe.Units == UnitSets.ContentAndProsody;

    /// <summary>Writes README and pictures into a folder.</summary>
    /// <returns>Where the README is.</returns>
    internal string Write(string folder)
    {
        AtomicFile.WriteText(Path.Combine(folder, LossPicture), LossFigure().ToSvg() + "\n");
        if (Curves.Count > 0) AtomicFile.WriteText(Path.Combine(folder, CurvePicture), CurveFigure().ToSvg() + "\n");
        var (recipe, heldOut) = (Record.Recipe, Record.Recipe.Speech.HeldOutSeed);
        // Emotions serve to measure the units and to choose among candidates; no loss, no cluster and no batch knows them.
        var card = new CheckpointCard(
            folder,
            $"{Record.Hours:0.00} hours of Mimic's voices ({Record.Clips} clips, {Record.Speakers} speakers, none with the accent and timbre of a speaker of Mimic {Record.MimicVersion}'s corpus of seed {heldOut}{(Record.MimicVersion < MimicConfig.Version ? $"; of Mimic {MimicConfig.Version}, some" : "")}), which express emotions by the same rules and say sentences of the same grammar, some perhaps word for word; no label{(Selection.Count > 0 ? " but those by which it was chosen among candidates, on another corpus" : "")}.",
            $"""
            A small HuBERT that `lab pretrain hubert` trained on **synthetic** speech: {Record.Hours:0.00} hours of espeak-ng's voices as Mimic's speakers use them ({Record.Clips} clips, {Record.Speakers} speakers).
            It is for learning and testing methods; it has never heard a person. {recipe.Model.Layers} pre-norm blocks of {recipe.Model.HiddenSize}, convolutions of {recipe.Model.ConvChannels[0]} channels, Hugging Face layout; it hears clips {(recipe.NormalizesInput ? "at zero mean and unit variance" : "as loud as they are")}.
            """,
            "lab pretrain card",
            Record.Fingerprint);
        AddRecipe(card);
        AddUnits(card);
        AddLosses(card);
        if (Selection.Count > 0) AddSelection(card);
        if (Curves.Count > 0) AddCurves(card);
        return card.Write();
    }

    private void AddRecipe(CheckpointCard card)
    {
        var (recipe, training, speech) = (Record.Recipe, Record.Recipe.Training, Record.Recipe.Speech);
        FormattableString later = $"{recipe.HiddenClusters} clusters of the states of layer {recipe.HiddenLayer ?? recipe.Model.Layers / 2} of the iteration before{(HasProsody ? "; prosody again" : "")}; weights {(recipe.KeepsWeights ? "go on from the iteration before (HuBERT draws them anew)" : "are drawn anew")}";
        card.Recipe(
            $"hubert --out DIR --hours {speech.Hours:0.###} --steps {training.Steps}{(recipe.LaterSteps is { } steps ? $" --later-steps {steps}" : "")} --iterations {recipe.Iterations} --units {(HasProsody ? "mfcc+prosody" : "mfcc")}{(recipe.HiddenLayer is { } layer ? $" --layer {layer}" : "")}{(recipe.KeepsWeights ? "" : " --afresh")}{(recipe.NormalizesInput ? " --normalise" : "")} --batch {training.BatchClips} --rate {training.PeakRate:0.#####} --seed {recipe.Seed}",
            ("method", $"masked prediction of hidden units, Hsu et al., *HuBERT*, arXiv:2106.07447"),
            ("units, iteration 1", $"{recipe.MfccClusters} clusters of 13 MFCC with first and second differences{(HasProsody ? $"; {recipe.ProsodyClusters} clusters of prosody: log pitch less the clip's median, its difference, loudness (**ours**, not HuBERT's)" : "")}"),
            ("units, later", recipe.Iterations > 1 ? later : null),
            ("masks", $"{training.Spans} spans of {training.SpanFrames} frames in {training.CropSeconds:0.##} s"),
            ("loss", $"cross-entropy of cosines over τ = {training.Temperature:0.##}, hidden frames + {training.UnmaskedWeight:0.##} × the others{(HasProsody ? ", summed over both code books" : "")}"),
            ("optimiser", $"AdamW ({training.Beta1:0.##}, {training.Beta2:0.##}), weight decay {training.WeightDecay:0.###}; {training.WarmUpSteps} steps up to {training.PeakRate:0.#####}, then down to 0 in a straight line; gradients clipped at {training.ClipNorm:0.##}"),
            ("steps", $"{string.Join(" + ", Record.Iterations.Select(iteration => iteration.Steps.Count))} of {training.BatchClips} × {training.CropSeconds:0.##} s"),
            ("speech", $"Mimic {Record.MimicVersion}, casts from seed {speech.Seed} on, no pictures; espeak-ng timbres are few and recur, but no speaker has the accent and timbre of a speaker of the corpus of seed {speech.HeldOutSeed}, on which results are reported"),
            ("seed", $"{recipe.Seed}"));
        card.Add($"Clusters, crops, masks and weights follow from the seed, and a run that was stopped goes on exactly; another processor or another BLAS rounds differently in the last bits, and training makes other weights of that.");
    }

    private void AddUnits(CheckpointCard card)
    {
        card.Add($"## Units");
        card.Add($"""
            Purity is the share of frames whose label is the most frequent one of their unit; "one unit" is what a single unit for everything would have. Mimic does not know its phones, so the labels are the emotion that the voice expresses and the speaker.
            Information is the share of the label's entropy that the unit takes away. Perplexity says how many equally frequent units would be as hard to guess.
            """);
        card.Table(
            $"run | units of | used | perplexity | emotion purity (one unit) | emotion information | speaker purity (one unit) | speaker information",
            Iterations().SelectMany(run => run.Iteration.Units.Select(units => (FormattableString)
                $"{run.Name} | {units.Units} | {units.Used} of {units.Clusters} | {units.Perplexity:0.0} | {units.EmotionPurity:0.000} ({units.EmotionChance:0.000}) | {units.EmotionInformation:0.000} | {units.SpeakerPurity:0.000} ({units.SpeakerChance:0.000}) | {units.SpeakerInformation:0.000}")));
    }

    private void AddLosses(CheckpointCard card)
    {
        card.Add($"## Losses");
        card.Add($"![Cross-entropy of hidden frames by step]({LossPicture})");
        card.Add($"Means of the last {LastSteps} steps, nats; \"unigram\" is the entropy of the units, which a network reaches that knows only how frequent they are.");
        card.Table(
            $"run | units of | hidden frames | other frames | unigram | hidden frames named right",
            Iterations().SelectMany(run => run.Iteration.Units.Index().Select(units => (FormattableString)
                $"{run.Name} | {units.Item.Units} | {Last(run.Iteration.Steps.Masked[units.Index]):0.000} | {Last(run.Iteration.Steps.Unmasked[units.Index]):0.000} | {Math.Log(units.Item.Perplexity):0.000} | {Last(run.Iteration.Steps.Accuracy[units.Index]):0.0 %}")));

        static double Last(IReadOnlyList<double> steps) => steps.TakeLast(LastSteps).Average();
    }

    private void AddSelection(CheckpointCard card)
    {
        card.Add($"## How it was chosen");
        card.Add($"By the highest mean WAF over all layers on {CheckpointCard.Clips(Selection[0])} of another seed than the one reported below, {Selection[0].Folds} speaker-disjoint folds.");
        card.Table($"candidate | mean over layers | best layer", Selection.Select(curve => (FormattableString)$"{curve.Encoder} | {CheckpointCard.Candidate(curve)}"));
    }

    private void AddCurves(CheckpointCard card)
    {
        card.Add($"## What its layers tell of the emotion");
        card.Add($"![WAF by layer]({CurvePicture})");
        card.Add($"{CheckpointCard.Clips(Curves[0])}, {Curves[0].Folds} speaker-disjoint folds; 95 % intervals over speakers. Chance {Curves[0].Chance.Waf:0.000}, ceiling of the voice {MimicCeiling.Of(Modalities.Acoustic).Waf:0.000}.");
        card.Layers(Curves);
    }

    private TrainingCurveFigure LossFigure() => new(
        "How well are the units of hidden frames named?",
        [
            // Of the others the content units alone: more lines than colours cannot be told apart.
            .. Iterations().SelectMany(run => run.Iteration.Units.Index().Take(Record.Iterations.Contains(run.Iteration) ? run.Iteration.Units.Count : 1)
                .Select(units => TrainingSeries.Of($"{units.Item.Units}, {run.Name}", run.Iteration.Steps.Masked[units.Index]))),
        ],
        isSynthetic: true)
    { Quantity = "cross-entropy of hidden frames (nats)" };

    private LayerCurveFigure CurveFigure() => new(
        [.. Curves.Where(curve => curve.Layers.Count > 1)], Curves.FirstOrDefault(curve => curve.Layers.Count == 1), [new ScoreLevel("ceiling of the voice", MimicCeiling.Of(Modalities.Acoustic).Waf)]);

    private IEnumerable<(string Name, IterationRecord Iteration)> Iterations() => Others.Prepend((Name: "", Record))
        .SelectMany(run => run.Record.Iterations.Select(iteration => ($"{run.Name}{(run.Name.Length > 0 ? ", " : "")}iteration {iteration.Iteration}", iteration)))
        .DistinctBy(run => run.iteration.Fingerprint);
}
