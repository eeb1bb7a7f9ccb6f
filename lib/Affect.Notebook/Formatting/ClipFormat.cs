namespace Affect.Notebook.Formatting;

/// <summary>Shows a clip as something to play, small enough to stay in a notebook, with what is known about it.</summary>
internal static class ClipFormat
{
    // The text says what the small copy holds, which is made for the markup: a kernel that asks for both waits for one.
    private static readonly ConditionalWeakTable<Clip, string> Texts = [];

    internal static string Text(Clip clip)
    {
        if (!Texts.TryGetValue(clip, out _)) Html(clip);
        return Texts.TryGetValue(clip, out var text) ? text : "";
    }

    internal static string Html(Clip clip)
    {
        var (player, note) = Player(clip);
        var facts = string.Join(" · ", Facts(clip).Append(note).Where(fact => fact.Length > 0));
        var words = clip.Transcript is { } transcript ? $"“{transcript}”" : "";
        var emotion = clip.Emotion ?? "unlabelled";
        Texts.AddOrUpdate(clip, string.Join(" · ", new[] { emotion, words, facts }.Where(part => part.Length > 0)));
        return $"<div style=\"display:flex;flex-wrap:wrap;gap:6px 16px;align-items:center\">{player}"
            + $"<div style=\"flex:1 1 220px\"><b>{HtmlEncode(emotion)}</b>{(words.Length > 0 ? $" {HtmlEncode(words)}" : "")}<br><small>{HtmlEncode(facts)}</small></div></div>";
    }

    private static IEnumerable<string> Facts(Clip clip)
    {
        yield return clip.Id;
        yield return $"speaker {clip.Speaker}";
        if (clip.Session is { } session) yield return $"session {session}";
        if (clip.Split is { } split) yield return split;
    }

    // A clip that cannot be played still says what it is.
    private static (string Player, string Note) Player(Clip clip)
    {
        if ((clip.VideoPath ?? clip.AudioPath) is not { } path) return ("", "neither sound nor video");
        try
        {
            var preview = MediaPreview.Of(path);
            var source = $"src=\"data:{preview.MimeType};base64,{Convert.ToBase64String(preview.Bytes)}\"";
            var name = HtmlEncode($"clip {clip.Id}");
            var player = preview.MimeType.StartsWith("video", StringComparison.Ordinal)
                ? $"<video controls preload=\"auto\" width=\"220\" aria-label=\"{name}\" {source}></video>"
                : $"<audio controls preload=\"auto\" aria-label=\"{name}\" {source}></audio>";
            return (player, Length(preview));
        }
        catch (Exception error) when (error is MediaException or FileNotFoundException)
        {
            return ("", $"cannot be played: {Path.GetFileName(path)} is missing or damaged, or ffmpeg is");
        }
    }

    private static string Length(MediaPreview preview) => preview.FullSeconds is { } full && full > preview.Seconds + 0.1
        ? string.Create(CultureInfo.InvariantCulture, $"the first {preview.Seconds:0.0} of {full:0.0} s, a small copy")
        : string.Create(CultureInfo.InvariantCulture, $"{preview.Seconds:0.0} s, a small copy");
}
