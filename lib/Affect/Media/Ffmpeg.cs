namespace Affect.Media;

/// <summary>Reads media files through the programs ffmpeg and ffprobe.</summary>
/// <remarks>
/// <para>Each call starts one child with an argument list, never a shell, and reads its pipe; wave files that already have the wished-for rate
/// are read directly, as starting ffmpeg costs more than decoding a clip. Opening is restricted to local files and to containers that hold their
/// own data; a playlist or script that names other files is refused, whatever its name ends in.</para>
/// <para>A file that ends before its own header says (by a quarter of a second or 2 %, whichever is more) is refused as truncated, unless
/// <see cref="FfmpegConfig.AcceptTruncated"/>. Formats that declare no length of their own (raw AAC, MP3 without a header, Ogg, ASF, MPEG streams)
/// cannot be seen to be truncated. Damage in the middle that the decoder conceals is accepted.</para>
/// </remarks>
public sealed class Ffmpeg : IMediaReader
{
    private readonly FfmpegConfig config;

    /// <summary>A reader; nothing is started yet.</summary>
    /// <param name="config">Which ffmpeg, and how strictly; the defaults where left out.</param>
    public Ffmpeg(FfmpegConfig? config = null) => this.config = config ?? new FfmpegConfig();

    /// <inheritdoc/>
    /// <exception cref="FileNotFoundException">ffprobe is not installed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the child has been ended.</exception>
    public MediaInfo Probe(string path, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        cancellation.ThrowIfCancellationRequested();
        MediaPath.RequireFile(path);
        using var child = new FfmpegProcess(config.ProbeProgram, FfmpegArguments.Probe(path), path, config.StallSeconds, feeds: false, cancellation);
        using var output = new PipeBuffer();
        output.Fill(child, most: 1 << 24);
        var exitCode = child.WaitForExit();
        var json = new byte[output.Length];
        output.CopyTo(json);
        return exitCode == 0 ? FfprobeJson.Parse(json, path) : throw MediaFault.Unreadable(path, child.Log);
    }

    /// <inheritdoc/>
    /// <exception cref="FileNotFoundException">ffmpeg is not installed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the child has been ended.</exception>
    public float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        cancellation.ThrowIfCancellationRequested();
        Require.Between(1000, 768000, sampleRate, nameof(sampleRate));
        MediaPath.RequireFile(path);
        if (ReadWave(path, sampleRate, cancellation) is { } direct) return direct;
        var (waveform, log) = Sound(path, sampleRate, FfmpegArguments.FirstSound, cancellation);
        if (SoundFault.FirstNotFinite(waveform) is not null) throw NotFinite(path, waveform, sampleRate, log, cancellation);
        return waveform;
    }

    /// <inheritdoc/>
    /// <exception cref="FileNotFoundException">ffmpeg is not installed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the child has been ended.</exception>
    public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        cancellation.ThrowIfCancellationRequested();
        Require.Between(0.001, 1000, framesPerSecond, nameof(framesPerSecond));
        Require.Between(8, 4096, size, nameof(size));
        MediaPath.RequireFile(path);
        return Pictures(path, framesPerSecond, size, FfmpegArguments.FirstPictures, cancellation);
    }

    private (float[] Waveform, FfmpegLog Log) Sound(string path, int? sampleRate, string track, CancellationToken cancellation)
    {
        using var child = Start(FfmpegArguments.Audio(path, sampleRate, track), path, cancellation);
        using var output = new PipeBuffer();
        string? Other() => track == FfmpegArguments.FirstSound ? child.Log.OtherSound : null;
        if (!output.Fill(child, most: (long)Array.MaxLength * sizeof(float), until: () => child.Log.IsInputTold && Other() is not null))
            throw new MediaException(path, $"the recording has more than {Array.MaxLength} samples, which do not fit into one waveform. Cut it into clips.");
        // Which track is the clip's is known only from what ffmpeg tells of the file; another start is needed only where it is not the first.
        var exitCode = child.Log.IsInputTold && Other() is not null ? 0 : child.WaitForExit();
        if (Other() is { } other) return Sound(path, sampleRate, other, cancellation);
        var waveform = new float[output.Length / sizeof(float)];
        if (sampleRate is { } rate) MediaFault.Check(path, child.Log, exitCode, "audio", waveform.Length / (double)rate, config.AcceptTruncated);
        output.CopyTo(MemoryMarshal.AsBytes(waveform.AsSpan()));
        return (waveform, child.Log);
    }

    // Resampling spreads one such sample over its neighbours, so the file's own samples are looked through.
    private MediaException NotFinite(string path, float[] waveform, int sampleRate, FfmpegLog log, CancellationToken cancellation)
    {
        var (own, _) = Sound(path, sampleRate: null, FfmpegArguments.FirstSound, cancellation);
        return SoundFault.FirstNotFinite(own) is { } sample && log.SampleRate is { } rate
            ? SoundFault.NotFinite(path, sample, own[sample], rate)
            : SoundFault.NotFinite(path, SoundFault.FirstNotFinite(waveform) ?? 0, float.NaN, sampleRate);
    }

    private VideoFrames Pictures(string path, double framesPerSecond, int size, string track, CancellationToken cancellation)
    {
        using var child = Start(FfmpegArguments.Frames(path, framesPerSecond, size, config.FrameFit, track), path, cancellation);
        using var output = new PipeBuffer();
        string? Other() => track == FfmpegArguments.FirstPictures ? child.Log.OtherPictures : null;
        bool IsSettled() => child.Log.IsInputTold && (Other() is not null || child.Log.PicturesChange);
        if (!output.Fill(child, most: Array.MaxLength, until: IsSettled)) throw TooMany(path, framesPerSecond, size);
        var exitCode = IsSettled() ? 0 : child.WaitForExit();
        if (Other() is { } other) return Pictures(path, framesPerSecond, size, other, cancellation);
        if (child.Log.PicturesChange) return Changing(path, framesPerSecond, size, track, cancellation);
        var frameBytes = size * size * 3;
        var frames = (int)(output.Length / frameBytes);
        // Sampling coarsely, the last picture stands for up to one interval more than was decoded.
        MediaFault.Check(path, child.Log, exitCode, "video", frames / framesPerSecond, config.AcceptTruncated);

        var pixels = new byte[(long)frames * frameBytes];
        output.CopyTo(pixels);
        return new VideoFrames(pixels, size, framesPerSecond);
    }

    private VideoFrames Changing(string path, double framesPerSecond, int size, string track, CancellationToken cancellation)
    {
        using var child = Start(FfmpegArguments.EveryPicture(path, size, config.FrameFit, track), path, cancellation);
        var sampling = new ChangingPictures(framesPerSecond, size);
        var pixels = sampling.Read(child) ?? throw TooMany(path, framesPerSecond, size);
        MediaFault.Check(path, child.Log, child.WaitForExit(), "video", sampling.Count / framesPerSecond, config.AcceptTruncated);
        return new VideoFrames(pixels, size, framesPerSecond);
    }

    private static MediaException TooMany(string path, double framesPerSecond, int size) => new(path, FormattableString.Invariant(
        $"its pictures at {framesPerSecond} a second and {size} x {size} pixels take more than 2 GiB. Ask for fewer or smaller ones, or cut the recording into clips."));

    private FfmpegProcess Start(List<string> arguments, string path, CancellationToken cancellation) =>
        new(config.Program, arguments, path, config.StallSeconds, feeds: false, cancellation);

    // Null: not a wave file that we take ourselves.
    private float[]? ReadWave(string path, int sampleRate, CancellationToken cancellation)
    {
        using var stream = MediaPath.OpenRead(path);
        var header = WaveHeader.TryRead(stream);
        if (header is null) return null;
        header.RequireWhole(path, config.AcceptTruncated);
        if (!header.IsReadable) return null;
        if (header.SampleRate == sampleRate) return header.ReadSamples(stream, path, cancellation);
        // What ffmpeg would read otherwise, or could say less of, it only resamples.
        if (header.Chunks.IsPlain && !header.IsFloat && header.Channels <= FfmpegArguments.MostChannels) return null;
        return Resample(header.ReadSamples(stream, path, cancellation), header.SampleRate, sampleRate, path, cancellation);
    }

    private float[] Resample(float[] waveform, int from, int to, string path, CancellationToken cancellation)
    {
        using var child = new FfmpegProcess(config.Program, FfmpegArguments.Resample(from, to), path, config.StallSeconds, feeds: true, cancellation);
        using var output = new PipeBuffer();
        var feeding = child.Feed<float>(waveform);
        if (!output.Fill(child, most: (long)Array.MaxLength * sizeof(float)))
            throw new MediaException(path, $"the recording has more than {Array.MaxLength} samples, which do not fit into one waveform. Cut it into clips.");
        var exitCode = child.WaitForExit();
        feeding.GetAwaiter().GetResult();
        var resampled = new float[output.Length / sizeof(float)];
        MediaFault.Check(path, child.Log, exitCode, "audio", resampled.Length / (double)to, acceptTruncated: true);
        output.CopyTo(MemoryMarshal.AsBytes(resampled.AsSpan()));
        return resampled;
    }
}
