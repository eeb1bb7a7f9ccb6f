namespace Affect.Media;

/// <summary>Writes clips as ordinary mp4 files: H.264 pictures and AAC sound.</summary>
public static class MediaWriter
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
    /// <exception cref="ArgumentException">
    /// A size is odd, a picture has another, there is no picture or sample, or one is NaN or infinite.
    /// </exception>
    /// <exception cref="MediaException">ffmpeg could not write the file, as when it was built without libx264.</exception>
    /// <exception cref="FileNotFoundException">ffmpeg is not installed.</exception>
    public static void WriteMp4(string path, IEnumerable<byte[]> rgbFrames, int width, int height, double framesPerSecond, float[] audio,
        int sampleRate = 16000, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(rgbFrames);
        ArgumentNullException.ThrowIfNull(audio);
        WriteTogether([new Movie(path, rgbFrames, audio)], width, height, framesPerSecond, sampleRate, Interruption.Or(cancellation));
    }

    /// <summary>
    /// Writes several clips with one ffmpeg, whose start takes longer than a short clip. Each is the same bytes as by <see cref="WriteMp4"/>, and
    /// appears under its name only when all of them are finished.
    /// </summary>
    /// <inheritdoc cref="WriteMp4"/>
    internal static void WriteTogether(
        IReadOnlyList<Movie> movies, int width, int height, double framesPerSecond, int sampleRate, CancellationToken cancellation)
    {
        if (movies.Count == 0) return;
        foreach (var movie in movies) RequireWritable(movie.Audio, width, height, framesPerSecond, sampleRate);
        var unique = $"{Environment.ProcessId}-{Guid.NewGuid():N}";
        // A child has one standard input: it takes the pictures of one clip. Those of several, and all sounds, wait in the system's temporary folder.
        var work = Path.Combine(Path.GetTempPath(), $"affect-clips-{unique}");
        var finished = movies.Select(movie => $"{Path.GetFullPath(movie.Path)}.{unique}.mp4.tmp").ToArray();
        var size = FormattableString.Invariant($"{width}x{height}");
        try
        {
            Directory.CreateDirectory(work);
            var (inputs, outputs) = (new List<string>(), new List<string>());
            foreach (var (number, movie) in movies.Index())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(finished[number])!);
                var (pictures, sound) = (Path.Combine(work, $"{number}.rgb"), Path.Combine(work, $"{number}.wav"));
                File.WriteAllBytes(sound, WaveFile.Encode(movie.Audio, sampleRate));
                if (movies.Count > 1) SavePictures(pictures, Checked(movie.RgbFrames, width, height, cancellation));
                var source = movies.Count > 1 ? MediaPath.ForFfmpeg(pictures) : "pipe:0";
                inputs.AddRange(FfmpegArguments.ClipSource(size, framesPerSecond, source, sound));
                outputs.AddRange([.. FfmpegArguments.ClipTarget(pictures: 2 * number, sound: 2 * number + 1), MediaPath.ForFfmpeg(finished[number])]);
            }
            var fed = movies.Count > 1 ? null : Checked(movies[0].RgbFrames, width, height, cancellation);
            Encode(movies[0].Path, [.. inputs, .. outputs], fed, cancellation);
            foreach (var path in finished)
                using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
            foreach (var (number, movie) in movies.Index()) File.Move(finished[number], Path.GetFullPath(movie.Path), overwrite: true);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not (MediaException or FileNotFoundException)))
        {
            var others = movies.Count == 1 ? "" : $"and the {movies.Count - 1} clips with it ";
            throw new MediaException(movies[0].Path, $"{others}could not be written ({error.Message}); what was there before is unchanged.", error);
        }
        finally
        {
            if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
            foreach (var path in finished)
                if (File.Exists(path)) File.Delete(path);
        }
    }

    private static void Encode(string path, List<string> arguments, IEnumerable<byte[]>? fed, CancellationToken cancellation)
    {
        string[] start = ["-hide_banner", "-v", "level+error", "-y", .. fed is null ? (string[])["-nostdin"] : []];
        using var child = new FfmpegProcess(new FfmpegConfig(), [.. start, .. arguments], path, cancellation, feeds: fed is not null);
        foreach (var frame in fed ?? [])
            if (!child.Write(frame)) break;
        child.CloseInput();
        if (child.WaitForExit() == 0) return;
        var advice = child.Log.Says("Unknown encoder") ? " Install an ffmpeg with libx264; ./lab setup does." : "";
        throw new MediaException(path, $"could not be written: {child.Log.Summary()}.{advice}");
    }

    private static void SavePictures(string path, IEnumerable<byte[]> frames)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var frame in frames) file.Write(frame);
    }

    private static IEnumerable<byte[]> Checked(IEnumerable<byte[]> rgbFrames, int width, int height, CancellationToken cancellation)
    {
        var (count, bytes) = (0, width * height * 3);
        foreach (var frame in rgbFrames)
        {
            cancellation.ThrowIfCancellationRequested();
            if (frame.Length != bytes)
            {
                throw new ArgumentException(
                    $"rgbFrames must hold pictures of {width} x {height} x 3 = {bytes} bytes, but picture {count} has {frame.Length}.",
                    nameof(rgbFrames));
            }
            count++;
            yield return frame;
        }
        if (count == 0) throw new ArgumentException("rgbFrames must hold at least one picture, but is empty.", nameof(rgbFrames));
    }

    private static void RequireWritable(float[] audio, int width, int height, double framesPerSecond, int sampleRate)
    {
        Require.Between(2, 16384, width, nameof(width));
        Require.Between(2, 16384, height, nameof(height));
        Require.Between(0.01, 1000, framesPerSecond, nameof(framesPerSecond));
        Require.Between(8000, 96000, sampleRate, nameof(sampleRate));
        if (width % 2 != 0 || height % 2 != 0)
            throw new ArgumentException($"width and height must be even, but were {width} x {height}.", nameof(width));
        if (audio.Length == 0) throw new ArgumentException("audio must hold at least one sample, but is empty.", nameof(audio));
        if (SoundFault.FirstNotFinite(audio) is { } bad)
            throw new ArgumentException($"audio must hold finite numbers, but {SoundFault.Name(bad, audio[bad], sampleRate)}.", nameof(audio));
    }
}
