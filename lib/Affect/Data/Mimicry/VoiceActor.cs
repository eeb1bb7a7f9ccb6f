namespace Affect.Data.Mimicry;

/// <summary>Speaks a planned clip: espeak-ng's flat speech, then melody, timbre, breath, loudness and the room's noise.</summary>
internal sealed class VoiceActor(Espeak espeak)
{
    internal const double LeadSeconds = 0.25;
    internal const double TailSeconds = 0.35;
    private const double LevelDecibels = -24;                                   // of the speech's root mean square, below full scale
    private const double TiltHertz = 1000;
    private const double BreathHertz = 2200;
    private const double TremorHertz = 5.5;
    private const double TremorSemitones = 1.3;
    private const double TremorLoudness = 0.3;
    private const double EnvelopeSeconds = 0.02;

    /// <summary>The clip's waveform <c>[samples]</c> at <see cref="Espeak.SampleRate"/>, with silence before and after.</summary>
    internal float[] Speak(ClipPlan plan, int seed)
    {
        var random = new SeededRandom(seed, $"voice {plan.Id}");
        var cues = new VoiceCues(plan.Voice);
        var words = plan.Sentence.Text.Split(' ');
        var pauses = words.Select((_, word) => word + 1 < words.Length && random.Chance(cues.PauseShare) ? (int)random.Between(110, 330) : 0).ToArray();
        var flat = new Monotone(espeak.Speak(plan.Speaker.Voice, words, pauses, plan.Speaker.WordsPerMinute * (1 + cues.Rate)), Espeak.SampleRate);
        var speech = flat.Sing(Pitch(plan, cues, flat, random), 1 + plan.Speaker.FormantShift + cues.FormantShift);
        AddBreath(speech, cues.Breath, random);
        Tilt(speech, cues.TiltDecibels);
        Tremble(speech, cues.Tremor, random.NextDouble());
        return InRoom(speech, LevelDecibels + cues.LevelDecibels, plan.Speaker.NoiseDecibels, random);
    }

    private static Func<int, double> Pitch(ClipPlan plan, VoiceCues cues, Monotone flat, SeededRandom random)
    {
        var length = Math.Max(1, flat.Length);
        var phase = random.NextDouble();
        var resting = plan.Speaker.PitchHertz * Math.Pow(2, cues.PitchSemitones / 12);
        return sample =>
        {
            var melody = cues.ContourStrength * cues.RangeSemitones * Melody.Shape(plan.Acoustic, Math.Clamp((double)sample / length, 0, 1));
            var tremor = TremorSemitones * cues.Tremor * Math.Sin(2 * Math.PI * (TremorHertz * sample / Espeak.SampleRate + phase));
            var jitter = 0.12 * random.Normal();
            return resting * Math.Pow(2, (melody + tremor + jitter) / 12);
        };
    }

    // Noise that comes and goes with the voice, without its low part.
    private static void AddBreath(float[] speech, double share, SeededRandom random)
    {
        double envelope = 0, low = 0;
        var (follow, keep) = (Coefficient(1 / (2 * Math.PI * EnvelopeSeconds)), Coefficient(BreathHertz));
        for (var sample = 0; sample < speech.Length; sample++)
        {
            envelope += follow * (Math.Abs(speech[sample]) - envelope);
            var noise = 3.4 * (random.NextDouble() - 0.5);                      // of deviation 1, nearly
            low += keep * (noise - low);
            speech[sample] += (float)(share * 2.2 * envelope * (noise - low));
        }
    }

    // Half of the tilt is taken from one side of 1 kHz and half is given to the other.
    private static void Tilt(float[] speech, double decibels)
    {
        var (below, above) = (Math.Pow(10, -decibels / 40), Math.Pow(10, decibels / 40));
        var keep = Coefficient(TiltHertz);
        double low = 0;
        for (var sample = 0; sample < speech.Length; sample++)
        {
            low += keep * (speech[sample] - low);
            speech[sample] = (float)(below * low + above * (speech[sample] - low));
        }
    }

    private static void Tremble(float[] speech, double depth, double phase)
    {
        for (var sample = 0; sample < speech.Length; sample++)
            speech[sample] *= (float)(1 - TremorLoudness * depth * (0.5 + 0.5 * Math.Sin(2 * Math.PI * (TremorHertz * sample / Espeak.SampleRate + phase))));
    }

    private static float[] InRoom(float[] speech, double level, double noiseBelow, SeededRandom random)
    {
        var (lead, tail) = ((int)(LeadSeconds * Espeak.SampleRate), (int)(TailSeconds * Espeak.SampleRate));
        var loudness = Math.Sqrt(speech.Sum(value => (double)value * value) / Math.Max(1, speech.Length)) + 1e-9;
        var gain = Math.Pow(10, level / 20) / loudness;
        var noise = Math.Pow(10, (LevelDecibels - noiseBelow) / 20);
        var clip = new float[lead + speech.Length + tail];
        double low = 0;
        for (var sample = 0; sample < clip.Length; sample++)
        {
            var spoken = sample >= lead && sample - lead < speech.Length ? gain * speech[sample - lead] : 0;
            low += 0.15 * (random.NextDouble() - 0.5 - low);
            clip[sample] = (float)SoftClip(spoken + noise * (9 * low + (random.NextDouble() - 0.5)));
        }
        return clip;
    }

    // Loud peaks are rounded, as by a microphone's limiter, instead of being cut.
    private static double SoftClip(double value) => Math.Abs(value) < 0.7 ? value : Math.Sign(value) * (0.7 + 0.29 * Math.Tanh((Math.Abs(value) - 0.7) / 0.29));

    // Of a one-pole low-pass filter.
    private static double Coefficient(double hertz) => 1 - Math.Exp(-2 * Math.PI * hertz / Espeak.SampleRate);
}
