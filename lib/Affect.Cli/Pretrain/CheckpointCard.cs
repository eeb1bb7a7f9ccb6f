namespace Affect.Cli.Pretrain;

/// <summary>The README of a checkpoint of our own: recipe, units, losses, layer curves. Every number comes from a record.</summary>
internal sealed class CheckpointCard
{
    internal const string FileName = "README.md";
    private const string LossPicture = "training.svg";
    private const string CurvePicture = "layers.svg";
    private const int LastSteps = 100;

    internal required PretrainingRecord Record { get; init; }

    /// <summary>Runs to show beside the checkpoint's, by their names; iterations that they share with it are shown once.</summary>
    internal IReadOnlyList<(string Name, PretrainingRecord Record)> Others { get; init; } = [];

    /// <summary>The checkpoint's layer curve, then those of others on the same clips; may be empty.</summary>
    internal IReadOnlyList<LayerCurve> Curves { get; init; } = [];

    /// <summary>Layer curves on other clips, of the candidates that were chosen from, the checkpoint first; may be empty.</summary>
    internal IReadOnlyList<LayerCurve> Selection { get; init; } = [];

    /// <summary>Writes README and pictures into a folder.</summary>
    internal void Write(string folder)
    {
        AtomicFile.WriteText(Path.Combine(folder, LossPicture), LossFigure().ToSvg() + "\n");
        if (Curves.Count > 0) AtomicFile.WriteText(Path.Combine(folder, CurvePicture), CurveFigure().ToSvg() + "\n");
        AtomicFile.WriteText(Path.Combine(folder, FileName), Text(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))));
    }

    // Emotions serve to measure the units and to choose among candidates; no loss, no cluster and no batch knows them.
    private string HasSeen => string.Create(CultureInfo.InvariantCulture,
        $"Has seen: {Record.Hours:0.00} hours of Mimic's voices ({Record.Clips} clips, {Record.Speakers} speakers, none with the accent and timbre of a speaker of Mimic {Record.MimicVersion}'s corpus of seed {Record.Recipe.Speech.HeldOutSeed}{(Record.MimicVersion < MimicConfig.Version ? $"; of Mimic {MimicConfig.Version}, some" : "")}), which express emotions by the same rules and say sentences of the same grammar, some perhaps word for word; no label{(Selection.Count > 0 ? " but those by which it was chosen among candidates, on another corpus" : "")}.");

    private string Text(string name)
    {
        var (recipe, text) = (Record.Recipe, new StringBuilder());
        text.Append(CultureInfo.InvariantCulture, $"""
            # {name}

            {HasSeen}

            A small HuBERT that `lab pretrain hubert` trained on **synthetic** speech: {Record.Hours:0.00} hours of espeak-ng's voices as Mimic's speakers use them ({Record.Clips} clips, {Record.Speakers} speakers).
            It is for learning and testing methods; it has never heard a person. {recipe.Model.Layers} pre-norm blocks of {recipe.Model.HiddenSize}, convolutions of {recipe.Model.ConvChannels[0]} channels, Hugging Face layout; it hears clips {(recipe.NormalizesInput ? "at zero mean and unit variance" : "as loud as they are")}.
            This page is written by `lab pretrain card`; no number on it is typed by hand.

            Fingerprint: `{Record.Fingerprint}`


            """);
        AppendRecipe(text);
        AppendUnits(text);
        AppendLosses(text);
        if (Selection.Count > 0) AppendSelection(text);
        if (Curves.Count > 0) AppendCurves(text);
        return text.ToString().TrimEnd() + "\n";
    }

    private void AppendRecipe(StringBuilder text)
    {
        var (recipe, training, speech) = (Record.Recipe, Record.Recipe.Training, Record.Recipe.Speech);
        var prosody = recipe.Units == UnitSets.ContentAndProsody;
        text.Append(CultureInfo.InvariantCulture, $"""
            ## Recipe

            `./lab pretrain hubert --out DIR --hours {speech.Hours:0.###} --steps {training.Steps}{(recipe.LaterSteps is { } later ? $" --later-steps {later}" : "")} --iterations {recipe.Iterations} --units {(prosody ? "mfcc+prosody" : "mfcc")}{(recipe.HiddenLayer is { } layer ? $" --layer {layer}" : "")}{(recipe.KeepsWeights ? "" : " --afresh")}{(recipe.NormalizesInput ? " --normalise" : "")} --batch {training.BatchClips} --rate {training.PeakRate:0.#####} --seed {recipe.Seed}`

            | | |
            |---|---|
            | method | masked prediction of hidden units, Hsu et al., *HuBERT*, arXiv:2106.07447 |
            | units, iteration 1 | {recipe.MfccClusters} clusters of 13 MFCC with first and second differences{(prosody ? $"; {recipe.ProsodyClusters} clusters of prosody: log pitch less the clip's median, its difference, loudness (**ours**, not HuBERT's)" : "")} |
            """);
        if (recipe.Iterations > 1)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"\n| units, later | {recipe.HiddenClusters} clusters of the states of layer {recipe.HiddenLayer ?? recipe.Model.Layers / 2} of the iteration before{(prosody ? "; prosody again" : "")}; weights {(recipe.KeepsWeights ? "go on from the iteration before (HuBERT draws them anew)" : "are drawn anew")} |");
        }
        text.Append(CultureInfo.InvariantCulture, $"""

            | masks | {training.Spans} spans of {training.SpanFrames} frames in {training.CropSeconds:0.##} s |
            | loss | cross-entropy of cosines over τ = {training.Temperature:0.##}, hidden frames + {training.UnmaskedWeight:0.##} × the others{(prosody ? ", summed over both code books" : "")} |
            | optimiser | AdamW ({training.Beta1:0.##}, {training.Beta2:0.##}), weight decay {training.WeightDecay:0.###}; {training.WarmUpSteps} steps up to {training.PeakRate:0.#####}, then down to 0 in a straight line; gradients clipped at {training.ClipNorm:0.##} |
            | steps | {string.Join(" + ", Record.Iterations.Select(iteration => iteration.Steps.Count))} of {training.BatchClips} × {training.CropSeconds:0.##} s |
            | speech | Mimic {Record.MimicVersion}, casts from seed {speech.Seed} on, no pictures; espeak-ng timbres are few and recur, but no speaker has the accent and timbre of a speaker of the corpus of seed {speech.HeldOutSeed}, on which results are reported |
            | seed | {recipe.Seed} |

            Clusters, crops, masks and weights follow from the seed, and a run that was stopped goes on exactly; another processor or another BLAS rounds differently in the last bits, and training makes other weights of that.


            """);
    }

    private void AppendUnits(StringBuilder text)
    {
        text.Append("""
            ## Units

            Purity is the share of frames whose label is the most frequent one of their unit; "one unit" is what a single unit for everything would have. Mimic does not know its phones, so the labels are the emotion that the voice expresses and the speaker.
            Information is the share of the label's entropy that the unit takes away. Perplexity says how many equally frequent units would be as hard to guess.

            | run | units of | used | perplexity | emotion purity (one unit) | emotion information | speaker purity (one unit) | speaker information |
            |---|---|---|---|---|---|---|---|

            """);
        foreach (var (run, iteration) in Iterations())
        {
            foreach (var units in iteration.Units)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| {run} | {units.Units} | {units.Used} of {units.Clusters} | {units.Perplexity:0.0} | {units.EmotionPurity:0.000} ({units.EmotionChance:0.000}) | {units.EmotionInformation:0.000} | {units.SpeakerPurity:0.000} ({units.SpeakerChance:0.000}) | {units.SpeakerInformation:0.000} |\n");
            }
        }
        text.Append('\n');
    }

    private void AppendLosses(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"""
            ## Losses

            ![Cross-entropy of hidden frames by step]({LossPicture})

            Means of the last {LastSteps} steps, nats; "unigram" is the entropy of the units, which a network reaches that knows only how frequent they are.

            | run | units of | hidden frames | other frames | unigram | hidden frames named right |
            |---|---|---|---|---|---|

            """);
        foreach (var (run, iteration) in Iterations())
        {
            var last = iteration.Steps.TakeLast(LastSteps).ToArray();
            foreach (var (book, units) in iteration.Units.Index())
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| {run} | {units.Units} | {last.Average(step => step.Masked[book]):0.000} | {last.Average(step => step.Unmasked[book]):0.000} | {Math.Log(units.Perplexity):0.000} | {last.Average(step => step.Accuracy[book]):0.0 %} |\n");
            }
        }
        text.Append('\n');
    }

    private void AppendSelection(StringBuilder text)
    {
        var first = Selection[0];
        text.Append(CultureInfo.InvariantCulture, $"""
            ## How it was chosen

            By the highest mean WAF over all layers on {first.ClipIds.Count} clips of {first.Speakers.Distinct().Count()} speakers of {first.Corpus} of another seed than the one reported below, {first.Folds} speaker-disjoint folds.

            | candidate | mean over layers | best layer |
            |---|---|---|

            """);
        foreach (var curve in Selection)
            text.Append(CultureInfo.InvariantCulture, $"| {curve.Encoder} | {curve.Layers.Average(layer => layer.Waf.Value):0.000} | {curve.Best().Layer}: {curve.Best().Waf.Value:0.000} |\n");
        text.Append('\n');
    }

    private void AppendCurves(StringBuilder text)
    {
        var curve = Curves[0];
        text.Append(CultureInfo.InvariantCulture, $"""
            ## What its layers tell of the emotion

            ![WAF by layer]({CurvePicture})

            {curve.ClipIds.Count} clips of {curve.Speakers.Distinct().Count()} speakers of {curve.Corpus}, {curve.Folds} speaker-disjoint folds; 95 % intervals over speakers. Chance {curve.Chance.Waf:0.000}, ceiling of the voice {MimicCeiling.Of(Modalities.Acoustic).Waf:0.000}.

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

    private TrainingCurveFigure LossFigure() => new(
        "How well are the units of hidden frames named?",
        [
            // Of the others the content units alone: more lines than colours cannot be told apart.
            .. Iterations().SelectMany(run => run.Iteration.Units.Index().Take(Record.Iterations.Contains(run.Iteration) ? run.Iteration.Units.Count : 1).Select(units =>
                TrainingSeries.Of($"{units.Item.Units}, {run.Name}", [.. run.Iteration.Steps.Select(step => step.Masked[units.Index])]))),
        ],
        isSynthetic: true)
    { Quantity = "cross-entropy of hidden frames (nats)" };

    private LayerCurveFigure CurveFigure() => new(
        [.. Curves.Where(curve => curve.Layers.Count > 1)], Curves.FirstOrDefault(curve => curve.Layers.Count == 1), [new ScoreLevel("ceiling of the voice", MimicCeiling.Of(Modalities.Acoustic).Waf)]);

    private IEnumerable<(string Name, IterationRecord Iteration)> Iterations()
    {
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, record) in Others.Prepend(("", Record)))
        {
            foreach (var iteration in record.Iterations)
                if (shown.Add(iteration.Fingerprint)) yield return (string.Create(CultureInfo.InvariantCulture, $"{name}{(name.Length > 0 ? ", " : "")}iteration {iteration.Iteration}"), iteration);
        }
    }

    private static string Cell(Interval score) => string.Create(CultureInfo.InvariantCulture, $"{score.Value:0.000} [{score.Low:0.000}, {score.High:0.000}]");
}
