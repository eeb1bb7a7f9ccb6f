namespace Affect.Tests.Figures;

public sealed class ClipFigureTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_loudest_band_of_a_tone_is_where_its_frequency_is()
    {
        var tone = new float[16000];
        for (var n = 0; n < tone.Length; n++) tone[n] = 0.5f * MathF.Sin(2 * MathF.PI * 1000 * n / 16000) * (n is >= 4800 and < 6400 ? 1 : 0.5f);
        var figure = new WaveformFigure("A tone", tone, 16000, isSynthetic: false);
        Assert.Equal("A tone. Waveform and log-mel spectrogram of 1.00 s of sound at 16000 Hz: peak 0.500, root mean square 0.202, loudest around 0.35 s.", figure.Summary);
        Assert.Equal(["0.30", "0.40", "0.354"], figure.Table.Rows[3]);
        var (levels, columns) = figure.Levels(most: 400);
        Assert.Equal(98, columns);
        // 1 kHz lies at 1000 mel, the bands lie evenly between 20 Hz (32 mel) and 8 kHz (2840 mel).
        var band = 64 - (1000 - 32) / ((2840 - 32) / 65.0);
        Assert.All(Enumerable.Range(0, 40), column => Assert.Equal(band, Enumerable.Range(0, 64).MaxBy(row => levels[row * columns + column]), tolerance: 1.5));
    }

    [Fact]
    public void Silence_can_be_drawn() =>
        Assert.Contains("<image", new WaveformFigure("Silence", new float[16000], 16000, isSynthetic: false).ToSvg(), StringComparison.Ordinal);

    [Fact]
    public void The_pictures_of_a_clip_stand_in_the_middles_of_its_parts_and_stay_small()
    {
        var path = Path.Combine(folder, "film.mp4");
        MediaWriter.WriteMp4(path, Enumerable.Range(0, 100).Select(frame => Picture(frame)), 64, 64, framesPerSecond: 25, new float[4 * 16000]);
        var clip = new Clip { Id = "c1", Speaker = "s1", Emotion = "sad", VideoPath = path };
        var figure = FaceStripFigure.Of(clip, isSynthetic: true, count: 4);
        Assert.Equal("What does the face do in clip c1 (sad)? (synthetic data). 4 pictures from 0.5 s to 3.5 s. Times: 0.5 s, 1.5 s, 2.5 s, 3.5 s.", figure.Summary);
        var sound = WaveformFigure.Of(clip, isSynthetic: true);
        foreach (var one in (Figure[])[figure, sound]) Assert.InRange(Encoding.UTF8.GetByteCount(Shown.Forms(one)["text/html"].ToString()), 2000, 40_000);
        Assert.DoesNotContain("application/vnd.plotly.v1+json", Shown.Forms(figure).Keys);
    }

    private static byte[] Picture(int frame)
    {
        var rgb = new byte[64 * 64 * 3];
        for (var at = 0; at < rgb.Length; at++) rgb[at] = (byte)(frame * 2 + at / 192);
        return rgb;
    }
}
