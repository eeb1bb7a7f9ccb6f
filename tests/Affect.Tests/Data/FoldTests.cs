namespace Affect.Tests.Data;

public sealed class FoldTests
{
    private static readonly Corpus Uneven = Corpus(speakers: 17, clips: speaker => 8 + speaker % 5 * 4);

    [Fact]
    public void No_speaker_is_on_both_sides_and_every_clip_is_held_once()
    {
        var folds = Uneven.Folds(5);

        Assert.Equal(5, folds.Count);
        Assert.All(folds, fold => Assert.Empty(Speakers(fold.Train).Intersect(Speakers(fold.Held))));
        Assert.All(folds, fold => Assert.Equal(Uneven.Clips.Count, fold.Train.Count + fold.Held.Count));
        Assert.Equal(Enumerable.Range(0, Uneven.Clips.Count), folds.SelectMany(fold => fold.Held).Order());

        static IEnumerable<string> Speakers(IEnumerable<int> indices) => indices.Select(index => Uneven.Clips[index].Speaker).Distinct();
    }

    [Fact]
    public void The_same_seed_gives_the_same_folds_and_another_seed_others()
    {
        Assert.Equal(Describe(Uneven.Folds(5, seed: 3)), Describe(Uneven.Folds(5, seed: 3)));
        Assert.NotEqual(Describe(Uneven.Folds(5, seed: 3)), Describe(Uneven.Folds(5, seed: 4)));

        static string Describe(IEnumerable<Fold> folds) => string.Join('|', folds.Select(fold => string.Join(',', fold.Held)));
    }

    [Fact]
    public void Folds_do_not_depend_on_the_order_of_the_manifest()
    {
        var turned = new Corpus("turned", "/", Uneven.Emotions, [.. Uneven.Clips.Reverse()]);
        Assert.Equal(Held(Uneven), Held(turned));

        static string Held(Corpus corpus) =>
            string.Join('|', corpus.Folds(5).Select(fold => string.Join(',', fold.Held.Select(index => corpus.Clips[index].Id).Order(StringComparer.Ordinal))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Folds_are_of_like_size_and_like_classes(int seed)
    {
        var share = Uneven.Clips.Count / 5.0;
        foreach (var fold in Uneven.Folds(5, seed))
        {
            Assert.InRange(fold.Held.Count, 0.85 * share, 1.15 * share);
            foreach (var (label, count) in Uneven.ClassCounts().Index())
                Assert.InRange(fold.Held.Count(index => Uneven.Labels[index] == label), 0.6 * count / 5 - 1, 1.4 * count / 5 + 1);
        }
    }

    [Fact]
    public void As_many_folds_as_speakers_leave_one_speaker_out_each() =>
        Assert.All(Uneven.Folds(17), fold => Assert.Single(fold.Held.Select(index => Uneven.Clips[index].Speaker).Distinct()));

    [Fact]
    public void Fewer_speakers_than_folds_and_a_corpus_without_parts_are_refused()
    {
        Refused("has 17 speakers with labelled clips, too few for 18 speaker-disjoint folds", () => Uneven.Folds(18));
        Refused("prescribes no such division", () => Uneven.PrescribedFold());

        static void Refused(string message, Func<object> ask) => Assert.Contains(message, Assert.Throws<ArgumentException>(ask).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Test_and_unlabelled_clips_are_in_no_fold()
    {
        var corpus = new Corpus("parts", "/", Uneven.Emotions, [.. Uneven.Clips.Select((clip, index) => (index % 4) switch
        {
            0 => clip with { Split = SplitNames.Test },
            1 => clip with { Split = SplitNames.Unlabelled, Emotion = null },
            2 => clip with { Split = SplitNames.Validation },
            _ => clip with { Split = SplitNames.Train },
        })]);

        Assert.Equal(Indices(2, 3), corpus.Folds(5).SelectMany(fold => fold.Held).Order());
        var prescribed = corpus.PrescribedFold();
        Assert.Equal(Indices(2, 3), prescribed.Train);
        Assert.Equal(Indices(0), prescribed.Held);
        Assert.Equal(Indices(3), corpus.PrescribedFold(SplitNames.Validation).Train);

        IEnumerable<int> Indices(params int[] remainders) => Enumerable.Range(0, corpus.Clips.Count).Where(index => remainders.Contains(index % 4));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Outer_folds_judge_every_clip_once_and_choose_by_a_fifth_of_the_other_speakers(int count)
    {
        var folds = Uneven.OuterFolds(count, seed: 2);
        Assert.Equal(Enumerable.Range(0, Uneven.Clips.Count), folds.SelectMany(fold => fold.Held).Order());
        foreach (var fold in folds)
        {
            Assert.Equal(Enumerable.Range(0, Uneven.Clips.Count), fold.Train.Concat(fold.Choose).Concat(fold.Held).Order());
            var parts = new[] { fold.Train, fold.Choose, fold.Held }.Select(part => part.Select(clip => Uneven.Clips[clip].Speaker).ToHashSet()).ToArray();
            Assert.False(parts[0].Overlaps(parts[1]) || parts[0].Overlaps(parts[2]) || parts[1].Overlaps(parts[2]));
            Assert.InRange((double)fold.Choose.Count / (fold.Choose.Count + fold.Train.Count), 0.12, 0.28);
        }
        Assert.Contains("has none of", Assert.Throws<ArgumentException>(() => Rare().OuterFolds(count)).Message, StringComparison.Ordinal);

        // One speaker alone shows surprise, so that whoever judges or chooses by that speaker has not learned it.
        static Corpus Rare() => new("rare", "/", Uneven.Emotions, [.. Uneven.Clips.Where(clip => clip.Emotion != "surprise" || clip.Speaker == "s3").Select(clip => clip.Id == "s3-0" || clip.Id == "3-0" ? clip with { Emotion = "surprise" } : clip)]);
    }

    private static Corpus Corpus(int speakers, Func<int, int> clips)
    {
        var random = new SeededRandom(1);
        return new Corpus("uneven", "/", EmotionSet.Mer2024, [.. Enumerable.Range(0, speakers).SelectMany(speaker => Enumerable.Range(0, clips(speaker)).Select(clip => new Clip
        {
            Id = $"{speaker}-{clip}",
            Speaker = $"s{speaker}",
            AudioPath = "/a.wav",
            Emotion = EmotionSet.Mer2024[Math.Min(random.Below(6), random.Below(6))],
        }))]);
    }
}
