namespace Affect.Data.Mimicry;

/// <summary>Everything that one clip shows and says, before anything is rendered.</summary>
internal sealed record ClipPlan
{
    internal const string EmotionColumn = "true_emotion";
    internal const string VoiceColumn = "voice_expresses";
    internal const string FaceColumn = "face_expresses";
    internal const string WordsColumn = "words_express";

    internal required string Id { get; init; }
    internal required MimicSpeaker Speaker { get; init; }
    internal required string Split { get; init; }
    internal required int Emotion { get; init; }
    internal required int Manner { get; init; }

    // What each modality expresses, as a class number, and how: the values of VoiceCues, of FaceCues, and the words.
    internal required int Acoustic { get; init; }
    internal required int Visual { get; init; }
    internal required int Lexical { get; init; }
    internal required double[] Voice { get; init; }
    internal required double[] Face { get; init; }
    internal required Sentence Sentence { get; init; }

    internal string RelativePath => $"clips/{Id}.mp4";

    /// <summary>The row of the manifest.</summary>
    internal Clip ToClip(string root)
    {
        var names = EmotionSet.Mer2024;
        var extras = new OrderedDictionary<string, string>(StringComparer.Ordinal)
        {
            [Manifest.SyntheticColumn] = Mimic.Generator,
            [EmotionColumn] = names[Emotion],
            ["manner"] = LatentTable.Manners[Manner],
            [VoiceColumn] = names[Acoustic],
            [FaceColumn] = names[Visual],
            [WordsColumn] = names[Lexical],
            ["words_depth"] = Sentence.Depth,
            ["voice"] = Speaker.Voice,
        };
        foreach (var (cue, value) in VoiceCues.Table.Zip(Voice).Concat(FaceCues.Table.Zip(Face))) extras[cue.Name] = value.ToString("0.###", CultureInfo.InvariantCulture);
        return new Clip
        {
            Id = Id,
            VideoPath = Path.GetFullPath(Path.Combine(root, RelativePath)),
            Speaker = Speaker.Id,
            Emotion = Split == SplitNames.Unlabelled ? null : names[Emotion],
            Transcript = Sentence.Text,
            Split = Split,
            Extras = extras,
        };
    }
}
