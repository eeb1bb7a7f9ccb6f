namespace Affect.Tests.Pretraining.Hubert;

public sealed class UnitQualityTests
{
    [Fact]
    public void Units_that_are_the_emotion_tell_all_of_it_and_nothing_of_a_speaker_who_has_every_emotion()
    {
        // Four clips of two frames: speakers 7 and 9 both express both emotions.
        var quality = UnitQuality.Of(new CodeBook("x", 3, [0, 0, 2, 2, 0, 0, 2, 2]), [2, 2, 2, 2], [0, 1, 0, 1], [7, 7, 9, 9]);
        Assert.Equal((3, 2), (quality.Clusters, quality.Used));
        Assert.Equal(2, quality.Perplexity, 1e-9);
        Assert.Equal((1, 0.5, 1), (quality.EmotionPurity, quality.EmotionChance, quality.EmotionInformation));
        Assert.Equal((0.5, 0.5), (quality.SpeakerPurity, quality.SpeakerChance));
        Assert.Equal(0, quality.SpeakerInformation, 1e-9);
    }

    [Fact]
    public void Purity_counts_frames()
    {
        // Unit 0: three frames of emotion 0 and one of 1; unit 1: one of 1.
        var quality = UnitQuality.Of(new CodeBook("x", 2, [0, 0, 0, 0, 1]), [3, 2], [0, 1], [1, 2]);
        Assert.Equal(0.8, quality.EmotionPurity, 1e-9);
        Assert.Equal(0.6, quality.EmotionChance, 1e-9);
    }
}
