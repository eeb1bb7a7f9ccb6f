namespace Affect.Cli.Pretrain;

/// <summary>The README of a CLIP of our own: recipe, captions, losses, what a probe reads from it. Every number comes from a record.</summary>
internal sealed class CLIPCard
{
    internal required CLIPPretrainingRecord Record { get; init; }

    /// <summary>Probes for the emotion, the checkpoint's first, then those that it is compared with on the same clips; may be empty.</summary>
    internal IReadOnlyList<LayerCurve> Curves { get; init; } = [];

    /// <summary>Probes for what the face expresses, in the same order; may be empty.</summary>
    internal IReadOnlyList<LayerCurve> Expressions { get; init; } = [];

    /// <summary>Writes README.md into a folder.</summary>
    internal void Write(string folder) =>
        AtomicFile.WriteText(Path.Combine(folder, CheckpointCard.FileName), Text(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))));

    private string Text(string name)
    {
        var (recipe, text) = (Record.Recipe, new StringBuilder());
        var (vision, words, training) = (recipe.Model.Vision, recipe.Model.Text, recipe.Training);
        text.Append(CultureInfo.InvariantCulture, $"""
            # {name}

            Has seen: {recipe.Pictures.Pictures} drawn faces of casts other than that of the corpus of seed {recipe.Pictures.HeldOutSeed}, and captions read off the very numbers they were drawn from. No caption names an emotion, but brows, lids and mouth are what Mimic's faces express emotions by, and by the same rules in every corpus: **captions that are close to labels** of what a face expresses, though not of what its speaker feels.

            A small CLIP that `lab pretrain clip` trained on **synthetic** pictures: {recipe.Pictures.Pictures} drawn faces of {Record.Speakers} people, each with a caption of what its muscles do at that moment. It is for learning and testing methods; it has never seen a person.
            No label plays a part beside them. {vision.Layers} blocks of {vision.HiddenSize} over patches of {vision.PatchSize} in pictures of {vision.ImageSize}, {words.Layers} blocks of {words.HiddenSize} over words, a common space of {recipe.Model.ProjectionSize}; {Record.Weights} weights; Hugging Face layout, tokenizer included.
            This page is written by `lab pretrain card`; no number on it is typed by hand.

            Fingerprint: `{Record.Fingerprint}`

            ## Recipe

            `./lab pretrain clip --out DIR --pictures {recipe.Pictures.Pictures} --epochs {training.Epochs} --batch {training.BatchSize} --rate {training.LearningRate:0.#####} --image {vision.ImageSize} --patch {vision.PatchSize} --seed {recipe.Seed}`

            | | |
            |---|---|
            | method | image-caption contrastive learning, Radford et al., *CLIP*, arXiv:2103.00020 |
            | pictures | Mimic {Record.MimicVersion}'s faces, casts from seed {recipe.Pictures.Seed} on, {recipe.Pictures.PicturesPerClip} moments of each planned clip, painted at {vision.ImageSize} pixels without a video in between; no cast has the seed {recipe.Pictures.HeldOutSeed} of the corpus on which results are reported |
            | captions | composed from the drawn pose: brows, lids, mouth, jaw, head, gaze; {Record.Captions} different ones |
            | vocabulary | {Record.Vocabulary} byte pairs of CLIP's kind, learned from the captions |
            | loss | symmetric InfoNCE with a learned temperature, each of {training.Pieces} pieces of a batch within itself; equal captions are not each other's negatives |
            | optimiser | {training.Optimizer}, weight decay {training.WeightDecay:0.###}; {training.WarmupShare:0 %} of the steps up to {training.LearningRate:0.#####}, then down by a cosine; gradients clipped at {training.ClipNorm:0.##} |
            | steps | {Record.Epochs[^1].Steps} of {training.BatchSize} pictures, {Record.Epochs.Sum(epoch => epoch.Seconds) / 60:0.0} minutes on two cores |
            | seed | {recipe.Seed} |

            Captions read like this:


            """);
        foreach (var example in Record.Examples) text.Append(CultureInfo.InvariantCulture, $"* {example}\n");
        AppendLosses(text);
        if (Curves.Count > 0) AppendProbes(text, "How much of the emotion a linear probe reads", Curves, MimicCeiling.Of(Modalities.Visual).Waf);
        if (Expressions.Count > 0) AppendProbes(text, "How much of what the face expresses a linear probe reads", Expressions, ceiling: null);
        return text.ToString().TrimEnd() + "\n";
    }

    private void AppendLosses(StringBuilder text)
    {
        text.Append(CultureInfo.InvariantCulture, $"""

            ## Losses

            Means over an epoch; "found" is the share of pictures whose nearest caption is theirs: among the {Record.Recipe.Training.BatchSize / Record.Recipe.Training.Pieces} of a piece while learning, and among {Record.Recipe.HeldPictures} pictures that were never learned from.

            | epoch | loss, nats | found while learning | found among unseen ones | seconds |
            |---|---|---|---|---|

            """);
        foreach (var epoch in Record.Epochs)
            text.Append(CultureInfo.InvariantCulture, $"| {epoch.Epoch} | {epoch.Loss:0.000} | {epoch.Parts["r@1"]:0.0 %} | {epoch.Metrics.GetValueOrDefault("held r@1"):0.0 %} | {epoch.Seconds:0} |\n");
    }

    private static void AppendProbes(StringBuilder text, string title, IReadOnlyList<LayerCurve> curves, double? ceiling)
    {
        var first = curves[0];
        text.Append(CultureInfo.InvariantCulture, $"""

            ## {title}

            {first.ClipIds.Count} clips of {first.Speakers.Distinct().Count()} speakers of {first.Corpus}, decoded from their mp4 files, {first.Folds} speaker-disjoint folds; 95 % intervals over speakers. Chance {first.Chance.Waf:0.000}{(ceiling is { } level ? string.Create(CultureInfo.InvariantCulture, $", ceiling of the face {level:0.000}") : "")}.

            | features | WAF | accuracy |
            |---|---|---|

            """);
        foreach (var curve in curves) text.Append(CultureInfo.InvariantCulture, $"| {curve.Encoder} | {curve.Layers[0].Waf} | {curve.Layers[0].Accuracy} |\n");
        text.Append('\n');
        foreach (var (other, compared) in CardComparisons.Of(first, [.. curves.Skip(1)])) text.Append(CultureInfo.InvariantCulture, $"* {first.Encoder} against {other.Encoder}, the same clips: {compared}\n");
    }
}
