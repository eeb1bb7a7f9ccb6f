namespace Affect.Media;

public static partial class MediaWriter
{
    /// <summary>
    /// Writes several clips with one ffmpeg, whose start takes longer than a short clip. Each is the same bytes as by <see cref="WriteMp4"/>, and appears
    /// under its name only when all of them are finished.
    /// </summary>
    /// <param name="movies">The clips; all of one size and rate.</param>
    /// <param name="width">Pixels; even.</param>
    /// <param name="height">Pixels; even.</param>
    /// <param name="framesPerSecond">Pictures a second.</param>
    /// <param name="sampleRate">Hertz.</param>
    /// <param name="cancellation">Ends the work; none of the files is left.</param>
    /// <exception cref="ArgumentException">A size is odd, a clip has no picture or sample, or a picture has another size.</exception>
    /// <exception cref="MediaException">A file could not be written; those that were there before are unchanged.</exception>
    /// <exception cref="FileNotFoundException">ffmpeg is not installed.</exception>
    internal static void WriteTogether(IReadOnlyList<Movie> movies, int width, int height, double framesPerSecond, int sampleRate, CancellationToken cancellation)
    {
        if (movies.Count == 0) return;
        foreach (var movie in movies) RequireWritable(width, height, framesPerSecond, movie.Audio, sampleRate);
        var unique = $"{Environment.ProcessId}-{Guid.NewGuid():N}";
        // A child has one standard input and here several clips: their pictures and sounds wait in files of the system's temporary folder.
        var work = Path.Combine(Path.GetTempPath(), $"affect-clips-{unique}");
        var finished = movies.Select(movie => $"{Path.GetFullPath(movie.Path)}.{unique}.mp4.tmp").ToArray();
        try
        {
            Directory.CreateDirectory(work);
            var (inputs, outputs) = (new List<string>(), new List<string>());
            foreach (var (number, movie) in movies.Index())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(finished[number])!);
                var (pictures, sound) = (Path.Combine(work, $"{number}.rgb"), Path.Combine(work, $"{number}.wav"));
                File.WriteAllBytes(sound, WaveFile.Encode(movie.Audio, sampleRate));
                SavePictures(pictures, movie.RgbFrames, width, height, cancellation);
                inputs.AddRange([.. RawPictures(width, height, framesPerSecond), "-i", MediaPath.ForFfmpeg(pictures), "-f", "wav", "-i", MediaPath.ForFfmpeg(sound)]);
                outputs.AddRange([.. Encoding(pictures: 2 * number, sound: 2 * number + 1), MediaPath.ForFfmpeg(finished[number])]);
            }
            RunTogether(movies, [.. Quietly, .. inputs, .. outputs], cancellation);
            foreach (var path in finished)
                using (var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite)) file.Flush(flushToDisk: true);
            foreach (var (number, movie) in movies.Index()) File.Move(finished[number], Path.GetFullPath(movie.Path), overwrite: true);
        }
        catch (Exception error) when (error is UnauthorizedAccessException or (IOException and not (MediaException or FileNotFoundException)))
        {
            throw new MediaException(movies[0].Path, $"and the {movies.Count - 1} clips with it could not be written ({error.Message}); what was there before is unchanged.", error);
        }
        finally
        {
            if (Directory.Exists(work)) Directory.Delete(work, recursive: true);
            foreach (var path in finished)
                if (File.Exists(path)) File.Delete(path);
        }
    }

    private static void SavePictures(string path, IEnumerable<byte[]> rgbFrames, int width, int height, CancellationToken cancellation)
    {
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        var count = 0;
        foreach (var frame in rgbFrames)
        {
            cancellation.ThrowIfCancellationRequested();
            if (frame.Length != width * height * 3) throw new ArgumentException(WrongSize(frame, count, width, height), nameof(rgbFrames));
            count++;
            file.Write(frame);
        }
        if (count == 0) throw new ArgumentException("rgbFrames must hold at least one picture, but is empty.", nameof(rgbFrames));
    }

    private static void RunTogether(IReadOnlyList<Movie> movies, string[] arguments, CancellationToken cancellation)
    {
        var config = new FfmpegConfig();
        using var child = new FfmpegProcess(config.Program, ["-nostdin", .. arguments], movies[0].Path, config.StallSeconds, feeds: false, cancellation);
        if (child.WaitForExit() != 0) throw Unwritten(movies[0].Path, child.Log);
    }
}
