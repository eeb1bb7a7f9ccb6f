namespace Affect.Tests.Data;

public sealed class EmotionSetTests
{
    [Fact]
    public void The_six_of_mer2024_keep_their_official_order_and_others_are_sorted()
    {
        Assert.Equal(["neutral", "angry", "happy", "sad", "worried", "surprise"], EmotionSet.Mer2024);
        Assert.Equal(EmotionSet.Mer2024, EmotionSet.Of(EmotionSet.Mer2024.Reverse().Concat(["sad"])));
        Assert.Equal(["fear", "happy"], EmotionSet.Of(["happy", "fear", "happy"]));
    }

    [Fact]
    public void Unknown_emotions_have_no_number()
    {
        Assert.Equal(3, EmotionSet.Mer2024.IndexOf("sad"));
        Assert.Equal(-1, EmotionSet.Mer2024.IndexOf("Sad"));
        Assert.Equal(-1, EmotionSet.Mer2024.IndexOf(null));
    }

    [Fact]
    public void Empty_and_repeated_names_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new EmotionSet([]));
        Assert.Throws<ArgumentException>(() => new EmotionSet([" "]));
        Assert.Contains("'sad' and 'Sad'", Assert.Throws<ArgumentException>(() => new EmotionSet(["sad", "Sad"])).Message, StringComparison.Ordinal);
    }
}
