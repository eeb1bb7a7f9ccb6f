namespace Affect.Frames;

/// <summary>Corpora as frames.</summary>
public static class CorpusFrames
{
    /// <summary>A row per clip, with a manifest's columns; paths are absolute, what the corpus does not say is null.</summary>
    /// <param name="corpus">The corpus.</param>
    public static DataFrame ToDataFrame(this Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        return corpus.Clips.ToDataFrame();
    }

    /// <summary>A row per clip, with a manifest's columns: <c>clip, audio, video, speaker, session, emotion, transcript, split</c> and its extras, which are numbers where they all are.</summary>
    /// <param name="clips">The clips.</param>
    public static DataFrame ToDataFrame(this IEnumerable<Clip> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        FrameCells.Register();
        Clip[] rows = [.. clips];
        var frame = new FrameBuilder().Text("clip", rows.Select(clip => clip.Id)).Text("audio", rows.Select(clip => clip.AudioPath)).Text("video", rows.Select(clip => clip.VideoPath))
            .Text("speaker", rows.Select(clip => clip.Speaker)).Text("session", rows.Select(clip => clip.Session)).Text("emotion", rows.Select(clip => clip.Emotion))
            .Text("transcript", rows.Select(clip => clip.Transcript)).Text("split", rows.Select(clip => clip.Split));
        foreach (var extra in rows.SelectMany(clip => clip.Extras.Keys).Distinct(StringComparer.Ordinal)) frame.Read(extra, [.. rows.Select(clip => clip.Extras.GetValueOrDefault(extra))]);
        return frame.Build();
    }
}
