namespace Affect.Pretraining.Hubert;

/// <summary>Speaks with Mimic's voices until there is enough; no pictures are drawn and no file is encoded.</summary>
internal static class MimicSpeech
{
    /// <summary>The speech that settings stand for: read from the folder where it was spoken before, otherwise spoken and kept there.</summary>
    /// <exception cref="ArgumentException">The seeds would let speakers of the held-out corpus in.</exception>
    /// <exception cref="FileNotFoundException">espeak-ng is not installed.</exception>
    internal static SpeechCollection Open(string folder, SpeechConfig config, IProgress<WorkProgress>? progress, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, "speech.safetensors");
        var settings = $"{config with { Espeak = "" }} mimic {MimicConfig.Version}";
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
        foreach (var (seed, plans) in CastConfig.Casts(config, plan => !heldOut.Contains(plan.Speaker.Voice)))
        {
            // In pieces, so that the last cast need not speak to its end.
            foreach (var piece in plans.Chunk(32))
            {
                var sounds = piece.AsParallel().AsOrdered().WithCancellation(cancellation).Select(plan => Resample(voice.Speak(plan, seed))).ToArray();
                foreach (var (plan, sound) in piece.Zip(sounds))
                {
                    if (spoken >= wanted) break;
                    waveforms.Add(sound);
                    emotions.Add(plan.Acoustic);
                    speakers.Add((seed - config.Seed) * 1000 + int.Parse(plan.Speaker.Id.AsSpan(1), CultureInfo.InvariantCulture));
                    spoken += sound.Length;
                }
                progress?.Report(new WorkProgress("Speaking", Math.Min(spoken, wanted) / SpeechCollection.SampleRate, wanted / SpeechCollection.SampleRate, "s of speech"));
                if (spoken >= wanted) return SpeechCollection.Of(waveforms, emotions, speakers);
            }
        }
        throw new UnreachableException("casts have no end");
    }

    private static float[] Resample(float[] waveform)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        return Resampling.Resample(tensor(waveform, dtype: ScalarType.Float32), Espeak.SampleRate, SpeechCollection.SampleRate).data<float>().ToArray();
    }
}
