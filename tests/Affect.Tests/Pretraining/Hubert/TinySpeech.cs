namespace Affect.Tests.Pretraining.Hubert;

/// <summary>A few seconds of sound and a network of a few thousand weights.</summary>
internal static class TinySpeech
{
    internal static HubertConfig Model { get; } = HubertPretrainingConfig.SmallModel with
    {
        HiddenSize = 16,
        Layers = 2,
        Heads = 2,
        FeedForwardSize = 32,
        ConvChannels = [8, 8, 8, 8, 8, 8, 8],
        PositionKernel = 8,
        PositionGroups = 2,
    };

    internal static MaskedTrainingConfig Training { get; } = new() { Steps = 8, BatchClips = 4, CropSeconds = 0.5, Spans = 2, SpanFrames = 4, WarmUpSteps = 2, PeakRate = 5e-3, SaveEvery = 3, EmbeddingSize = 8 };

    /// <summary>Tones of three pitches that follow each other; clip 2 is too short for a crop.</summary>
    internal static SpeechCollection Tones()
    {
        var random = new SeededRandom(5);
        var waveforms = Enumerable.Range(0, 6).Select(clip =>
        {
            var samples = new float[clip == 2 ? 4000 : 16_000 + 400 * clip];
            var hertz = 0.0;
            for (var sample = 0; sample < samples.Length; sample++)
            {
                if (sample % 3200 == 0) hertz = random.Pick([200.0, 500.0, 1200.0]);
                samples[sample] = (float)(0.3 * Math.Sin(2 * Math.PI * hertz * sample / 16_000) + 0.01 * random.Normal());
            }
            return samples;
        }).ToArray();
        return SpeechCollection.Of(waveforms, [0, 1, 2, 0, 1, 2], [1, 1, 2, 2, 3, 3]);
    }

    /// <summary>As many units as there are tones, by the loudness of the sound's changes.</summary>
    internal static CodeBook[] Books(PretrainingSpeech speech)
    {
        var units = new List<short>();
        for (var clip = 0; clip < speech.Count; clip++)
        {
            using var waveform = speech.Waveform(clip);
            var samples = waveform.data<float>().ToArray();
            for (var frame = 0; frame < speech.Frames[clip]; frame++)
            {
                var change = Enumerable.Range(frame * 320 + 1, 399).Average(sample => Math.Abs(samples[sample] - samples[sample - 1]));
                units.Add((short)(change < 0.03 ? 0 : change < 0.07 ? 1 : 2));
            }
        }
        return [new CodeBook("tones", 3, [.. units]), new CodeBook("halves", 2, [.. units.Select(unit => (short)(unit / 2))])];
    }

    /// <summary>Trains the network on the tones.</summary>
    internal static (string Fingerprint, IReadOnlyList<StepRecord> Steps) Train(
        SpeechCollection tones, MaskedTrainingConfig config, string folder, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        var speech = new PretrainingSpeech(tones, Model, normalises: false);
        using var model = HubertModel.Random(Model, seed: 2, normalizesInput: false);
        using var task = new MaskedUnitTask(model, speech, Books(speech), config, seed: 4, iteration: 1, $"{config with { SaveEvery = 1 }}");
        new Trainer(config.ForTrainer(seed: 4)).Run(task, folder, progress, cancel);
        return (model.Fingerprint, RunRecord.Load(folder).Steps);
    }
}
