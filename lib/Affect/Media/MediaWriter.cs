namespace Affect.Media;

/// <summary>Writes clips as ordinary mp4 files: H.264 pictures and AAC sound.</summary>
public static partial class MediaWriter
{
    /// <summary>Writes one clip, atomically. The same input gives the same bytes with the same ffmpeg.</summary>
    /// <param name="path">The file; its folder is made if it is missing.</param>
    /// <param name="rgbFrames">Pictures in order, each <c>[height, width, 3]</c> red-green-blue bytes; enumerated once, one held at a time.</param>
    /// <param name="width">Pixels; even, as H.264 halves the colour planes.</param>
    /// <param name="height">Pixels; even.</param>
    /// <param name="framesPerSecond">Pictures a second.</param>
    /// <param name="audio">Mono waveform <c>[samples]</c>, −1…1.</param>
    /// <param name="sampleRate">Hertz.</param>
    /// <param name="cancellation">Ends the work; no file is left.</param>
    /// <exception cref="ArgumentException">A size is odd, there is no picture or sample, a sample is NaN or infinite, or a picture has another size.</exception>
    /// <exception cref="MediaException">ffmpeg could not write the file, as when it was built without libx264.</exception>
    /// <exception cref="FileNotFoundException">ffmpeg is not installed.</exception>
    public static void WriteMp4(string path, IEnumerable<byte[]> rgbFrames, int width, int height, double framesPerSecond, float[] audio,
        int sampleRate = 16000, CancellationToken cancellation = default)
    {
        cancellation = Interruption.Or(cancellation);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(rgbFrames);
        ArgumentNullException.ThrowIfNull(audio);
        RequireWritable(width, height, framesPerSecond, audio, sampleRate);

        var full = Path.GetFullPath(path);
        // ffmpeg has one standard input, and that is for the pictures: the sound waits in a file beside.
        var temporary = $"{full}.{Environment.ProcessId}-{Guid.NewGuid():N}";
        var soundPath = temporary + ".wav.tmp";
        var moviePath = temporary + ".mp4.tmp";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllBytes(soundPath, WaveFile.Encode(audio, sampleRate));
            Encode(path, moviePath, soundPath, rgbFrames, width, height, framesPerSecond, cancellation);
            using (var movie = new FileStream(moviePath, FileMode.Open, FileAccess.ReadWrite)) movie.Flush(flushToDisk: true);
            File.Move(moviePath, full, overwrite: true);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not (MediaException or FileNotFoundException)))
        {
            throw new MediaException(path, $"could not be written ({error.Message}); what was there before is unchanged.", error);
        }
        finally
        {
            if (File.Exists(soundPath)) File.Delete(soundPath);
            if (File.Exists(moviePath)) File.Delete(moviePath);
        }
    }

    private static void Encode(string path, string moviePath, string soundPath, IEnumerable<byte[]> rgbFrames, int width, int height,
        double framesPerSecond, CancellationToken cancellation)
    {
        var config = new FfmpegConfig();
        string[] arguments =
        [
            .. Quietly, .. RawPictures(width, height, framesPerSecond), "-i", "pipe:0", "-f", "wav", "-i", MediaPath.ForFfmpeg(soundPath),
            .. Encoding(pictures: 0, sound: 1), MediaPath.ForFfmpeg(moviePath),
        ];
        using var child = new FfmpegProcess(config.Program, arguments, path, config.StallSeconds, feeds: true, cancellation);
        var count = 0;
        foreach (var frame in rgbFrames)
        {
            cancellation.ThrowIfCancellationRequested();
            if (frame.Length != width * height * 3) throw new ArgumentException(WrongSize(frame, count, width, height), nameof(rgbFrames));
            if (!child.Write(frame)) break;
            count++;
        }
        child.CloseInput();
        var exitCode = child.WaitForExit();
        if (exitCode == 0 && count == 0) throw new ArgumentException("rgbFrames must hold at least one picture, but is empty.", nameof(rgbFrames));
        if (exitCode != 0) throw Unwritten(path, child.Log);
    }

    private static string[] Quietly => ["-hide_banner", "-v", "level+error", "-y"];

    private static string[] RawPictures(int width, int height, double framesPerSecond) =>
    [
        "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", FormattableString.Invariant($"{width}x{height}"), "-r", framesPerSecond.ToString("R", CultureInfo.InvariantCulture),
    ];

    private static string[] Encoding(int pictures, int sound) =>
    [
        "-map", FormattableString.Invariant($"{pictures}:v"), "-map", FormattableString.Invariant($"{sound}:a"),
        // The default coder of AAC, twoloop, takes half of a short clip's time and is worse than fast above 64 kb/s, says ffmpeg's manual; ours has more.
        "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-threads:v", "1", "-c:a", "aac", "-aac_coder", "fast",
        // No dates, version strings or thread-dependent decisions: the same pictures give the same bytes.
        "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-map_metadata", "-1", "-f", "mp4",
    ];

    private static void RequireWritable(int width, int height, double framesPerSecond, float[] audio, int sampleRate)
    {
        Require.Between(2, 16384, width, nameof(width));
        Require.Between(2, 16384, height, nameof(height));
        Require.Between(0.01, 1000, framesPerSecond, nameof(framesPerSecond));
        Require.Between(8000, 96000, sampleRate, nameof(sampleRate));
        if (width % 2 != 0 || height % 2 != 0) throw new ArgumentException($"width and height must be even, but were {width} x {height}.", nameof(width));
        if (audio.Length == 0) throw new ArgumentException("audio must hold at least one sample, but is empty.", nameof(audio));
        if (SoundFault.FirstNotFinite(audio) is { } bad) throw new ArgumentException($"audio must hold finite numbers, but {SoundFault.Name(bad, audio[bad], sampleRate)}.", nameof(audio));
    }

    private static string WrongSize(byte[] frame, int number, int width, int height) =>
        $"rgbFrames must hold pictures of {width} x {height} x 3 = {width * height * 3} bytes, but picture {number} has {frame.Length}.";

    private static MediaException Unwritten(string path, FfmpegLog log)
    {
        var advice = log.Says("Unknown encoder") ? " Install an ffmpeg with libx264; ./lab setup does." : "";
        return new MediaException(path, $"could not be written: {log.Summary()}.{advice}");
    }
}
