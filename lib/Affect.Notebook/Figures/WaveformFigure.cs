namespace Affect.Notebook.Figures;

/// <summary>A recording's waveform and, on the same time axis, its log-mel spectrogram.</summary>
public sealed class WaveformFigure : Figure
{
    private const int MelBands = 64;
    private const double ColumnsPerPixel = 0.5;
    private const int Steps = 16;
    private const double RangeDecibels = 60;

    private readonly float[] waveform;
    private readonly int sampleRate;

    /// <summary>A figure of sound.</summary>
    /// <param name="title">What the figure asks or states.</param>
    /// <param name="waveform"><c>[samples]</c>, −1…1, mono.</param>
    /// <param name="sampleRate">Hertz.</param>
    /// <param name="isSynthetic">Whether the sound is synthetic; the title then says so.</param>
    /// <exception cref="ArgumentException">The sound is shorter than 25 ms, one frame of the spectrogram.</exception>
    public WaveformFigure(string title, float[] waveform, int sampleRate, bool isSynthetic)
        : base(title, isSynthetic)
    {
        ArgumentNullException.ThrowIfNull(waveform);
        this.sampleRate = Require.AtLeast(1000, sampleRate, nameof(sampleRate));
        if (waveform.Length < 0.025 * sampleRate)
            throw new ArgumentException(FormattableString.Invariant(
                $"waveform must have at least {Math.Ceiling(0.025 * sampleRate)} samples (25 ms), but has {waveform.Length}."), nameof(waveform));
        this.waveform = waveform;
    }

    /// <summary>A clip's sound, at 16 kHz.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="isSynthetic">Whether its corpus is synthetic.</param>
    /// <param name="title">What the figure asks or states; null: what the clip sounds like.</param>
    /// <exception cref="MediaException">The clip cannot be read.</exception>
    public static WaveformFigure Of(Clip clip, bool isSynthetic, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        title ??= $"What does clip {clip.Id} ({clip.Emotion ?? "unlabelled"}) sound like?";
        return new WaveformFigure(title, new Ffmpeg().DecodeAudio(clip.MediaPath), 16000, isSynthetic);
    }

    /// <inheritdoc/>
    public override string Subtitle => FormattableString.Invariant(
        $"{Seconds:0.00} s at {sampleRate / 1000.0:0.###} kHz. Below: {MelBands} mel bands every 10 ms, brighter is louder, {RangeDecibels:0} dB from darkest to brightest.");

    /// <inheritdoc/>
    public override string Description => FormattableString.Invariant(
        $"Waveform and log-mel spectrogram of {Seconds:0.00} s of sound at {sampleRate} Hz: peak {Peak:0.000}, ")
        + FormattableString.Invariant($"root mean square {Loudness(0, waveform.Length):0.000}, loudest around {Loudest():0.00} s.");

    /// <inheritdoc/>
    public override FigureTable Table => Tabulate(
        "Loudness by tenths of the recording (root mean square)", ["from (s)", "to (s)", "loudness"],
        Parts(waveform.Length, Math.Min(10, waveform.Length)).Select(part =>
            (string[])[Text(part.From / (double)sampleRate), Text(part.To / (double)sampleRate), ScoreText.Of(Loudness(part.From, part.To))]));

    private double Seconds => waveform.Length / (double)sampleRate;

    private double Peak => waveform.Max(Math.Abs);

    /// <inheritdoc/>
    protected override double Draw(SvgCanvas canvas, double top)
    {
        // Room for the axis's name, read upwards, and its numbers.
        var left = SvgCanvas.Margin + TextFace.Label.LineHeight + TextFace.Label.Width("−0.25") + 4;
        var x = new LinearScale(0, Seconds, left, canvas.Width - SvgCanvas.Margin - 4);
        top += 12;
        var waveHeight = canvas.IsWide ? 96.0 : 80.0;
        Waveform(canvas, x, top, waveHeight);
        var bottom = Spectrogram(canvas, x, top + waveHeight + 14, canvas.IsWide ? 160 : 130);
        Axes.Along(canvas, x, bottom, "time (seconds)", room: 56);
        return bottom + Axes.Height;
    }

    // The lowest and the highest sample of every two pixels, as one shape.
    private void Waveform(SvgCanvas canvas, LinearScale x, double top, double height)
    {
        var reach = Peak > 0 ? Peak : 1;
        var step = LinearScale.RoundStep(reach, 1);
        var extent = step >= reach ? step : 2 * step;
        var y = new LinearScale(-extent, extent, top + height, top);
        foreach (var tick in (double[])[-extent, 0, extent])
        {
            canvas.Line(x.FromPixel, y.At(tick), x.ToPixel, y.At(tick), Palette.Grid);
            canvas.Text(tick.ToString("0.##;−0.##;0", CultureInfo.InvariantCulture), x.FromPixel - 6, y.At(tick) + 4, TextFace.Label, TextAnchor.End);
        }
        canvas.TextUp("amplitude", SvgCanvas.Margin + 10, top + height / 2, TextFace.Label);
        var columns = (int)Math.Min((x.ToPixel - x.FromPixel) / 2, waveform.Length);
        var outline = Parts(waveform.Length, columns).Select((part, column) =>
        {
            var samples = waveform[part.From..part.To];
            // A hair of thickness, so that silence is a line and not nothing.
            var across = x.FromPixel + (column + 0.5) * (x.ToPixel - x.FromPixel) / columns;
            return (X: across, High: y.At(samples.Max()) - 0.4, Low: y.At(samples.Min()) + 0.4);
        }).ToList();
        var there = outline.Select(place => $"{SvgCanvas.F(place.X)} {SvgCanvas.F(place.High)}");
        var back = outline.Select(place => $"{SvgCanvas.F(place.X)} {SvgCanvas.F(place.Low)}").Reverse();
        canvas.Shapes($"M{string.Join('L', there.Concat(back))}z", Palette.Modality("acoustic"));
    }

    private double Spectrogram(SvgCanvas canvas, LinearScale x, double top, double height)
    {
        var (levels, columns) = Levels((int)((x.ToPixel - x.FromPixel) * ColumnsPerPixel));
        canvas.Image(x.FromPixel, top, x.ToPixel - x.FromPixel, height, IndexedPng.DataUri(levels, columns, MelBands, Steps));
        var nyquist = sampleRate / 2.0;
        var (lowest, highest) = (Mel(20), Mel(nyquist));
        var last = double.PositiveInfinity;
        foreach (var hertz in (double[])[200, 500, 1000, 2000, 4000, 8000, 16000])
        {
            if (hertz > nyquist * 1.001) break;
            var place = top + height * (1 - (Mel(hertz) - lowest) / (highest - lowest));
            if (last - place < TextFace.Label.LineHeight) continue;
            last = place;
            canvas.Line(x.FromPixel - 4, place, x.FromPixel, place, Palette.Muted);
            canvas.Text((hertz / 1000).ToString("0.#", CultureInfo.InvariantCulture), x.FromPixel - 6, place + 4, TextFace.Label, TextAnchor.End);
        }
        canvas.TextUp("frequency (kHz)", SvgCanvas.Margin + 10, top + height / 2, TextFace.Label);
        return top + height;
    }

    /// <summary>The spectrogram as drawn, <c>[bands, columns]</c>, highest band first, 0 to 15; at most so many columns.</summary>
    internal (byte[] Levels, int Columns) Levels(int most)
    {
        using var scope = NewDisposeScope();
        using var gradient = no_grad();
        var config = new FilterbankConfig { SampleRate = sampleRate, MelBins = MelBands };
        var energies = KaldiFeatures.Filterbank(tensor(waveform), config);                    // [frames, bands]
        var frames = (int)energies.shape[0];
        var values = energies.to(ScalarType.Float32).cpu().data<float>().ToArray();
        var columns = Math.Min(frames, most);
        var loudest = values.Max() * 10 / Math.Log(10);
        var levels = new byte[MelBands * columns];
        foreach (var (column, (from, to)) in Parts(frames, columns).Index())
            for (var band = 0; band < MelBands; band++)
            {
                var sum = 0.0;
                for (var frame = from; frame < to; frame++) sum += values[frame * MelBands + band];
                var decibels = sum / (to - from) * 10 / Math.Log(10) - loudest;
                levels[(MelBands - 1 - band) * columns + column] = (byte)Math.Clamp((int)Math.Round((1 + decibels / RangeDecibels) * (Steps - 1)), 0, Steps - 1);
            }
        return (levels, columns);
    }

    private double Loudness(int from, int to)
    {
        var sum = 0.0;
        for (var index = from; index < to; index++) sum += waveform[index] * (double)waveform[index];
        return Math.Sqrt(sum / Math.Max(1, to - from));
    }

    private double Loudest()
    {
        var length = Math.Max(1, sampleRate / 10);
        var parts = Math.Max(1, waveform.Length / length);
        return (Enumerable.Range(0, parts).MaxBy(part => Loudness(part * length, Math.Min(waveform.Length, (part + 1) * length))) + 0.5) * length / sampleRate;
    }

    // Where each of so many even parts of a whole begins and ends.
    private static IEnumerable<(int From, int To)> Parts(int whole, int count) =>
        Enumerable.Range(0, count).Select(part => ((int)((long)part * whole / count), (int)((long)(part + 1) * whole / count)));

    private static string Text(double seconds) => seconds.ToString("0.00", CultureInfo.InvariantCulture);

    private static double Mel(double hertz) => 1127 * Math.Log(1 + hertz / 700);
}
