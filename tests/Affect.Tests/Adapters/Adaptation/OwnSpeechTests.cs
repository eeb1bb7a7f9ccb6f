namespace Affect.Tests.Adapters.Adaptation;

/// <summary>A speech transformer that the library does not know is adapted as its own are.</summary>
public sealed class OwnSpeechTests : IDisposable
{
    private static readonly Dictionary<string, AdaptationConfig> All = new()
    {
        ["bottleneck"] = Laboratory.Recipe("bottleneck", new LayerRange(2, 2), width: 4),
        ["lora"] = AdaptationRecipes.For(new LoraConfig { Rank = 2 }),
        ["full"] = Laboratory.Recipe("full") with { Masking = new MaskedPhaseConfig { Epochs = 1, Span = 2 } },
        ["frozen"] = Laboratory.Recipe("frozen"),
    };

    private readonly TemporaryFolder folder = new();
    private readonly ISpeechTransformer encoder = new CellSpeech();

    public static TheoryData<string> Ways => [.. All.Keys];

    public void Dispose()
    {
        encoder.Dispose();
        folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void It_learns_in_both_phases_is_left_as_it_was_and_what_is_saved_reads_a_recording_as_before(string way)
    {
        const long front = (6 * 400) + 6;
        var (before, weights) = (encoder.Fingerprint, encoder.Network.parameters().Sum(parameter => parameter.numel()));
        using var data = AdaptationData.Open(encoder, ToyVoices.Corpus(), new ToyVoices());
        (float[] Features, float[] Logits) read;
        using (var result = AdapterTraining.Fit(data, Short(way)))
        {
            Assert.Equal(way != "frozen", result.Masked is not null);
            Assert.True(result.Labelled.Epochs[^1].Loss < result.Labelled.Epochs[0].Loss);
            Assert.Equal(way == "frozen", result.TrainedInEncoder == 0);
            Assert.Equal(way == "full", result.TrainedInEncoder == result.FullFineTuning);
            Assert.Equal(weights - front, result.FullFineTuning);
            read = result.Adapted.Read(data.Sounds.Waveform(0));
            var table = result.Read(data, [0]);
            foreach (var (one, other) in read.Logits.Zip(table.Logits[0])) Assert.Equal(one, other, 1e-4);
            result.Adapted.Save(folder.Path);
        }
        Assert.Equal(before, encoder.Fingerprint);
        using var again = new CellSpeech();
        using var loaded = AdaptedEncoder.Load(again, folder.Path);
        Assert.Equal(read.Logits, loaded.Read(data.Sounds.Waveform(0)).Logits);
        Assert.Equal(read.Features, loaded.Read(data.Sounds.Waveform(0)).Features);
    }

    [Theory]
    [InlineData("bottleneck")]
    [InlineData("full")]
    public void Its_interrupted_run_goes_on_to_the_same_weights(string way)
    {
        float[] unbroken;
        using (var data = AdaptationData.Open(encoder, ToyVoices.Corpus(), new ToyVoices()))
        using (var result = AdapterTraining.Fit(data, Short(way))) unbroken = Weights(result);
        using var anew = AdaptationData.Open(encoder, ToyVoices.Corpus(), new ToyVoices()); // nothing is remembered of the phases
        using var stop = new CancellationTokenSource();
        var steps = 0;
        var counting = new ImmediateProgress(at =>
        {
            if (at.Task.StartsWith("Adapting", StringComparison.Ordinal) && ++steps == 4) stop.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => AdapterTraining.Fit(anew, Short(way), runFolder: folder.Path, progress: counting, cancel: stop.Token));
        using var resumed = AdapterTraining.Fit(anew, Short(way), runFolder: folder.Path);
        Assert.Equal(unbroken, Weights(resumed));

        static float[] Weights(AdaptationResult result) =>
        [
            .. result.Adapted.Encoder.Network.state_dict().Concat(result.Adapted.Head.state_dict())
                .SelectMany(named => named.Value.detach().flatten().data<float>().ToArray()),
        ];
    }

    [Fact]
    public void What_it_learned_is_known_by_its_code_too()
    {
        using var hubert = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var own = AdaptationData.Open(encoder, ToyVoices.Corpus(12), new ToyVoices());
        using var library = AdaptationData.Open(hubert, ToyVoices.Corpus(12), new ToyVoices());
        Assert.StartsWith($"{encoder.TrainingFingerprint} [code ", own.Fingerprint, StringComparison.Ordinal);
        Assert.Equal(hubert.TrainingFingerprint, library.Fingerprint);
        foreach (var speech in new ISpeechTransformer[] { encoder, hubert })
        {
            var onDisk = new LayerCacheConfig { Layer = 1, Storage = CacheStorage.Disk, Folder = folder.Path };
            using var kept = new LayerCache(speech, ToyVoices.Sounds(speech, clips: 1), onDisk);
            kept.Fill();
        }
        var places = Directory.GetDirectories(folder.Path).Select(Path.GetFileName).ToArray();
        Assert.Contains($"{hubert.Fingerprint[..16]}-layer-1-30s", places);
        Assert.DoesNotContain($"{encoder.Fingerprint[..16]}-layer-1-30s", places);
        Assert.Single(places, place => place!.StartsWith($"{encoder.Fingerprint[..16]}-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_second_has_as_many_frames_as_the_encoder_makes_of_it()
    {
        using var usual = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var twice = HubertModel.Random(TinyHubert.Large with { ConvStrides = [5, 2, 2, 2, 2, 2, 1] }, seed: 1);
        Assert.Equal(50.0, LabelledTask.FramesPerSecond(encoder));
        Assert.Equal(50.0, LabelledTask.FramesPerSecond(usual));
        Assert.Equal(100.0, LabelledTask.FramesPerSecond(twice));
    }

    [Fact]
    public void The_laboratory_takes_it_as_an_object_and_finds_what_it_made()
    {
        foreach (var (emotion, pitch) in (ReadOnlySpan<(string, double)>)[("happy", 300), ("sad", 120)])
            for (var speaker = 1; speaker <= 6; speaker++)
            {
                var place = Directory.CreateDirectory(folder.In($"clips/{emotion}")).FullName;
                var step = 2 * Math.PI * (pitch + speaker) / 16000;
                WaveFile.Write(Path.Combine(place, $"s{speaker}_{emotion}.wav"), [.. Enumerable.Range(0, 4000).Select(n => 0.4f * (float)Math.Sin(step * n))]);
            }
        var lab = new Laboratory(folder.Path, folder.In("cache"));
        var corpus = lab.Open(folder.In("clips"));
        Assert.Equal((12, 3, 8), (lab.Hear(corpus, encoder).ClipIds.Count, lab.Hear(corpus, encoder).Layers, lab.Hear(corpus, encoder).Dims));
        using var made = lab.Adapt(corpus, new CellSpeech(), "mine");
        var run = made.Run(Short("bottleneck"), folds: 3);
        Assert.StartsWith("mine, bottleneck", run.Title, StringComparison.Ordinal);
        Assert.Equal(12, run.Decided.Clips.Count);
        using var later = lab.Adapt(corpus, new CellSpeech());
        Assert.Equal(run.Folds[0].Folder, later.Run(Short("bottleneck"), folds: 3).Folds[0].Folder);
    }

    private static AdaptationConfig Short(string way) => All[way] with
    {
        Head = new ClipHeadConfig(),
        CropSeconds = 0,
        Training = new TrainerConfig { Epochs = 3, BatchSize = 8, Pieces = 2, LearningRate = 5e-3 },
        Masking = All[way].Masking with { Epochs = 1, Span = 2 },
        InnerShare = 0.25,
    };
}
