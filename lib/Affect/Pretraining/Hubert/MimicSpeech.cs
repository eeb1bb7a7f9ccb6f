namespace Affect.Pretraining.Hubert;

/// <summary>Speaks with Mimic's voices until there is enough, one cast of speakers after the other; no pictures are drawn and no file is encoded.</summary>
internal static class MimicSpeech
{
    private const string FileName = "speech.safetensors";

    /// <summary>The speech that settings stand for: read from the folder where it was spoken before, otherwise spoken and kept there.</summary>
    /// <exception cref="ArgumentException">The seeds would let speakers of the held-out corpus in.</exception>
    /// <exception cref="FileNotFoundException">espeak-ng is not installed.</exception>
    internal static SpeechCollection Open(string folder, SpeechConfig config, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, FileName);
        var settings = (config with { Espeak = "" }).ToString() + $" mimic {MimicConfig.Version}";
        if (SpeechCollection.TryLoad(path, settings) is { } kept) return kept;
        var fresh = Speak(config, progress, cancellation);
        fresh.Save(path, settings);
        return fresh;
    }

    internal static SpeechCollection Speak(SpeechConfig config, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var heldOut = MimicSpeaker.Cast(new MimicConfig().Speakers, config.HeldOutSeed).Select(speaker => speaker.Voice).ToHashSet();
        var voice = new VoiceActor(new Espeak(config.Espeak));
        var (waveforms, emotions, speakers) = (new List<float[]>(), new List<long>(), new List<long>());
        var (wanted, spoken) = ((long)(config.Hours * 3600 * SpeechCollection.SampleRate), 0L);
        for (var cast = 0; spoken < wanted; cast++)
        {
            var seed = config.Seed + cast;
            if (seed == config.HeldOutSeed)
                throw new ArgumentException($"Seed must lead to casts other than that of HeldOutSeed = {config.HeldOutSeed}, but cast {cast + 1} has it; choose a Seed above it.", nameof(config));
            var plans = CorpusPlan.Draw(new MimicConfig { Clips = config.ClipsPerCast, Speakers = config.SpeakersPerCast, Seed = seed })
                .Where(plan => !heldOut.Contains(plan.Speaker.Voice)).ToArray();
            new SeededRandom(seed, "order").Shuffle(plans.AsSpan());
            // In pieces, so that the last cast need not speak to its end.
            foreach (var piece in plans.Chunk(32))
            {
                var sounds = piece.AsParallel().AsOrdered().WithCancellation(cancellation).Select(plan => Resample(voice.Speak(plan, seed))).ToArray();
                foreach (var (plan, sound) in piece.Zip(sounds))
                {
                    if (spoken >= wanted) break;
                    waveforms.Add(sound);
                    emotions.Add(plan.Acoustic);
                    speakers.Add(cast * 1000 + int.Parse(plan.Speaker.Id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture));
                    spoken += sound.Length;
                }
                progress?.Report(new WorkProgress("Speaking", Math.Min(spoken, wanted) / SpeechCollection.SampleRate, wanted / SpeechCollection.SampleRate, "s of speech"));
                if (spoken >= wanted) break;
            }
        }
        return SpeechCollection.Of(waveforms, emotions, speakers);
    }

    private static float[] Resample(float[] waveform)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return Resampling.Resample(tensor(waveform, dtype: ScalarType.Float32), Espeak.SampleRate, SpeechCollection.SampleRate).data<float>().ToArray();
    }
}
