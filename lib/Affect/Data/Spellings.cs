namespace Affect.Data;

/// <summary>
/// Gives every person and every class one spelling within a corpus, so that whatever compares speakers or labels afterwards (folds, intervals, normalisation,
/// scores, files) may do so letter by letter.
/// </summary>
internal static class Spellings
{
    private const int Shown = 5;

    /// <summary>The clips with one spelling each, and a warning for each person and class that had several.</summary>
    /// <exception cref="ArgumentException">A speaker's name holds nothing that can be seen.</exception>
    internal static (IReadOnlyList<Clip> Clips, IReadOnlyList<string> Warnings) Unify(EmotionSet emotions, IReadOnlyList<Clip> clips)
    {
        var warnings = new List<string>();
        var speakers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var person in clips.GroupBy(clip => clip.Speaker, StringComparer.Ordinal).GroupBy(forms => NameForm.OfPerson(forms.Key), StringComparer.Ordinal))
        {
            if (person.Key.Length == 0 && person.FirstOrDefault(forms => forms.Key.Length > 0) is { Key: var unseen })
                throw new ArgumentException($"A speaker's name must hold something that can be seen, but one is '{NameForm.Visible(unseen)}'.", nameof(clips));
            string[] written = [.. person.SelectMany(forms => forms.Select(clip => clip.Speaker))];
            var name = Count(written.Select(NameForm.Clean))[0].Name;
            foreach (var forms in person) speakers[forms.Key] = name;
            if (Several(written) is { } several) warnings.Add($"One speaker is written in several ways and counts as one person, '{name}': {several}.");
        }
        foreach (var forms in clips.Where(clip => clip.Emotion is not null).GroupBy(clip => emotions.IndexOf(clip.Emotion)))
        {
            if (Several(forms.Select(clip => clip.Emotion!)) is { } several)
                warnings.Add($"One emotion is written in several ways and counts as one class, '{emotions[forms.Key]}': {several}.");
        }
        if (Alike([.. speakers.Values.Distinct(StringComparer.Ordinal)]) is { } alike)
            warnings.Add($"These speakers may be the same person, but count as different ones: {alike}. Where they are one, write one name.");
        return ([.. clips.Select(Spelled)], warnings);

        Clip Spelled(Clip clip)
        {
            var emotion = clip.Emotion is { } label ? emotions[emotions.IndexOf(label)] : null;
            var session = clip.Session is { } text ? NameForm.Clean(text) : null;
            var speaker = speakers[clip.Speaker];
            return clip.Speaker == speaker && clip.Emotion == emotion && clip.Session == session ? clip : clip with { Speaker = speaker, Emotion = emotion, Session = session };
        }
    }

    /// <summary>How often each spelling comes, the most frequent first, whatever the order of the names.</summary>
    internal static (string Name, int Count)[] Count(IEnumerable<string> names) =>
    [
        .. names.CountBy(name => name, StringComparer.Ordinal).OrderByDescending(form => form.Value).ThenBy(form => form.Key, StringComparer.Ordinal).Select(form => (form.Key, form.Value)),
    ];

    // As in 'José' (2 clips), 'Jose\u0301' (2 clips); null for one spelling.
    private static string? Several(IEnumerable<string> names)
    {
        var forms = Count(names);
        return forms.Length < 2 ? null
            : string.Join(", ", forms.Take(Shown).Select(form => FormattableString.Invariant($"'{NameForm.Visible(form.Name)}' ({form.Count} {(form.Count == 1 ? "clip" : "clips")})")))
                + (forms.Length > Shown ? FormattableString.Invariant($" and {forms.Length - Shown} more") : "");
    }

    // Names that differ in so little that they may be one person's. They stay apart, since 'Anna' and 'Anná' may be two; whoever knows can say.
    private static string? Alike(string[] speakers)
    {
        string[][] alike = [.. speakers.GroupBy(NameForm.Loose, StringComparer.Ordinal).Where(names => names.Key.Length > 0 && names.Count() > 1).Select(names => names.ToArray())];
        return alike.Length == 0 ? null
            : string.Join("; ", alike.Take(Shown).Select(names => string.Join(" and ", names.Take(Shown).Select(name => $"'{name}'"))))
                + (alike.Length > Shown ? FormattableString.Invariant($"; and {alike.Length - Shown} more") : "");
    }
}
