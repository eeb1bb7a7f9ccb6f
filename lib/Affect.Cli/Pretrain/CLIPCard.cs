namespace Affect.Cli.Pretrain;

/// <summary>The README of a CLIP of our own: recipe, captions, losses, what a probe reads from it.</summary>
internal sealed class CLIPCard
{
    internal required CLIPPretrainingRecord Record { get; init; }

    /// <summary>Probes for the emotion, the checkpoint's first, then those that it is compared with on the same clips; may be empty.</summary>
    internal IReadOnlyList<LayerCurve> Curves { get; init; } = [];

    /// <summary>Probes for what the face expresses, in the same order; may be empty.</summary>
    internal IReadOnlyList<LayerCurve> Expressions { get; init; } = [];

    /// <summary>Writes README.md into a folder.</summary>
    /// <returns>Where it is.</returns>
    internal string Write(string folder)
    {
        var (pictures, vision, words) = (Record.Recipe.Pictures, Record.Recipe.Model.Vision, Record.Recipe.Model.Text);
        var card = new CheckpointCard(
            folder,
            $"{pictures.Pictures} drawn faces of casts other than that of the corpus of seed {pictures.HeldOutSeed}, and captions read off the very numbers they were drawn from. No caption names an emotion, but brows, lids and mouth are what Mimic's faces express emotions by, and by the same rules in every corpus: **captions that are close to labels** of what a face expresses, though not of what its speaker feels.",
            $"""
            A small CLIP that `lab pretrain clip` trained on **synthetic** pictures: {pictures.Pictures} drawn faces of {Record.Speakers} people, each with a caption of what its muscles do at that moment. It is for learning and testing methods; it has never seen a person.
            No label plays a part beside them. {vision.Layers} blocks of {vision.HiddenSize} over patches of {vision.PatchSize} in pictures of {vision.ImageSize}, {words.Layers} blocks of {words.HiddenSize} over words, a common space of {Record.Recipe.Model.ProjectionSize}; {Record.Weights} weights; Hugging Face layout, tokenizer included.
            """,
            "lab pretrain card",
            Record.Fingerprint);
        AddRecipe(card);
        AddLosses(card);
        AddProbes(card, "How much of the emotion a linear probe reads", Curves, $", ceiling of the face {MimicCeiling.Of(Modalities.Visual).Waf:0.000}");
        AddProbes(card, "How much of what the face expresses a linear probe reads", Expressions, $"");
        return card.Write();
    }

    private void AddRecipe(CheckpointCard card)
    {
        var (recipe, pictures, vision, training) = (Record.Recipe, Record.Recipe.Pictures, Record.Recipe.Model.Vision, Record.Recipe.Training);
        card.Recipe(
            $"clip --out DIR --pictures {pictures.Pictures} --epochs {training.Epochs} --batch {training.BatchSize} --rate {training.LearningRate:0.#####} --image {vision.ImageSize} --patch {vision.PatchSize} --seed {recipe.Seed}",
            ("method", $"image-caption contrastive learning, Radford et al., *CLIP*, arXiv:2103.00020"),
            ("pictures", $"Mimic {Record.MimicVersion}'s faces, casts from seed {pictures.Seed} on, {pictures.PicturesPerClip} moments of each planned clip, painted at {vision.ImageSize} pixels without a video in between; no cast has the seed {pictures.HeldOutSeed} of the corpus on which results are reported"),
            ("captions", $"composed from the drawn pose: brows, lids, mouth, jaw, head, gaze; {Record.Captions} different ones"),
            ("vocabulary", $"{Record.Vocabulary} byte pairs of CLIP's kind, learned from the captions"),
            ("loss", $"symmetric InfoNCE with a learned temperature, each of {training.Pieces} pieces of a batch within itself; equal captions are not each other's negatives"),
            ("optimiser", $"{training.Optimizer}, weight decay {training.WeightDecay:0.###}; {training.WarmupShare:0 %} of the steps up to {training.LearningRate:0.#####}, then down by a cosine; gradients clipped at {training.ClipNorm:0.##}"),
            ("steps", $"{Record.Epochs[^1].Steps} of {training.BatchSize} pictures, {Record.Epochs.Sum(epoch => epoch.Seconds) / 60:0.0} minutes on two cores"),
            ("seed", $"{recipe.Seed}"));
        card.Add($"Captions read like this:");
        card.Add($"{string.Join('\n', Record.Examples.Select(example => $"* {example}"))}");
    }

    private void AddLosses(CheckpointCard card)
    {
        var (recipe, training) = (Record.Recipe, Record.Recipe.Training);
        card.Add($"## Losses");
        card.Add($"Means over an epoch; \"found\" is the share of pictures whose nearest caption is theirs: among the {training.BatchSize / training.Pieces} of a piece while learning, and among {recipe.HeldPictures} pictures that were never learned from.");
        card.Table(
            $"epoch | loss, nats | found while learning | found among unseen ones | seconds",
            Record.Epochs.Select(epoch => (FormattableString)$"{epoch.Epoch} | {epoch.Loss:0.000} | {epoch.Parts["r@1"]:0.0 %} | {epoch.Metrics.GetValueOrDefault("held r@1"):0.0 %} | {epoch.Seconds:0}"));
    }

    private static void AddProbes(CheckpointCard card, string title, IReadOnlyList<LayerCurve> curves, FormattableString ceiling)
    {
        if (curves.Count == 0) return;
        card.Add($"## {title}");
        card.Add($"{CheckpointCard.Clips(curves[0])}, decoded from their mp4 files, {curves[0].Folds} speaker-disjoint folds; 95 % intervals over speakers. Chance {curves[0].Chance.Waf:0.000}{ceiling}.");
        card.Table($"features | WAF | accuracy", curves.Select(curve => (FormattableString)$"{curve.Encoder} | {curve.Layers[0].Waf} | {curve.Layers[0].Accuracy}"));
        card.Comparisons(curves);
    }
}
