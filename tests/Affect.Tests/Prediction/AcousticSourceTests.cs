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
        var adapted = Adapt(encoder, normalises: true);
        var corpus = ToyVoices.Corpus().Where(clip => clip.Emotion is not null);
        using var source = AcousticSource.Adapted(HubertModel.FromPretrained(Frozen), Frozen, adapted, new ToyVoices());
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
        using var source = AcousticSource.Adapted(HubertModel.FromPretrained(Frozen), Frozen, Adapt(encoder, normalises: true), new ToyVoices());
        Assert.Contains("single clips of people it does not know", Assert.Throws<NotSupportedException>(() => source.Save(Path.Combine(folder.Path, "system"))).Message, StringComparison.Ordinal);

        // A system that an earlier release wrote with one.
        var system = Path.Combine(folder.Path, "system");
        using (var plain = AcousticSource.Adapted(HubertModel.FromPretrained(Frozen), Frozen, Adapt(encoder, normalises: false), new ToyVoices())) plain.Save(system);
        using (AcousticSource.Load(system, new ToyVoices(), null, new SystemParts()))
        {
        }
        File.Copy(Path.Combine(Adapt(encoder, normalises: true), "head.json"), Path.Combine(system, "adapted", "head.json"), overwrite: true);
        Assert.Contains("normalises speakers", Assert.Throws<FormatException>(() => AcousticSource.Load(system, new ToyVoices(), null, new SystemParts())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_adapter_is_told_of_before_clips_are_read()
    {
        var adapted = Adapt(encoder, normalises: true);
        File.Delete(Path.Combine(adapted, "speakers.safetensors"));
        Assert.Throws<FileNotFoundException>(() => AcousticSource.Adapted(HubertModel.FromPretrained(Frozen), Frozen, adapted, new ToyVoices()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_encoder_of_ones_own_reads_clips_adapted_and_in_a_system_where_it_is_said_how_it_is_opened(bool normalises)
    {
        using ISpeechTransformer mine = new CellSpeech();
        var (place, adapted) = (Path.Combine(folder.Path, "mine"), Adapt(mine, normalises));
        mine.SavePretrained(place);
        var corpus = ToyVoices.Corpus(12);
        using var source = AcousticSource.Adapted(new CellSpeech(), place, adapted, new ToyVoices());
        var read = source.Read(corpus, folder.Path).Features!;
        Assert.Equal((12, normalises), (read.ClipIds.Count, source.NormalisesSpeakers));
        if (normalises) return;
        var system = Path.Combine(folder.Path, "system");
        source.Save(system);
        var opened = 0;
        var parts = new SystemParts
        {
            Sound = (_, _) =>
            {
                opened++;
                return new CellSpeech();
            },
        };
        using (var again = AcousticSource.Load(system, new ToyVoices(), null, parts))
            Assert.Equal(read.Values, again.Read(corpus, folder.Path).Features!.Values);
        Assert.Equal(1, opened);
        var plain = new SystemParts { Sound = (_, _) => new MfccEncoder() };
        var error = Assert.Throws<FormatException>(() => AcousticSource.Load(system, new ToyVoices(), null, plain));
        Assert.Contains("must be one whose layers can adapt, but mfcc is not", error.Message, StringComparison.Ordinal);
    }

    private string Adapt(ISpeechTransformer speech, bool normalises)
    {
        var place = Path.Combine(folder.Path, normalises ? "normalised" : "plain", "adapted");
        using var data = AdaptationData.Open(speech, ToyVoices.Corpus(), new ToyVoices());
        var method = AdapterMethods.All["bottleneck"];
        using var result = AdapterTraining.Fit(data, new AdaptationConfig
        {
            Method = method with { Towers = [method.Towers[0] with { Layers = [.. Enumerable.Range(2, speech.Layers - 1)] }], Seed = 1 },
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
