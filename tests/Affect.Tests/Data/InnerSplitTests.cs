namespace Affect.Tests.Data;

public sealed class InnerSplitTests
{
    private static readonly Corpus Corpus = new("c", "/c", EmotionSet.Mer2024,
        [.. Enumerable.Range(0, 60).Select(n => new Clip { Id = $"c{n}", Speaker = $"s{n % 10}", Emotion = EmotionSet.Mer2024[n % 3], AudioPath = "/c/x.wav", Split = n % 10 == 9 ? SplitNames.Test : SplitNames.Train })]);

    [Fact]
    public void Keeps_whole_speakers_aside_among_the_given_clips_only()
    {
        int[] clips = [.. Enumerable.Range(0, 60).Where(n => n % 10 < 8)];
        var split = InnerSplit.Of(Corpus, clips, 0.25, seed: 3);
        Assert.Equal(clips, split.Train.Concat(split.Held).Order());
        Assert.Empty(Speakers(split.Train).Intersect(Speakers(split.Held)));
        Assert.Equal(2, Speakers(split.Held).Count());
        Assert.Equal(split.Held, InnerSplit.Of(Corpus, clips, 0.25, seed: 3).Held);
    }

    [Fact]
    public void One_speaker_cannot_be_divided_and_a_class_of_one_speaker_that_would_be_missing_is_named()
    {
        Assert.StartsWith("clips must come from at least two speakers", Assert.Throws<ArgumentException>(() => InnerSplit.Of(Corpus, [0, 10, 20])).Message, StringComparison.Ordinal);
        var corpus = new Corpus("c", "/c", EmotionSet.Mer2024, [Of("a", "s1", "neutral"), Of("b", "s2", "neutral"), Of("c", "s3", "happy"), Of("d", "s4", "angry")]);
        Assert.StartsWith("clips must show '", Assert.Throws<ArgumentException>(() => InnerSplit.Of(corpus, [0, 1, 2, 3], 0.5)).Message, StringComparison.Ordinal);
    }

    private static Clip Of(string id, string speaker, string emotion) => new() { Id = id, Speaker = speaker, Emotion = emotion, AudioPath = "/c/x.wav" };

    private static IEnumerable<string> Speakers(IEnumerable<int> clips) => clips.Select(index => Corpus.Clips[index].Speaker).Distinct();
}
