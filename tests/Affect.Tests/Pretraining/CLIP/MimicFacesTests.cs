namespace Affect.Tests.Pretraining.CLIP;

public sealed class MimicFacesTests
{
    private static readonly PictureConfig Few = new() { Pictures = 30, PicturesPerClip = 3, ClipsPerCast = 24, SpeakersPerCast = 6 };

    [Fact]
    public void The_same_settings_paint_the_same_pictures_and_another_seed_others()
    {
        using var scope = NewDisposeScope();
        using var one = MimicFaces.Paint(Few, 32, null, default);
        using var again = MimicFaces.Paint(Few, 32, null, default);
        using var other = MimicFaces.Paint(Few with { Seed = 2001 }, 32, null, default);
        int[] all = [.. Enumerable.Range(0, 30)];
        Assert.Equal(one.Captions, again.Captions);
        Assert.True(one.Pixels(all).eq(again.Pixels(all)).all().ToBoolean());
        Assert.False(one.Pixels(all).eq(other.Pixels(all)).all().ToBoolean());
        Assert.Equal([2, 32, 32, 3], one.Pixels([4, 7]).shape);
        Assert.InRange(one.Speakers, 4, 6);
    }

    [Fact]
    public void No_caption_names_an_emotion()
    {
        using var pictures = MimicFaces.Paint(Few with { Pictures = 300 }, 16, null, default);
        Assert.InRange(pictures.Captions.Distinct().Count(), 100, 300);
        foreach (var emotion in EmotionSet.Mer2024)
            Assert.DoesNotContain(pictures.Captions, caption => caption.Contains(emotion, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_caption_says_what_the_muscles_do()
    {
        Assert.Equal("a face at rest", FaceCaption.Of(new FacePose()));
        Assert.Equal("brows raised high, eyes very wide, mouth wide open, head back", FaceCaption.Of(new FacePose { BrowRaise = 1, Lids = 0.5, Jaw = 0.5, Nod = -0.3 }));
        Assert.Equal("inner brows lifted high, eyes shut, mouth corners far down, eyes cast down", FaceCaption.Of(new FacePose { BrowInner = 0.9, Lids = -1, MouthCurve = -0.75, GazeY = 0.8 }));
    }

    [Fact]
    public void The_faces_of_the_held_out_corpus_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => MimicFaces.Paint(Few with { Pictures = 200, Seed = 0, HeldOutSeed = 1 }, 16, null, default));
        Assert.Contains("HeldOutSeed = 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_pictures_than_memory_holds_in_one_piece_are_refused_before_any_is_painted()
    {
        var error = Assert.Throws<ArgumentException>(() => MimicFaces.Paint(Few with { Pictures = 80_000 }, 96, null, default));
        Assert.StartsWith("Pictures must be at most 77672 where they are 96 pixels wide, but are 80000", error.Message, StringComparison.Ordinal);
    }
}
