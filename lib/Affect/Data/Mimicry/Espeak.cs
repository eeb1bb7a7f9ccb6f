namespace Affect.Data.Mimicry;

/// <summary>Speaks a sentence in one flat tone with espeak-ng; the melody is laid on afterwards.</summary>
internal sealed class Espeak(string program)
{
    internal const int SampleRate = 22050;
    private const int HeaderBytes = 44;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Speaks words with a voice of espeak-ng's (accent and timbre), and after each word a pause in milliseconds.</summary>
    /// <returns>The waveform <c>[samples]</c> at <see cref="SampleRate"/>, −1…1.</returns>
    internal float[] Speak(string voice, IReadOnlyList<string> words, IReadOnlyList<int> pauses, double wordsPerMinute)
    {
        var text = new StringBuilder("<speak><prosody range=\"0%\">");
        for (var word = 0; word < words.Count; word++)
        {
            text.Append(SecurityElement.Escape(words[word])).Append(' ');
            if (pauses[word] > 0) text.Append(CultureInfo.InvariantCulture, $"<break time=\"{pauses[word]}ms\"/>");
        }
        text.Append("</prosody></speak>\n");
        return Decode(Run(["-v", voice, "-s", wordsPerMinute.ToString("0", CultureInfo.InvariantCulture), "-m", "-b", "1", "-z", "--stdout", text.ToString()]));
    }

    private byte[] Run(string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment.Remove("GLIBC_TUNABLES");                             // our allocator's settings are not the child's
        using var process = Start(start);
        using var patience = new CancellationTokenSource(Patience);
        using var watchdog = patience.Token.Register(process.Kill);
        // Errors are drained while the sound is read, so that neither pipe can fill and stall the other.
        var errors = process.StandardError.ReadToEndAsync();
        using var sound = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(sound);
        process.WaitForExit();
        return process.ExitCode == 0 && sound.Length > HeaderBytes
            ? sound.ToArray()
            : throw new IOException($"{program} could not speak (exit code {process.ExitCode}): {errors.GetAwaiter().GetResult().Trim()}");
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new FileNotFoundException(
                $"espeak-ng could not be started as '{program}'; Mimic's voices need it. ./lab setup installs it, as does: apt-get install espeak-ng", program, error);
        }
    }

    // A header written to a pipe cannot know the length: everything after it is sound.
    private float[] Decode(byte[] wave)
    {
        var rate = BitConverter.ToInt32(wave, 24);
        if (rate != SampleRate) throw new IOException($"{program} must speak at {SampleRate} Hz, but spoke at {rate} Hz.");
        var samples = new float[(wave.Length - HeaderBytes) / 2];
        for (var sample = 0; sample < samples.Length; sample++) samples[sample] = BitConverter.ToInt16(wave, HeaderBytes + 2 * sample) / 32768f;
        return samples;
    }
}
