namespace Affect.Tests.Adapters.Adaptation;

public sealed class AdapterTrainingTests
{
    public static TheoryData<string> Methods => [.. AdapterMethods.All.Keys];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Every_method_learns_in_two_phases_and_leaves_the_encoder_as_it_was(string method)
    {
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        var fingerprint = encoder.Fingerprint;
        using var data = Data(encoder);
        using (var result = AdapterTraining.Fit(data, Config(method)))
        {
            Assert.True(result.Labelled.Epochs[^1].Loss < result.Labelled.Epochs[0].Loss, $"{result.Labelled.Epochs[0].Loss} to {result.Labelled.Epochs[^1].Loss}");
            Assert.NotNull(result.Masked);
            Assert.Equal(result.Adapted.Adapter!.TrainableCount, result.TrainedInEncoder);
            Assert.Contains("% of full fine-tuning's", result.Count, StringComparison.Ordinal);
            Assert.Empty(result.Inner.Held.Select(clip => data.Sounds.Clips[clip].Speaker).Intersect(result.Inner.Train.Select(clip => data.Sounds.Clips[clip].Speaker)));
        }
        Assert.Equal(fingerprint, encoder.Fingerprint);
    }

    [Fact]
    public void A_training_is_known_by_what_its_clips_hold_and_by_its_encoder()
    {
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var other = HubertModel.Random(TinyHubert.Large, seed: 2);
        using var data = AdaptationData.Open(encoder, ToyVoices.Corpus(12), new ToyVoices());
        using var same = AdaptationData.Open(encoder, ToyVoices.Corpus(12), new ToyVoices());
        using var turned = AdaptationData.Open(encoder, ToyVoices.Corpus(12), new TurnedVoices());
        using var elsewhere = AdaptationData.Open(other, ToyVoices.Corpus(12), new ToyVoices());
        Assert.Equal(Digest(data), Digest(same));
        Assert.Equal(data.Sounds.Samples, turned.Sounds.Samples);
        Assert.NotEqual(Digest(data), Digest(turned));
        Assert.NotEqual(Digest(data), Digest(elsewhere));

        static string Digest(AdaptationData data) => AdapterTraining.DigestOf(data, data.Learning);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void With_and_without_the_cache_the_losses_are_the_same(bool tunesAll)
    {
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        var config = Config("lora") with { Masking = new MaskedPhaseConfig { Epochs = 0 }, SilenceStart = 0.05, SilenceSpan = 2 };
        if (tunesAll) config = config with { Method = null, TunesAll = true };
        foreach (var (kept, anew) in Losses(CacheStorage.Memory).Zip(Losses(CacheStorage.None))) Assert.InRange(Math.Abs(kept - anew), 0, 1e-5);

        double[] Losses(CacheStorage storage)
        {
            using var data = Data(encoder, storage);
            using var result = AdapterTraining.Fit(data, config);
            return [.. result.Labelled.Epochs.Select(epoch => epoch.Loss)];
        }
    }

    [Fact]
    public void Both_losses_together_are_in_the_record_and_a_run_repeats_itself()
    {
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var data = Data(encoder);
        var config = Config("lora") with { Masking = new MaskedPhaseConfig { Epochs = 0, JointWeight = 0.5, Span = 2 }, Head = new ClipHeadConfig { Dropout = 0.2, Pooling = HeadPooling.Attention } };
        var (one, other) = (Losses(), Losses());
        Assert.Equal(one, other);

        double[] Losses()
        {
            using var result = AdapterTraining.Fit(data, config);
            Assert.Null(result.Masked);
            Assert.All(result.Labelled.Epochs, epoch => Assert.True(epoch.Parts["mask"] > 0 && epoch.Parts["ce"] > 0));
            return [.. result.Labelled.Epochs.Select(epoch => epoch.Loss)];
        }
    }

    [Fact]
    public void Full_fine_tuning_trains_a_copy_without_its_convolutions()
    {
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        var before = AdapterMethods.Weights(encoder);
        using var data = Data(encoder);
        using var result = AdapterTraining.Fit(data, Config("lora") with { Method = null, TunesAll = true, Masking = new MaskedPhaseConfig { Epochs = 0 } });
        Assert.Equal(result.FullFineTuning, result.TrainedInEncoder);
        Assert.NotSame(encoder, result.Adapted.Encoder);
        foreach (var (name, values) in AdapterMethods.Weights(encoder)) Assert.True(values.AsSpan().SequenceEqual(before[name]), name);
        foreach (var (name, values) in AdapterMethods.Weights(result.Adapted.Encoder.Network))
            Assert.Equal(name.StartsWith("feature_extractor.", StringComparison.Ordinal) || name == "masked_spec_embed", values.AsSpan().SequenceEqual(before[name]));
    }

    [Fact]
    public void What_was_adapted_is_saved_with_its_head_and_reads_a_recording_as_before()
    {
        using var folder = new TemporaryFolder();
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var data = Data(encoder);
        foreach (var config in new[] { Config("bottleneck"), Config("lora"), Config("lora") with { Method = null }, Config("lora") with { Method = null, TunesAll = true }, Config("lora") with { Method = new ScaleShiftConfig() } })
        {
            var path = Path.Combine(folder.Path, config.Describe());
            var wave = data.Sounds.Waveform(0);
            (float[] Features, float[] Logits) before;
            ClipOutputs table;
            using (var result = AdapterTraining.Fit(data, config))
            {
                result.Adapted.Save(path);
                before = result.Adapted.Read(wave);
                table = result.Read(data, [0, 5]);
                Assert.Equal(table.Predicted, result.Predict(data, [0, 5]));
                Assert.Equal(result.Labelled.Best.Metrics["waf"], result.Score(data, result.Inner.Held).Waf, 1e-9);
            }
            Assert.Equal(before.Features.Length, table.Features.Dims);
            for (var i = 0; i < before.Logits.Length; i++) Assert.Equal(before.Logits[i], table.Logits[0][i], 1e-4);
            using var again = HubertModel.Random(TinyHubert.Large, seed: 1);
            using var loaded = AdaptedEncoder.Load(again, path, [AdapterMethod.Of<ScaleShiftConfig>()]);
            Assert.Equal(before.Logits, loaded.Read(wave).Logits);
            Assert.Equal(ToyVoices.Emotions, loaded.Emotions);
        }
    }

    [Fact]
    public void An_interrupted_adaptation_goes_on_to_the_same_weights()
    {
        using var folder = new TemporaryFolder();
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        float[] Head(AdaptationResult result) => result.Adapted.Head.state_dict()["output.weight"].flatten().data<float>().ToArray();
        float[] unbroken;
        using (var data = Data(encoder))
        using (var result = AdapterTraining.Fit(data, Config("bottleneck"))) unbroken = Head(result);
        using var anew = Data(encoder); // nothing is remembered of the phases
        using var stop = new CancellationTokenSource();
        var steps = 0;
        Assert.Throws<OperationCanceledException>(() => AdapterTraining.Fit(
            anew, Config("bottleneck"), runFolder: folder.Path, progress: new ImmediateProgress(_ => { if (++steps == 9) stop.Cancel(); }), cancel: stop.Token));
        using var resumed = AdapterTraining.Fit(anew, Config("bottleneck"), runFolder: folder.Path);
        Assert.Equal(unbroken, Head(resumed));
    }

    [Fact]
    public void Outer_folds_judge_every_labelled_clip_once_and_share_their_masked_phase()
    {
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var data = AdaptationData.Open(encoder, Apart(ToyVoices.Corpus()), new ToyVoices());
        var folds = data.OuterFolds(3);
        var labelled = data.Where(clip => clip.Emotion is not null);
        Assert.Equal(labelled, folds.SelectMany(fold => fold.Held).Order());
        var config = Config("bottleneck");
        var rebuilt = new List<TrainingResult>();
        foreach (var fold in folds)
        {
            using var result = AdapterTraining.Fit(data, config, fold.Train, fold.Choose);
            Assert.Equal(fold.Choose, result.Inner.Held);
            Assert.Equal(fold.Train.Count + fold.Choose.Count, result.Adapted.Learned!.Count); // those that it judges are not among them
            rebuilt.Add(result.Masked!);
        }
        // The clips without labels are of speakers of their own, so the phase is the same in every fold, and was run once.
        Assert.All(rebuilt, masked => Assert.Same(rebuilt[0], masked));
        var both = folds[0].Train.Concat(folds[0].Choose).ToArray();
        Assert.Contains("is in both", Assert.Throws<ArgumentException>(() => AdapterTraining.Fit(data, config, both, folds[0].Choose)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_without_unlabelled_clips_has_no_masked_phase_and_unlabelled_clips_of_judged_speakers_are_not_heard()
    {
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        var corpus = ToyVoices.Corpus();
        using var labelled = AdaptationData.Open(encoder, corpus.Where(clip => clip.Emotion is not null), new ToyVoices());
        using (var result = AdapterTraining.Fit(labelled, Config("bottleneck"))) Assert.Null(result.Masked);
        // All clips without a label are of people who are judged here.
        var judged = corpus.Clips.Where(clip => clip.Emotion is null).Select(clip => clip.Speaker).ToHashSet();
        using var data = AdaptationData.Open(encoder, corpus, new ToyVoices());
        var others = data.Where(clip => clip.Emotion is not null && !judged.Contains(clip.Speaker));
        var first = data.Sounds.Clips[others[0]].Speaker;
        int[] train = [.. others.Where(clip => data.Sounds.Clips[clip].Speaker != first)];
        int[] choose = [.. others.Where(clip => data.Sounds.Clips[clip].Speaker == first)];
        using var strangers = AdapterTraining.Fit(data, Config("bottleneck"), train, choose);
        Assert.Null(strangers.Masked);
    }

    [Theory]
    [InlineData(CacheStorage.Memory)]
    [InlineData(CacheStorage.None)]
    public void A_head_that_normalises_speakers_does_not_hear_what_tells_them_apart(CacheStorage storage)
    {
        using var folder = new TemporaryFolder();
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var data = Data(encoder, storage);
        var config = Config("bottleneck") with { NormalisesSpeakers = true, Masking = new MaskedPhaseConfig { Epochs = 0 } };
        using var result = AdapterTraining.Fit(data, config);
        // Before training moved them, frames of each speaker have mean 0 and deviation 1 in every state that the head reads.
        using var scope = torch.NewDisposeScope();
        var moments = result.Adapted.Speakers!;
        Assert.Equal(result.Adapted.Head.Layers, moments.States);
        result.Adapted.Adapter!.Disable();
        var frames = new List<torch.Tensor>();
        var prefix = data.Prefix(1);
        foreach (var clip in data.Where(clip => clip.Speaker == "speaker 2"))
            frames.Add(result.Adapted.States(prefix, prefix.Batch([clip]), ["speaker 2"])[0].squeeze(0));
        var all = torch.cat(frames);
        Assert.InRange(all.mean(new long[] { 0 }).abs().max().ToDouble(), 0, 1e-3);
        Assert.InRange((all.square().mean(new long[] { 0 }) - 1).abs().max().ToDouble(), 0, 0.05); // a floor keeps still dimensions from growing
        result.Adapted.Adapter!.Enable();
        // Saved, it reads recordings of people it does not know as an average speaker's.
        result.Adapted.Save(folder.Path);
        using var again = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var loaded = AdaptedEncoder.Load(again, folder.Path);
        Assert.Equal(result.Adapted.Read(data.Sounds.Waveform(0)).Logits, loaded.Read(data.Sounds.Waveform(0)).Logits);
        Assert.NotEqual(result.Read(data, [0]).Logits[0], loaded.Read(data.Sounds.Waveform(0)).Logits);
    }

    [Fact]
    public void By_default_the_head_reads_from_the_first_adapted_layer_and_what_lies_below_is_kept()
    {
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var data = Data(encoder);
        foreach (var method in Laboratory.WaysOfAdapting.Where(method => method is not "full"))
        {
            var config = Laboratory.Recipe(method, new LayerRange(3, 3), rank: 2, width: 4) with { Training = new TrainerConfig { Epochs = 1 }, Masking = new MaskedPhaseConfig { Epochs = 0 } };
            Assert.False(config.WeighsClasses);
            using var result = AdapterTraining.Fit(data, config);
            Assert.Equal(3, result.Adapted.FirstState);
            Assert.Equal(method == "frozen" ? 3 : 2, result.Adapted.Level);
        }
    }

    [Fact]
    public void Clips_that_cannot_be_read_are_left_out_and_listed()
    {
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        var corpus = ToyVoices.Corpus(12);
        var clips = corpus.Clips.Append(corpus.Clips[0] with { Id = "broken", AudioPath = "/999.wav" }).ToArray();
        var sounds = ClipSounds.Open(clips, new ToyVoices(), encoder);
        Assert.Equal(12, sounds.Clips.Count);
        Assert.Contains("damaged", Assert.Single(sounds.Failures).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void No_tensor_is_left_behind_after_an_adaptation()
    {
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var data = Data(encoder);
        var config = Config("bottleneck") with { Training = Config("bottleneck").Training with { Pieces = 1 } }; // the counters are each thread's own
        AdapterTraining.Fit(data, config).Dispose();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        AdapterTraining.Fit(data, config).Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Spans_begin_within_a_clip_and_every_clip_has_one()
    {
        var spans = MaskedReconstruction.Spans([3, 20], 20, start: 0, span: 5, new Affect.Data.SeededRandom(1));
        Assert.True(spans[..3].All(hidden => hidden));
        Assert.DoesNotContain(true, spans[3..20]);
        Assert.Equal(5, spans[20..].Count(hidden => hidden));
    }

    // Clips without labels come from people of their own.
    private static Affect.Data.Corpus Apart(Affect.Data.Corpus corpus) =>
        new(corpus.Name, corpus.Root, corpus.Emotions, [.. corpus.Clips.Select(clip => clip.Emotion is null ? clip with { Speaker = "nobody" } : clip)], corpus.IsSynthetic);

    private static AdaptationData Data(HubertModel encoder, CacheStorage storage = CacheStorage.Memory) =>
        AdaptationData.Open(encoder, ToyVoices.Corpus(), new ToyVoices(), new LayerCacheConfig { Storage = storage });

    private static AdaptationConfig Config(string method) => new()
    {
        Method = AdapterMethods.All[method] with { Towers = [AdapterMethods.All[method].Towers[0] with { Layers = [2, 3] }] },
        Training = new TrainerConfig { Epochs = 3, BatchSize = 8, Pieces = 2, LearningRate = 5e-3 },
        Masking = new MaskedPhaseConfig { Epochs = 1, Span = 2 },
        InnerShare = 0.25,
        WeighsClasses = true,
    };

    // Of the same lengths, played backwards.
    private sealed class TurnedVoices : IMediaReader
    {
        private readonly ToyVoices voices = new();

        public float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default) => [.. voices.DecodeAudio(path, sampleRate, cancellation).Reverse()];

        public MediaInfo Probe(string path, CancellationToken cancellation = default) => throw new NotSupportedException();

        public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default) => throw new NotSupportedException();
    }
}
