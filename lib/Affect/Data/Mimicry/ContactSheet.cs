namespace Affect.Data.Mimicry;

/// <summary>A picture of Mimic's people: one row a speaker, one column an emotion, fully expressed.</summary>
internal static class ContactSheet
{
    private const int Gap = 4;

    /// <summary>Draws the first speakers of a corpus, each picture of a given size in pixels.</summary>
    /// <returns>The picture <c>[height, width, 3]</c> and its size in pixels.</returns>
    internal static (byte[] Rgb, int Width, int Height) Draw(MimicConfig config, int speakers, int size = FaceActor.Size)
    {
        var cast = CorpusPlan.Draw(config).Select(plan => plan.Speaker).DistinctBy(speaker => speaker.Id).Take(speakers).ToArray();
        var (width, height) = (LatentTable.Emotions * (size + Gap) + Gap, cast.Length * (size + Gap) + Gap);
        var sheet = new byte[width * height * 3];
        Array.Fill(sheet, (byte)255);
        var canvas = new Canvas(size, size);
        foreach (var (row, speaker) in cast.Index())
        {
            for (var emotion = 0; emotion < LatentTable.Emotions; emotion++)
            {
                // Means and the speaker's own habits, without the differences from clip to clip.
                var cues = FaceCues.Table.Zip(speaker.FaceHabits, (cue, habit) => Math.Clamp(cue.Means[emotion] + cue.SpeakerSpread * habit, cue.Low, cue.High));
                var face = FacePainter.Paint(canvas, speaker.Looks, FacePose.Of([.. cues]), Framing.Middle);
                for (var y = 0; y < size; y++)
                    face.AsSpan(y * size * 3, size * 3).CopyTo(sheet.AsSpan(((Gap + row * (size + Gap) + y) * width + Gap + emotion * (size + Gap)) * 3));
            }
        }
        return (sheet, width, height);
    }
}
