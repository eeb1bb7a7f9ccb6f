namespace Affect.Tests.Media;

public sealed class PitchTrackerTests
{
    private const int SampleRate = 16_000;

    [Theory]
    [InlineData(80, 160)]
    [InlineData(220, 110)]
    [InlineData(150, 420)]
    public void A_gliding_voice_is_followed(double from, double to)
    {
        using var scope = NewDisposeScope();
        var track = PitchTracker.Track(tensor(Glide(from, to, seconds: 2)));
        var wrong = 0;
        for (var frame = 0; frame < track.Hertz.Count; frame++)
        {
            var place = (frame * 320 + 200) / (2.0 * SampleRate);
            var expected = from * Math.Pow(to / from, place);
            if (Math.Abs(track.Hertz[frame] / expected - 1) > 0.03) wrong++;
        }
        // The first and the last frame look out over the ends.
        Assert.True(wrong <= 2, $"{wrong} of {track.Hertz.Count} frames are more than 3 % away");
    }

    [Fact]
    public void A_pure_tone_is_found_to_a_tenth_of_a_hertz()
    {
        using var scope = NewDisposeScope();
        var tone = Enumerable.Range(0, SampleRate).Select(sample => (float)(0.3 * Math.Sin(2 * Math.PI * 207.3 * sample / SampleRate))).ToArray();
        Assert.InRange(PitchTracker.Track(tensor(tone)).MedianHertz, 207.2, 207.4);
    }

    [Fact]
    public void Silence_and_noise_have_no_pitch()
    {
        using var scope = NewDisposeScope();
        Assert.All(PitchTracker.Track(zeros(SampleRate)).Hertz, hertz => Assert.Equal(0, hertz));
        var random = new SeededRandom(1);
        var noise = Enumerable.Range(0, SampleRate).Select(_ => (float)(0.1 * random.Normal())).ToArray();
        var track = PitchTracker.Track(tensor(noise));
        Assert.True(track.Hertz.Count(hertz => hertz > 0) < 0.05 * track.Hertz.Count, "noise was taken for voice");
    }

    [Fact]
    public void Loudness_does_not_matter()
    {
        using var scope = NewDisposeScope();
        var voice = Glide(120, 180, seconds: 0.5);
        var loud = PitchTracker.Track(tensor(voice));
        var quiet = PitchTracker.Track(tensor(Array.ConvertAll(voice, value => value / 64)));
        Assert.Equal(loud.Hertz, quiet.Hertz);
    }

    [Theory]
    [InlineData(400, 1)]
    [InlineData(719, 1)]
    [InlineData(720, 2)]
    [InlineData(32_000, 99)]
    public void Its_frames_are_those_of_the_encoder(int samples, int frames)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(frames, PitchTracker.Track(zeros(samples)).Hertz.Count);
    }

    [Fact]
    public void Unvoiced_stretches_are_bridged_by_straight_lines()
    {
        var track = new PitchTrack([0, 128, 0, 0, 0, 256, 0], [0, 1, 0, 0, 0, 1, 0]);
        Assert.Equal([7, 7, 7.25, 7.5, 7.75, 8, 8], track.Bridged());
        Assert.All(new PitchTrack([0, 0], [0, 0]).Bridged(), octave => Assert.Equal(0, octave));
    }

    [Fact]
    public void What_cannot_be_tracked_is_refused()
    {
        using var scope = NewDisposeScope();
        var tooShort = Assert.Throws<ArgumentException>(() => PitchTracker.Track(zeros(399)));
        Assert.StartsWith("waveform must have at least 400 samples (25 ms), but has 399.", tooShort.Message, StringComparison.Ordinal);
        var empty = Assert.Throws<ArgumentException>(() => PitchTracker.Track(zeros(4000), new PitchConfig { LowestHertz = 400, HighestHertz = 390 }));
        Assert.StartsWith("LowestHertz and HighestHertz must give periods", empty.Message, StringComparison.Ordinal);
    }

    // Ten harmonics, as a voice has them.
    private static float[] Glide(double from, double to, double seconds)
    {
        var samples = new float[(int)(seconds * SampleRate)];
        var phase = 0.0;
        for (var sample = 0; sample < samples.Length; sample++)
        {
            phase += from * Math.Pow(to / from, (double)sample / samples.Length) / SampleRate;
            for (var harmonic = 1; harmonic <= 10; harmonic++) samples[sample] += (float)(0.2 / harmonic * Math.Sin(2 * Math.PI * harmonic * phase));
        }
        return samples;
    }
}
