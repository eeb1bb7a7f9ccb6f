namespace Affect.Frames;

/// <summary>Corpora as frames.</summary>
public static class CorpusFrames
{
    /// <summary>A row per clip, with a manifest's columns; paths are absolute, what the corpus does not say is null.</summary>
    /// <param name="corpus">The corpus.</param>
    public static DataFrame ToDataFrame(this Corpus corpus) => corpus.Clips.ToDataFrame();

    /// <summary>
    /// A row per clip, with a manifest's columns: <c>clip, audio, video, speaker, session, emotion, transcript, split</c> and its extras, which are
    /// numbers where they all are.
    /// </summary>
    /// <param name="clips">The clips.</param>
    public static DataFrame ToDataFrame(this IEnumerable<Clip> clips)
    {
        Clip[] rows = [.. clips];
        var frame = new FrameBuilder();
        foreach (var (name, read) in ((string, Func<Clip, string?>)[])
            [
                ("clip", clip => clip.Id), ("audio", clip => clip.AudioPath), ("video", clip => clip.VideoPath), ("speaker", clip => clip.Speaker),
                ("session", clip => clip.Session), ("emotion", clip => clip.Emotion), ("transcript", clip => clip.Transcript),
                ("split", clip => clip.Split),
            ]) frame.Text(name, rows.Select(read));
        foreach (var extra in rows.SelectMany(clip => clip.Extras.Keys).Distinct(StringComparer.Ordinal))
            frame.Read(extra, [.. rows.Select(clip => clip.Extras.GetValueOrDefault(extra))]);
        return frame.Build();
    }
}
