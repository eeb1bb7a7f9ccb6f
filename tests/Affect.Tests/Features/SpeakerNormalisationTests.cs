namespace Affect.Tests.Features;

public sealed class SpeakerNormalisationTests
{
    [Fact]
    public void Where_everyone_has_a_single_clip_nothing_would_be_left_and_it_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => SpeakerNormalisation.Apply([1, 2, 3], 1, ["a", "b", "c"]));
        Assert.Contains("each of 3 has one", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Those_who_have_one_are_counted_and_become_zeros()
    {
        Assert.Equal(1, SpeakerNormalisation.Alone(["a", "a", "b"]));
        Assert.Equal([-1, 1, 0], SpeakerNormalisation.Apply([1, 3, 5], 1, ["a", "a", "b"]));
    }
}
