namespace Affect.Data;

/// <summary>
/// Gives every person and every class one spelling within a corpus, so that whatever compares speakers or labels afterwards (folds, intervals, normalisation,
/// scores, files) may do so letter by letter.
/// </summary>
internal static class ClipIdentity
{
    private const int Shown = 5;

    /// <summary>The clips with one spelling each, and a warning for each person and class that had several.</summary>
    /// <param name="emotions">The classes.</param>
    /// <param name="clips">The clips; every emotion of theirs is one of the classes.</param>
    /// <exception cref="ArgumentException">A speaker's name holds nothing that can be seen.</exception>
    internal static (IReadOnlyList<Clip> Clips, IReadOnlyList<string> Warnings) Of(EmotionSet emotions, IReadOnlyList<Clip> clips)
    {
        var warnings = new List<string>();
        var speakers = Names(clips, warnings);
        foreach (var forms in clips.Where(clip => clip.Emotion is not null).GroupBy(clip => emotions.IndexOf(clip.Emotion)))
            if (Several(forms.Select(clip => clip.Emotion!)) is { } written) warnings.Add($"One emotion is written in several ways and counts as one class, '{emotions[forms.Key]}': {written}.");
        Doubt([.. speakers.Values.Distinct(StringComparer.Ordinal)], warnings);
        return ([.. clips.Select(clip => Spelled(clip, speakers[clip.Speaker], emotions))], warnings);
    }

    private static Clip Spelled(Clip clip, string speaker, EmotionSet emotions)
    {
        var emotion = clip.Emotion is { } label ? emotions[emotions.IndexOf(label)] : null;
        var session = clip.Session is { } text ? NameForm.Clean(text) : null;
        return clip.Speaker == speaker && clip.Emotion == emotion && clip.Session == session ? clip : clip with { Speaker = speaker, Emotion = emotion, Session = session };
    }

    // The spelling of each speaker's name as it is written: the most frequent among those of one person, whatever the order of the clips.
    private static Dictionary<string, string> Names(IReadOnlyList<Clip> clips, List<string> warnings)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var person in clips.CountBy(clip => clip.Speaker, StringComparer.Ordinal).GroupBy(form => NameForm.OfPerson(form.Key), StringComparer.Ordinal))
        {
            if (person.Key.Length == 0 && person.FirstOrDefault(form => form.Key.Length > 0).Key is { } unseen)
                throw new ArgumentException($"A speaker's name must hold something that can be seen, but one is '{NameForm.Visible(unseen)}'.", nameof(clips));
            var name = person.GroupBy(form => NameForm.Clean(form.Key), StringComparer.Ordinal)
                .OrderByDescending(spelling => spelling.Sum(form => form.Value)).ThenBy(spelling => spelling.Key, StringComparer.Ordinal).First().Key;
            foreach (var (form, _) in person) names[form] = name;
            if (Several(person.SelectMany(form => Enumerable.Repeat(form.Key, form.Value))) is { } written)
                warnings.Add($"One speaker is written in several ways and counts as one person, '{name}': {written}.");
        }
        return names;
    }

    // As in 'José' (2 clips), 'Jose\u0301' (2 clips); null for one spelling.
    private static string? Several(IEnumerable<string> names)
    {
        var forms = names.CountBy(name => name, StringComparer.Ordinal).OrderByDescending(form => form.Value).ThenBy(form => form.Key, StringComparer.Ordinal).ToArray();
        return forms.Length < 2 ? null
            : string.Join(", ", forms.Take(Shown).Select(form => FormattableString.Invariant($"'{NameForm.Visible(form.Key)}' ({form.Value} {(form.Value == 1 ? "clip" : "clips")})")))
                + (forms.Length > Shown ? FormattableString.Invariant($" and {forms.Length - Shown} more") : "");
    }

    // Names that differ in so little that they may be one person's. They stay apart, since 'Anna' and 'Anná' may be two; whoever knows can say.
    private static void Doubt(string[] speakers, List<string> warnings)
    {
        string[][] alike = [.. speakers.GroupBy(NameForm.Loose, StringComparer.Ordinal).Where(names => names.Key.Length > 0 && names.Count() > 1).Select(names => names.ToArray())];
        if (alike.Length == 0) return;
        var named = string.Join("; ", alike.Take(Shown).Select(names => string.Join(" and ", names.Take(Shown).Select(name => $"'{name}'"))));
        warnings.Add($"These speakers may be the same person, but count as different ones: {named}{(alike.Length > Shown ? FormattableString.Invariant($"; and {alike.Length - Shown} more") : "")}. Where they are one, write one name.");
    }
}
