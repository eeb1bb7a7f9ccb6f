namespace Affect.Media;

/// <summary>One sound or picture track of a file, by what its container says of it; and which of several is the clip's.</summary>
/// <param name="Index">The stream's number in the file.</param>
/// <param name="IsDefault">Marked as the one to play.</param>
/// <param name="IsAside">Marked as a commentary, a description for those who do not see, or a part of another track.</param>
/// <param name="IsStill">Its codec is one of single pictures, as a cover that bears no mark has it.</param>
internal sealed record MediaTrack(int Index, bool IsDefault, bool IsAside, bool IsStill)
{
    /// <summary>The marks (ffmpeg's names) of tracks that speak about the clip rather than being it.</summary>
    internal static readonly string[] AsideMarks = ["comment", "visual impaired", "descriptions", "dependent", "still image", "timed thumbnails"];

    private static readonly string[] StillCodecs = ["png", "bmp", "gif", "webp", "tiff"];

    internal static bool IsStillCodec(string? codec) => StillCodecs.Contains(codec, StringComparer.Ordinal);

    /// <summary>The track that a player shows: no commentary where there is another, the one marked default, the first.</summary>
    /// <remarks>Marks of commentaries come first, as mp4 and Matroska writers mark the first track default where nobody chose one.</remarks>
    internal static MediaTrack? Best(IEnumerable<MediaTrack> tracks) =>
        tracks.MinBy(track => (track.IsAside, track.IsStill, !track.IsDefault, track.Index));
}
