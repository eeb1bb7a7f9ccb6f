namespace Affect.Media;

/// <summary>Turns what ffmpeg said and did into one readable error.</summary>
internal static class MediaFault
{
    private const string CopyAgain = "Copy or download it again, or leave the clip out.";

    /// <summary>Checks a finished decode.</summary>
    /// <param name="path">The file.</param>
    /// <param name="output">What the child said, and its exit code.</param>
    /// <param name="wish"><c>audio</c> or <c>video</c>.</param>
    /// <param name="seconds">How much was decoded.</param>
    /// <param name="acceptTruncated">Whether a file may end early.</param>
    /// <exception cref="MediaException">Something is wrong with the file.</exception>
    internal static void Check(string path, FfmpegOutput output, string wish, double seconds, bool acceptTruncated)
    {
        var (log, exitCode) = (output.Log, output.ExitCode);
        if (log.Streams > 0 && !(wish == "audio" ? log.HasAudio : log.HasVideo))
        {
            var found = log.HasAudio ? "only audio" : log.HasVideo ? "only video" : "neither audio nor video";
            throw new MediaException(path, $"expected {wish}, but the file holds {found}. Use a clip with {wish}, or leave this modality out.");
        }
        if (exitCode != 0 && log.Streams == 0) throw Unreadable(path, log);
        if (exitCode != 0 && wish == "audio" && log.Channels > FfmpegArguments.MostChannels)
        {
            throw new MediaException(path,
                $"expected at most {FfmpegArguments.MostChannels} channels, which is what ffmpeg mixes, but the file has {log.Channels}. "
                + "Split it into files of fewer channels, or save it as a wave file of 16, 24 or 32 bits, which may have any number.");
        }
        if (exitCode != 0 || (seconds == 0 && log.HasErrors))
        {
            throw new MediaException(path,
                $"its {wish} could not be decoded ({Words(log, exitCode)}): the file is damaged, or this ffmpeg lacks the codec. {CopyAgain}");
        }
        if (seconds == 0)
            throw new MediaException(path, $"expected {wish}, but the file's {wish} is of zero length. Leave the clip out of the manifest.");
        if (acceptTruncated) return;
        // An AVI file's declared length is worked out from what is there, so only the cut itself tells.
        if (log.EndsEarly && log.Container == "avi")
            throw new MediaException(path, $"the file is truncated or damaged: its last packet is cut short. {CopyAgain}");
        if (log.DeclaredSeconds is { } declared && seconds < declared - Tolerance(declared) && (log.EndsEarly || CountsSamples(log.Container)))
            throw Truncated(path, declared, seconds, wish, log.Summary() is { Length: > 0 } words ? $" ({words})" : "");
    }

    /// <summary>The file holds less than it promises.</summary>
    internal static MediaException Truncated(string path, double declared, double found, string wish, string because = "") =>
        new(path, FormattableString.Invariant(
            $"the file is truncated or damaged: it promises {declared:0.00} s, but its {wish} ends after {found:0.00} s{because}. {CopyAgain}"));

    /// <summary>How many seconds may be missing at the end: encoders round, and headers are a little off.</summary>
    internal static double Tolerance(double declared) => Math.Max(0.25, 0.02 * declared);

    /// <summary>ffmpeg could not even open the file.</summary>
    internal static MediaException Unreadable(string path, FfmpegLog log)
    {
        if (log.RefusedContainer is { } container)
        {
            return new MediaException(path,
                $"expected audio or video in one file, but its name or content is of the kind '{container}'. "
                + "Playlists and scripts that name other files, pictures and texts are not read. Convert it to wav or mp4 first.");
        }
        if (log.Says("moov atom not found"))
            return new MediaException(path, $"the file is truncated or damaged: an mp4 file's index is missing (moov atom not found). {CopyAgain}");
        return new MediaException(path,
            $"expected an audio or video file, but its content is none that ffmpeg knows ({Words(log, exitCode: 1)}). "
            + "Check that it is the right file, and whole.");
    }

    // These have one stream and count its samples. Others (mp4, Matroska) declare their longest stream and may have gaps: there the demuxer
    // must have missed something too. Transport streams and raw codecs declare nothing that could be held against them.
    private static bool CountsSamples(string? container) =>
        container is "flac" or "mp3" or "aiff" or "au" or "caf" or "w64" or "wv" or "ape" or "tta" or "tak";

    private static string Words(FfmpegLog log, int exitCode) => log.Summary() is { Length: > 0 } words ? words : $"ffmpeg ended with code {exitCode}";
}
