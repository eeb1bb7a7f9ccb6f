namespace Affect.Tests.Probing;

/// <summary>Tasks that cannot be probed are refused by name.</summary>
public sealed class ProbeTaskTests
{
    private static readonly ProbeTask Good = Planted.Task(_ => 1, layers: 2, speakers: 5, each: 6, dims: 4);

    [Fact]
    public void A_feature_that_is_no_number_is_told_with_clip_layer_and_dimension()
    {
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity })
        {
            var values = (float[])Good.Features.Values.Clone();
            values[(7 * 2 + 1) * 4 + 2] = bad;
            var message = Refused(features: new FeatureTable(Good.Features.ClipIds, values, 2, 4) { FirstLayer = 5 });
            Assert.StartsWith("features must be finite numbers, but clip 'clip 7' has", message, StringComparison.Ordinal);
            Assert.EndsWith("at layer 6, dimension 2: extract it anew. (Parameter 'features')", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_speaker_on_both_sides_of_a_fold_is_told()
    {
        var fold = Good.Folds[1];
        var leaking = fold with { Train = [.. fold.Train, fold.Held[0]], Held = [.. fold.Held.Skip(1)] };
        Assert.Equal("folds: speaker 'speaker 1' must be on one side of fold 1, but is on both. (Parameter 'folds')", Refused(folds: [Good.Folds[0], leaking]));
    }

    [Fact]
    public void A_clip_held_out_twice_is_told() =>
        Assert.Equal("folds: clip 'clip 0' must be held out once, but is in folds 0 and 3. (Parameter 'folds')", Refused(folds: [Good.Folds[0], Good.Folds[0] with { Index = 3 }]));

    [Fact]
    public void A_clip_without_a_class_or_out_of_range_is_told()
    {
        int[] labels = [.. Good.Labels];
        labels[3] = -1;
        Assert.Equal("folds: clip 'clip 3' of fold 0 must have a class 0 to 2, but has -1. (Parameter 'folds')", Refused(labels: labels));
        Assert.Equal(
            "folds: fold 0 must name clips 0 to 29, but names 30. (Parameter 'folds')",
            Refused(folds: [Good.Folds[0] with { Train = [30] }]));
    }

    [Fact]
    public void Lengths_and_empty_sides_are_told()
    {
        Assert.StartsWith("labels must hold one class per clip, 30, but holds 2.", Refused(labels: [0, 1]), StringComparison.Ordinal);
        Assert.StartsWith("speakers must hold one per clip, 30, but holds 1.", Refused(speakers: ["a"]), StringComparison.Ordinal);
        Assert.StartsWith("folds must hold at least one fold, but is empty.", Refused(folds: []), StringComparison.Ordinal);
        Assert.Equal("folds: fold 2 must have clips on both sides, but has 0 to learn from and 6 held out. (Parameter 'folds')", Refused(folds: [Good.Folds[2] with { Train = [] }]));
    }

    [Fact]
    public void A_training_part_of_one_speaker_cannot_choose_and_says_so()
    {
        var task = Planted.Task(_ => 1, layers: 1, speakers: 2, each: 6, folds: 2);
        var message = Assert.Throws<ArgumentException>(() => LayerProbe.Run(task, new ProbeConfig { Penalties = [0.1, 1] })).Message;
        Assert.StartsWith("fold 0 must have at least 2 speakers to learn from", message, StringComparison.Ordinal);
        Assert.Single(LayerProbe.Run(task, new ProbeConfig { Penalties = [1] }).Layers);
    }

    [Fact]
    public void Penalties_out_of_order_are_told()
    {
        foreach (var bad in new double[][] { [], [1, 0.1], [0, 1], [1, 1], [double.NaN], [double.PositiveInfinity] })
            Assert.StartsWith(
                "Penalties must hold positive values of C in ascending order, but holds [",
                Assert.Throws<ArgumentException>(() => new ProbeConfig { Penalties = bad }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_and_its_features_come_together_by_the_names_of_the_clips()
    {
        var corpus = Corpus("a", "b", "c", "d", "e", "f");
        var folds = corpus.Folds(3);
        // Another order, one clip more, one clip less.
        string[] ids = ["f", "x", "e", "d", "b", "a"];
        var table = new FeatureTable(ids, [.. Enumerable.Range(0, 6).Select(i => (float)i)], 1, 1);
        var task = ProbeTask.Of(table, corpus, folds);
        Assert.Equal(["a", "b", "d", "e", "f"], task.Features.ClipIds);
        Assert.Equal([5f, 4f, 3f, 2f, 0f], task.Features.Values);
        Assert.Equal(["c"], task.Missing);
        Assert.Equal(task.Features.ClipIds.Select(id => corpus.Clips.First(clip => clip.Id == id).Speaker), task.Speakers);
        Assert.Equal(5, task.Folds.Sum(fold => fold.Held.Count));
    }

    [Fact]
    public void Features_of_another_corpus_are_told()
    {
        var corpus = Corpus("a", "b", "c", "d", "e", "f");
        var table = new FeatureTable(["x"], [1f], 1, 1);
        Assert.StartsWith(
            "features must hold clips of mine, but none of its 6 clips is among them",
            Assert.Throws<ArgumentException>(() => ProbeTask.Of(table, corpus, corpus.Folds(3))).Message, StringComparison.Ordinal);
    }

    private static Corpus Corpus(params string[] ids) =>
        new("mine", "root", new EmotionSet(["sad", "happy"]), [.. ids.Select((id, i) => new Clip { Id = id, Speaker = $"s{i / 2}", Emotion = i % 2 == 0 ? "sad" : "happy" })]);

    private static string Refused(FeatureTable? features = null, int[]? labels = null, string[]? speakers = null, Fold[]? folds = null) =>
        Assert.ThrowsAny<ArgumentException>(() =>
            new ProbeTask(features ?? Good.Features, labels ?? Good.Labels, speakers ?? Good.Speakers, folds ?? Good.Folds, Good.Emotions)).Message;
}
