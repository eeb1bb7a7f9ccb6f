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
        cancellation = Begin(path, cancellation);
        var output = FfmpegProcess.Run(config, FfmpegArguments.Probe(path), path, cancellation, probes: true);
        return output.ExitCode == 0 ? FfprobeJson.Parse(output.Bytes.Span, path) : throw MediaFault.Unreadable(path, output.Log);
    }

    /// <inheritdoc/>
    /// <exception cref="FileNotFoundException">ffmpeg is not installed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the child has been ended.</exception>
    public float[] DecodeAudio(string path, int sampleRate = 16000, CancellationToken cancellation = default)
    {
        Require.Between(1000, 768000, sampleRate, nameof(sampleRate));
        cancellation = Begin(path, cancellation);
        if (ReadWave(path, sampleRate, cancellation) is { } direct) return direct;
        var (waveform, log) = Sound(path, sampleRate, FfmpegArguments.FirstSound, cancellation);
        if (SoundFault.FirstNotFinite(waveform) is { } bad) throw NotFinite(path, bad, sampleRate, log, cancellation);
        return waveform;
    }

    /// <inheritdoc/>
    /// <exception cref="FileNotFoundException">ffmpeg is not installed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the child has been ended.</exception>
    public VideoFrames DecodeFrames(string path, double framesPerSecond, int size, CancellationToken cancellation = default)
    {
        Require.Between(0.001, 1000, framesPerSecond, nameof(framesPerSecond));
        Require.Between(8, 4096, size, nameof(size));
        cancellation = Begin(path, cancellation);
        return Pictures(path, framesPerSecond, size, FfmpegArguments.FirstPictures, cancellation);
    }

    private static CancellationToken Begin(string path, CancellationToken given)
    {
        var cancellation = Interruption.Or(given);
        cancellation.ThrowIfCancellationRequested();
        MediaPath.RequireFile(path);
        return cancellation;
    }

    // Which track is the clip's is known only from what ffmpeg tells of the file; another start is needed only where it is not the first.
    private (float[] Waveform, FfmpegLog Log) Sound(string path, int? sampleRate, string track, CancellationToken cancellation)
    {
        string? Other(FfmpegLog log) => track == FfmpegArguments.FirstSound ? log.OtherSound() : null;
        var output = FfmpegProcess.Run(
            config, FfmpegArguments.Audio(path, sampleRate, track), path, cancellation, until: log => log.IsInputTold && Other(log) is not null);
        if (Other(output.Log) is { } other) return Sound(path, sampleRate, other, cancellation);
        var waveform = output.ToWaveform(path);
        if (sampleRate is { } rate) MediaFault.Check(path, output, "audio", waveform.Length / (double)rate, config.AcceptTruncated);
        return (waveform, output.Log);
    }

    // Resampling spreads one such sample over its neighbours, so the file's own samples are looked through.
    private MediaException NotFinite(string path, int resampled, int sampleRate, FfmpegLog log, CancellationToken cancellation)
    {
        var (own, _) = Sound(path, sampleRate: null, FfmpegArguments.FirstSound, cancellation);
        return SoundFault.FirstNotFinite(own) is { } sample && log.SampleRate is { } rate
            ? SoundFault.NotFinite(path, sample, own[sample], rate)
            : SoundFault.NotFinite(path, resampled, float.NaN, sampleRate);
    }

    private VideoFrames Pictures(string path, double framesPerSecond, int size, string track, CancellationToken cancellation)
    {
        string? Other(FfmpegLog log) => track == FfmpegArguments.FirstPictures ? log.OtherPictures() : null;
        var output = FfmpegProcess.Run(
            config, FfmpegArguments.Frames(path, framesPerSecond, size, config.FrameFit, track), path, cancellation,
            until: log => log.IsInputTold && (Other(log) is not null || log.PicturesChange));
        if (output.IsTooLong) throw TooMany(path, framesPerSecond, size);
        if (Other(output.Log) is { } other) return Pictures(path, framesPerSecond, size, other, cancellation);
        if (output.Log.PicturesChange) return Changing(path, framesPerSecond, size, track, cancellation);
        var frameBytes = size * size * 3;
        var frames = output.Bytes.Length / frameBytes;
        // Sampling coarsely, the last picture stands for up to one interval more than was decoded.
        MediaFault.Check(path, output, "video", frames / framesPerSecond, config.AcceptTruncated);
        return new VideoFrames(output.Bytes[..(frames * frameBytes)].ToArray(), size, framesPerSecond);
    }

    private VideoFrames Changing(string path, double framesPerSecond, int size, string track, CancellationToken cancellation)
    {
        using var child = new FfmpegProcess(config, FfmpegArguments.EveryPicture(path, size, config.FrameFit, track), path, cancellation);
        var sampling = new ChangingPictures(framesPerSecond, size);
        var pixels = sampling.Read(child) ?? throw TooMany(path, framesPerSecond, size);
        var output = new FfmpegOutput(child.Log, child.WaitForExit(), pixels, IsTooLong: false);
        MediaFault.Check(path, output, "video", sampling.Count / framesPerSecond, config.AcceptTruncated);
        return new VideoFrames(pixels, size, framesPerSecond);
    }

    private static MediaException TooMany(string path, double framesPerSecond, int size) => new(path, FormattableString.Invariant(
        $"its pictures at {framesPerSecond} a second and {size} x {size} pixels take more than 2 GiB. ")
        + "Ask for fewer or smaller ones, or cut the recording into clips.");

    // Null: not a wave file that we take ourselves.
    private float[]? ReadWave(string path, int sampleRate, CancellationToken cancellation)
    {
        using var stream = MediaPath.OpenRead(path);
        if (RiffWave.TryOpen(stream, path) is not { } wave) return null;
        wave.RequireWhole(config.AcceptTruncated);
        if (!wave.IsReadable) return null;
        if (wave.SampleRate == sampleRate) return wave.ReadSamples(cancellation);
        // What ffmpeg would read otherwise, or could say less of, it only resamples.
        if (wave is { IsPlain: true, IsFloat: false, Channels: <= FfmpegArguments.MostChannels }) return null;
        var waveform = wave.ReadSamples(cancellation);
        var output = FfmpegProcess.Run(
            config, FfmpegArguments.Resample(wave.SampleRate, sampleRate), path, cancellation, feed: child => child.Feed<float>(waveform));
        var resampled = output.ToWaveform(path);
        MediaFault.Check(path, output, "audio", resampled.Length / (double)sampleRate, acceptTruncated: true);
        return resampled;
    }
}
