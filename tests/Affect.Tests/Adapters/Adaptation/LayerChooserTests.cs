namespace Affect.Tests.Adapters.Adaptation;

public sealed class LayerChooserTests
{
    // Layers 1 and 2 say the emotion clearly, under what each voice is as such; 3 and 4 say it dimly, and of all speakers alike.
    private static (FeatureTable Features, Corpus Corpus) Heard()
    {
        var random = new SeededRandom(1, "layers");
        var (clips, values) = (new List<Clip>(), new List<float>());
        for (var clip = 0; clip < 240; clip++)
        {
            var (speaker, isHappy) = (clip % 12, clip / 12 % 2 == 0);
            clips.Add(new Clip { Id = $"{clip}", AudioPath = "/none.wav", Speaker = $"{speaker}", Emotion = isHappy ? "happy" : "sad" });
            var sign = isHappy ? 1 : -1;
            for (var layer = 0; layer <= 4; layer++)
                values.Add((float)(layer switch { 0 => random.Normal(), 1 or 2 => (20 * Math.Sin(speaker * 7.3)) + sign + (0.1 * random.Normal()), _ => sign + (1.5 * random.Normal()) }));
        }
        return (new FeatureTable([.. clips.Select(clip => clip.Id)], [.. values], 5, 1), new Corpus("voices", ".", new EmotionSet(["happy", "sad"]), clips));
    }

    [Fact]
    public void Where_speakers_are_normalised_layers_are_chosen_by_what_is_heard_then()
    {
        var (features, corpus) = Heard();
        var strict = new LayerChooser(features, corpus).Within(corpus);
        var normalised = new LayerChooser(features, corpus) { NormalisesSpeakers = true }.Within(corpus);
        Assert.Equal((3, 4), (strict.First, strict.Last));
        Assert.Equal((1, 2), (normalised.First, normalised.Last));
    }

    [Fact]
    public void Nobody_can_choose_by_no_clips()
    {
        var (features, corpus) = Heard();
        var error = Assert.Throws<ArgumentException>(() => new LayerChooser(features, corpus).Within(corpus.Where(_ => false)));
        Assert.Contains("voices has no labelled clip outside its test part", error.Message, StringComparison.Ordinal);
    }
}
