namespace Affect.Tests.Adapters;

public sealed class ClipVectorEncoderTests
{
    private static readonly ExtractorConfig Whole = new() { BatchSeconds = 0.5, MaximumSeconds = 0 };

    [Fact]
    public void A_store_of_an_adapted_encoder_holds_the_vectors_that_it_gives_of_each_clip_and_names_the_adapter()
    {
        using var folder = new TemporaryFolder();
        using var toys = new ToyCorpus(6);
        using var frozen = HubertModel.Random(TinyHubert.Large, seed: 1);
        Adapt(frozen, folder.Path, seed: 1);
        using var encoder = ClipVectorEncoder.Load(frozen, folder.Path);
        var report = Extractor.Of(encoder, new ToyReader(), Whole).Run(toys.Corpus, toys.Store());
        Assert.Empty(report.Failures);
        var store = FeatureStore.Open(report.Store.Folder);
        Assert.Equal((encoder.Adapter, 1, encoder.HiddenSize), (store.Recipe.Adapter, store.Recipe.Layers, store.Recipe.Dims));
        Assert.Equal(64, encoder.Adapter!.Length);
        Assert.Contains(encoder.Adapter[..8], Path.GetFileName(store.Folder), StringComparison.Ordinal);
        using var fresh = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var adapted = AdaptedEncoder.Load(fresh, folder.Path);
        var table = store.Read(toys.Corpus).Table;
        foreach (var (row, clip) in toys.Clips.Index())
        {
            var (vector, _) = adapted.Read(WaveFile.Read(clip.AudioPath!).Waveform);
            for (var i = 0; i < vector.Length; i++) Assert.Equal(vector[i], table.Row(row, 0)[i], 1e-4);
        }
    }

    [Fact]
    public void Another_adapter_is_another_recipe_and_none_is_the_recipe_that_stores_have_always_had()
    {
        using var folder = new TemporaryFolder();
        using var frozen = HubertModel.Random(TinyHubert.Large, seed: 1);
        Adapt(frozen, Path.Combine(folder.Path, "one"), seed: 1);
        Adapt(frozen, Path.Combine(folder.Path, "two"), seed: 2);
        var plain = Extractor.Of(frozen, new ToyReader()).Recipe;
        Assert.DoesNotContain("adapter", plain.ToJson(), StringComparison.Ordinal);
        FeatureRecipe Recipe(string name)
        {
            using var encoder = ClipVectorEncoder.Load(frozen, Path.Combine(folder.Path, name));
            return Extractor.Of(encoder, new ToyReader()).Recipe;
        }
        var (one, two) = (Recipe("one"), Recipe("two"));
        Assert.NotEqual(one.Adapter, two.Adapter);
        Assert.Equal(3, new[] { plain.Key, one.Key, two.Key }.Distinct().Count());
        Assert.Equal(one, Recipe("one"));
        Assert.Equal(one, FeatureRecipe.FromJson(one.ToJson()));
    }

    [Fact]
    public void An_adapter_of_another_frozenand_one_that_normalises_speakers_are_refused()
    {
        using var folder = new TemporaryFolder();
        using var frozen = HubertModel.Random(TinyHubert.Large, seed: 1);
        Adapt(frozen, Path.Combine(folder.Path, "one"), seed: 1);
        using var other = HubertModel.Random(TinyHubert.Large, seed: 2);
        Assert.Throws<FormatException>(() => ClipVectorEncoder.Load(other, Path.Combine(folder.Path, "one")));
        Adapt(frozen, Path.Combine(folder.Path, "normalised"), seed: 1, normalises: true);
        Assert.Contains("normalises speakers", Assert.Throws<FormatException>(() => ClipVectorEncoder.Load(frozen, Path.Combine(folder.Path, "normalised"))).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(frozen.state_dict().Keys, name => name.Contains("adapter", StringComparison.Ordinal)); // taken out again
    }

    internal static void Adapt(HubertModel encoder, string folder, int seed, bool normalises = false)
    {
        using var data = AdaptationData.Open(encoder, ToyVoices.Corpus(), new ToyVoices());
        var method = AdapterMethods.All["bottleneck"];
        using var result = AdapterTraining.Fit(data, new AdaptationConfig
        {
            Method = method with { Towers = [method.Towers[0] with { Layers = [2, 3] }], Seed = seed },
            Training = new TrainerConfig { Epochs = 1, BatchSize = 8, Pieces = 2, LearningRate = 5e-3 },
            Masking = new MaskedPhaseConfig { Epochs = 0 },
            NormalisesSpeakers = normalises,
            InnerShare = 0.25,
            Seed = seed,
        });
        result.Adapted.Save(folder);
    }
}
