namespace Affect.Tests.Data.Mimicry;

public sealed class CorpusPlanTests
{
    private static readonly ClipPlan[] Plans = CorpusPlan.Draw(new MimicConfig());

    [Fact]
    public void Parts_have_their_proportions_and_speakers_of_their_own()
    {
        Assert.Equal(960, Plans.Length);
        Assert.Equal([("test", 130, 13), ("train", 540, 54), ("unlabelled", 290, 29)], Plans.GroupBy(plan => plan.Split).OrderBy(part => part.Key, StringComparer.Ordinal)
            .Select(part => (part.Key, part.Count(), part.Select(plan => plan.Speaker.Id).Distinct().Count())));
        Assert.All(Plans.GroupBy(plan => plan.Speaker.Id), speaker => Assert.Single(speaker.Select(plan => plan.Split).Distinct()));
    }

    [Fact]
    public void Every_part_has_the_class_balance_of_mer2024()
    {
        foreach (var part in Plans.GroupBy(plan => plan.Split))
            for (var emotion = 0; emotion < LatentTable.Emotions; emotion++)
                Assert.Equal(part.Count() * LatentTable.Prior(emotion), part.Count(plan => plan.Emotion == emotion), 1.0);
    }

    [Fact]
    public void Unlabelled_clips_hide_their_emotion_and_keep_their_truth()
    {
        var clips = Plans.Select(plan => plan.ToClip("/")).ToArray();
        Assert.All(clips.Where(clip => clip.Split == SplitNames.Unlabelled), clip => Assert.Null(clip.Emotion));
        Assert.All(clips.Where(clip => clip.Split != SplitNames.Unlabelled), clip => Assert.Equal(clip.Emotion, EmotionSet.Mer2024[Mimic.TrueEmotion(clip)]));
        Assert.All(clips, clip => Assert.InRange(Mimic.TrueEmotion(clip), 0, 5));
    }

    [Fact]
    public void A_small_corpus_still_has_every_part()
    {
        foreach (var clips in (int[])[12, 13, 20, 48, 100])
        {
            var plans = CorpusPlan.Draw(new MimicConfig { Clips = clips });
            Assert.Equal(clips, plans.Length);
            Assert.Equal(3, plans.Select(plan => plan.Split).Distinct().Count());
        }
        Assert.True(CorpusPlan.Draw(new MimicConfig { Clips = 48 }).Where(plan => plan.Split == SplitNames.Train).Select(plan => plan.Speaker.Id).Distinct().Count() >= 5);
    }

    [Fact]
    public void Another_seed_casts_and_draws_anew()
    {
        var other = CorpusPlan.Draw(new MimicConfig { Seed = 2 });
        Assert.NotEqual(Plans.Select(plan => plan.Speaker.Voice), other.Select(plan => plan.Speaker.Voice));
        Assert.NotEqual(Plans.Select(plan => plan.Acoustic), other.Select(plan => plan.Acoustic));
    }

    [Fact]
    public void A_sentence_belongs_to_one_emotion_only_and_has_no_gaps()
    {
        var sentences = CorpusPlan.Draw(new MimicConfig { Clips = 20_000 }).Select(plan => (plan.Sentence, plan.Lexical)).ToArray();
        Assert.All(sentences.GroupBy(item => item.Sentence.Text), group => Assert.Single(group.Select(item => item.Lexical).Distinct()));
        Assert.All(sentences, item => Assert.Matches("^[A-Z][A-Za-z ,.:!?'-]+[.!?]$", item.Sentence.Text));
        Assert.Equal(4, sentences.Select(item => item.Sentence.Depth).Distinct().Count());
    }
}
