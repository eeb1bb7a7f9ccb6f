namespace Affect.Tests.Prediction;

public sealed class AcousticSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly HubertModel encoder = HubertModel.Random(TinyHubert.Large, seed: 1);

    public AcousticSourceTests() => encoder.SavePretrained(Frozen);

    private string Frozen => Path.Combine(folder.Path, "frozen");

    public void Dispose()
    {
        encoder.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void An_adapter_whose_head_learned_from_normalised_speakers_reads_each_clip_by_its_own_speakers_measure()
    {
        var adapted = Adapt(normalises: true);
        var corpus = ToyVoices.Corpus().Where(clip => clip.Emotion is not null);
        using var source = AcousticSource.Adapted(Frozen, adapted, new ToyVoices());
        Assert.True(source.NormalisesSpeakers);
        Assert.EndsWith("(adapted, speakers normalised)", source.Source, StringComparison.Ordinal);
        var read = source.Read(corpus, folder.Path).Features!;

        using var data = AdaptationData.Open(encoder, corpus, new ToyVoices());
        Assert.Equal(data.Read(adapted).Features.Values, read.Values);
        using var other = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var single = AdaptedEncoder.Load(other, adapted);
        Assert.NotEqual(single.Read(data.Sounds.Waveform(0)).Features, read.Row(0).ToArray()); // that takes everyone for an average speaker
    }

    [Fact]
    public void It_is_no_part_of_a_system_that_judges_strangers_by_single_clips()
    {
        using var source = AcousticSource.Adapted(Frozen, Adapt(normalises: true), new ToyVoices());
        Assert.Contains("single clips of people it does not know", Assert.Throws<NotSupportedException>(() => source.Save(Path.Combine(folder.Path, "system"))).Message, StringComparison.Ordinal);

        // A system that an earlier release wrote with one.
        var system = Path.Combine(folder.Path, "system");
        using (var plain = AcousticSource.Adapted(Frozen, Adapt(normalises: false), new ToyVoices())) plain.Save(system);
        using (AcousticSource.Load(system, new ToyVoices(), null))
        {
        }
        File.Copy(Path.Combine(Adapt(normalises: true), "head.json"), Path.Combine(system, "adapted", "head.json"), overwrite: true);
        Assert.Contains("normalises speakers", Assert.Throws<FormatException>(() => AcousticSource.Load(system, new ToyVoices(), null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_adapter_is_told_of_before_clips_are_read()
    {
        var adapted = Adapt(normalises: true);
        File.Delete(Path.Combine(adapted, "speakers.safetensors"));
        Assert.Throws<FileNotFoundException>(() => AcousticSource.Adapted(Frozen, adapted, new ToyVoices()));
    }

    private string Adapt(bool normalises)
    {
        var place = Path.Combine(folder.Path, normalises ? "normalised" : "plain", "adapted");
        using var data = AdaptationData.Open(encoder, ToyVoices.Corpus(), new ToyVoices());
        var method = AdapterMethods.All["bottleneck"];
        using var result = AdapterTraining.Fit(data, new AdaptationConfig
        {
            Method = method with { Towers = [method.Towers[0] with { Layers = [2, 3] }], Seed = 1 },
            Training = new TrainerConfig { Epochs = 1, BatchSize = 8, Pieces = 2, LearningRate = 5e-3 },
            Masking = new MaskedPhaseConfig { Epochs = 0 },
            NormalisesSpeakers = normalises,
            InnerShare = 0.25,
            Seed = 1,
        });
        result.Adapted.Save(place);
        return place;
    }
}
