using System.Runtime.InteropServices;

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

        using var child = Start(FfmpegArguments.Audio(path, sampleRate), path, cancellation);
        using var output = new PipeBuffer();
        if (!output.Fill(child, most: (long)Array.MaxLength * sizeof(float)))
            throw new MediaException(path, $"the recording has more than {Array.MaxLength} samples, which do not fit into one waveform. Cut it into clips.");
        var exitCode = child.WaitForExit();
        var samples = (int)(output.Length / sizeof(float));
        MediaFault.Check(path, child.Log, exitCode, "audio", samples / (double)sampleRate, config.AcceptTruncated);

        var waveform = new float[samples];
        output.CopyTo(MemoryMarshal.AsBytes(waveform.AsSpan()));
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
        using var child = Start(FfmpegArguments.Frames(path, framesPerSecond, size, config.FrameFit), path, cancellation);
        using var output = new PipeBuffer();
        if (!output.Fill(child, most: Array.MaxLength))
        {
            throw new MediaException(path, FormattableString.Invariant(
                $"its pictures at {framesPerSecond} a second and {size} x {size} pixels take more than 2 GiB. Ask for fewer or smaller ones, or cut the recording into clips."));
        }
        var exitCode = child.WaitForExit();
        var frameBytes = size * size * 3;
        var frames = (int)(output.Length / frameBytes);
        // Sampling coarsely, the last picture stands for up to one interval more than was decoded.
        MediaFault.Check(path, child.Log, exitCode, "video", frames / framesPerSecond, config.AcceptTruncated);

        var pixels = new byte[(long)frames * frameBytes];
        output.CopyTo(pixels);
        return new VideoFrames(pixels, size, framesPerSecond);
    }

    private FfmpegProcess Start(List<string> arguments, string path, CancellationToken cancellation) =>
        new(config.Program, arguments, path, config.StallSeconds, feeds: false, cancellation);

    // Null: not a wave file that can be taken as it is.
    private float[]? ReadWave(string path, int sampleRate, CancellationToken cancellation)
    {
        using var stream = MediaPath.OpenRead(path);
        var header = WaveHeader.TryRead(stream);
        if (header is null) return null;
        header.RequireWhole(stream, path, config.AcceptTruncated);
        return header.SampleRate == sampleRate && header.Channels <= 2 ? header.ReadSamples(stream, path, cancellation) : null;
    }
}
