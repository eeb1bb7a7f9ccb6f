namespace Affect.Tests.Media;

/// <summary>A temporary folder with clips in many formats, all made of one known sound and one known film.</summary>
public sealed class MediaFolder : IDisposable
{
    public const int SampleRate = 16000;
    public const double FilmRate = 25;
    public const int FilmFrames = 50;

    private const string Twice = "pan=stereo|c0=c0|c1=c0";

    public MediaFolder()
    {
        Directory.CreateDirectory(Path);
        Sound = Sine(seconds: 2, hertz: 440, amplitude: 0.25f);
        WaveFile.Write(this["sound.wav"], Sound, SampleRate);
        MediaWriter.WriteMp4(this["film.mp4"], Film(96, 64), 96, 64, FilmRate, Sound, SampleRate);
        // One start of ffmpeg for all of them.
        Ffmpeg("-i", this["sound.wav"], "-i", this["film.mp4"],
            "-map", "0:a", this["sound.flac"], "-map", "0:a", this["sound.mp3"], "-map", "0:a", "-c:a", "libvorbis", this["sound.ogg"],
            "-map", "0:a", "-c:a", "aac", this["sound.m4a"], "-map", "0:a", "-c:a", "libopus", this["sound.webm"],
            "-map", "0:a", this["sound.aiff"], "-map", "0:a", "-ar", "44100", "-filter:a", Twice, this["stereo.flac"],
            "-map", "0:a", "-ar", "16000", "-filter:a", Twice, this["stereo.wav"],
            "-map", "1:v", "-c", "copy", this["silent.mp4"], "-map", "1", "-c", "copy", this["film.mkv"], "-map", "1", "-c", "copy", this["film.avi"],
            "-map", "1", "-c", "copy", "-movflags", "+faststart", this["index-first.mp4"],
            "-map", "0:a", "-map", "1:v", "-frames:v", "1", "-c:v", "png", "-disposition:v", "attached_pic", this["cover.mp3"],
            "-map", "1:v", "-frames:v", "3", "-c:v", "libx264", "-preset", "ultrafast", "-aspect", "3:1", this["wide-pixels.mp4"]);
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("affect-media-").FullName;

    /// <summary>Two seconds of 440 Hz.</summary>
    public float[] Sound { get; }

    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>The first part of a file, as a copy that stopped would leave it.</summary>
    public string Truncated(string name, double share)
    {
        var bytes = File.ReadAllBytes(this[name]);
        return Write("truncated-" + name, bytes[..(int)(bytes.Length * share)]);
    }

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(this[name], bytes);
        return this[name];
    }

    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    /// <summary>A program that stands in for ffmpeg.</summary>
    public string Program(string name, string script)
    {
        var path = Write(name, "#!/bin/sh\n" + script + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }

    public static float[] Sine(double seconds, double hertz, float amplitude) =>
        [.. Enumerable.Range(0, (int)(seconds * SampleRate)).Select(i => amplitude * (float)Math.Sin(2 * Math.PI * hertz * i / SampleRate))];

    /// <summary>The film: picture i has the grey level 5 i throughout.</summary>
    public static IEnumerable<byte[]> Film(int width, int height)
    {
        for (var frame = 0; frame < FilmFrames; frame++)
        {
            var picture = new byte[width * height * 3];
            Array.Fill(picture, (byte)(5 * frame));
            yield return picture;
        }
    }

    /// <summary>The loudest of the sound's middle: 0.25 where nothing changed it.</summary>
    public static float Peak(float[] waveform) => waveform[(waveform.Length / 4)..(waveform.Length * 3 / 4)].Max();

    /// <summary>Cycles a second, from the upward crossings of zero.</summary>
    public static double Hertz(float[] waveform, int sampleRate = SampleRate)
    {
        var middle = waveform[(waveform.Length / 4)..(waveform.Length * 3 / 4)];
        var crossings = Enumerable.Range(1, middle.Length - 1).Count(i => middle[i - 1] < 0 && middle[i] >= 0);
        return crossings * (double)sampleRate / middle.Length;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    /// <summary>Runs the real ffmpeg.</summary>
    public static void Ffmpeg(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-nostdin", "-y", .. arguments]) { UseShellExecute = false })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
