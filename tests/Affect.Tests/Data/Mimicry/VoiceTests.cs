namespace Affect.Tests.Data.Mimicry;

public sealed class VoiceTests
{
    [Theory]
    [InlineData(110)]
    [InlineData(150)]
    [InlineData(200)]
    public void A_monotone_is_sung_on_the_pitch_wished_for(double hertz)
    {
        var flat = new Monotone(Buzz(hertz: 128, seconds: 1), Espeak.SampleRate);
        Assert.Equal(128, flat.PitchHertz, 128 * 0.02);
        var sung = new Monotone(flat.Sing(_ => hertz, formants: 1), Espeak.SampleRate);
        Assert.Equal(hertz, sung.PitchHertz, hertz * 0.03);
    }

    [Fact]
    public void Voices_differ_by_the_emotion_that_they_express()
    {
        // Over several people: how bright one voice can become depends on the voice.
        var plans = CorpusPlan.Draw(new MimicConfig()).DistinctBy(plan => plan.Speaker.Id).Take(8).ToArray();
        var actor = new VoiceActor(new Espeak("espeak-ng"));
        var pairs = plans.Select(plan => (Angry: Speak(plan, "angry"), Sad: Speak(plan, "sad"))).ToArray();

        Assert.True(pairs.Average(pair => Level(pair.Angry) - Level(pair.Sad)) > 4, "anger is louder");
        double[] brighter = [.. pairs.Select(pair => Brightness(pair.Angry) / Brightness(pair.Sad))];
        Assert.True(brighter.Min() > 1.1 && brighter.Average() > 1.2, $"anger is brighter: {string.Join(", ", brighter)}");
        Assert.True(pairs.Average(pair => (double)pair.Sad.Length / pair.Angry.Length) > 1.1, "sadness is slower");
        Assert.Equal(pairs[0].Angry, Speak(plans[0], "angry"));

        float[] Speak(ClipPlan plan, string emotion)
        {
            var expressed = EmotionSet.Mer2024.IndexOf(emotion);
            return actor.Speak(plan with { Acoustic = expressed, Voice = [.. VoiceCues.Table.Select(cue => cue.Means[expressed])] }, seed: 1);
        }
    }

    [Fact]
    public void Melodies_of_no_two_emotions_are_alike()
    {
        var shapes = Enumerable.Range(0, LatentTable.Emotions).Select(emotion => Enumerable.Range(0, 101).Select(step => Melody.Shape(emotion, step / 100.0)).ToArray()).ToArray();
        for (var one = 0; one < shapes.Length; one++)
            for (var other = 0; other < one; other++)
                Assert.True(shapes[one].Zip(shapes[other], (a, b) => Math.Abs(a - b)).Average() > 0.15, $"{EmotionSet.Mer2024[one]} and {EmotionSet.Mer2024[other]}");
    }

    [Fact]
    public void Words_are_data_for_the_synthesiser()
    {
        var espeak = new Espeak("espeak-ng");
        Assert.NotEmpty(espeak.Speak("en-gb", ["-w", "<break", "&", "\"quoted\""], [0, 100, 0, 0], 170));
    }

    // A pulse train through a gentle low pass.
    private static float[] Buzz(double hertz, double seconds)
    {
        var samples = new float[(int)(seconds * Espeak.SampleRate)];
        double phase = 0, low = 0;
        for (var sample = 0; sample < samples.Length; sample++)
        {
            phase += hertz / Espeak.SampleRate;
            var pulse = phase >= 1 ? 1.0 : 0.0;
            phase -= Math.Floor(phase);
            low += 0.2 * (pulse - low);
            samples[sample] = (float)low;
        }
        return samples;
    }

    private static double Level(float[] waveform) => 10 * Math.Log10(waveform.Average(value => (double)value * value));

    // The mean size of a step between samples, relative to the mean size of a sample.
    private static double Brightness(float[] waveform) =>
        waveform.Zip(waveform.Skip(1), (a, b) => Math.Abs((double)b - a)).Average() / waveform.Average(value => (double)Math.Abs(value));
}
