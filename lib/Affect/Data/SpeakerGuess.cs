namespace Affect.Data;

/// <summary>Who speaks in the files of emotions' folders: by the names of a published corpus where they are known, otherwise by what stands before the first <c>_</c> or <c>-</c>.</summary>
internal sealed class SpeakerGuess
{
    private const int Shown = 5;
    private const int FewClips = 8;
    private const double OwnSpeakerShare = 0.6;

    // What many recordings' names begin with, which is no person's name.
    private static readonly HashSet<string> NoPerson = new(StringComparer.Ordinal)
    {
        "audio", "clip", "dia", "dialog", "dialogue", "emotion", "file", "final", "msp", "rec", "record", "recording", "sample", "scene", "segment", "sentence",
        "sound", "speech", "take", "test", "track", "train", "turn", "utt", "utterance", "val", "video", "voice", "wav",
    };

    private readonly List<string> corpora = [];                                 // of each file whose name a scheme tells
    private readonly List<(string Clip, string Speaker, string Emotion)> guesses = [];
    private (string Name, string Corpus)? behind;                               // the first known name behind a prefix

    /// <summary>What the name of a clip's file, without its ending, tells, remembered for <see cref="Warnings"/>; null where it tells nobody.</summary>
    internal (string Speaker, string? Session)? Of(string clip, string name, string emotion)
    {
        if (FileNameScheme.Of(name.Trim()) is { } known)
        {
            corpora.Add(known.Corpus);
            return (known.Speaker, known.Session);
        }
        var end = name.IndexOfAny(['_', '-']);
        if (end <= 0 || NameForm.Clean(name[..end]).Length == 0) return null;
        guesses.Add((clip, name[..end], emotion));
        if (behind is null && FileNameScheme.Of(name[(end + 1)..].Trim()) is { } hidden) behind = (name, hidden.Corpus);
        return (name[..end], null);
    }

    /// <summary>How the speakers were found, and why that may be wrong.</summary>
    internal IEnumerable<string> Warnings()
    {
        var schemes = corpora.Order(StringComparer.Ordinal).Concat(guesses.Select(_ => "none known")).CountBy(corpus => corpus, StringComparer.Ordinal).ToArray();
        if (schemes.Length > 1)
        {
            var counts = string.Join(", ", schemes.Select(scheme => FormattableString.Invariant($"{scheme.Key} {scheme.Value}")));
            yield return $"The files' names follow several schemes ({counts}): people of different corpora may bear one name, and one person two.";
        }
        if (guesses.Count == 0) yield break;
        var people = guesses.GroupBy(guess => NameForm.OfPerson(guess.Speaker), StringComparer.Ordinal).ToArray();
        var names = string.Join(", ", people.Take(Shown).Select(person => $"'{NameForm.Clean(person.First().Speaker)}'")) + (people.Length > Shown ? ", ..." : "");
        yield return FormattableString.Invariant(
            $"Who speaks is a guess: what stands before the first '_' or '-' of a file's name, as '{NameForm.Clean(guesses[0].Speaker)}' of {guesses[0].Clip}. That makes {people.Length} {(people.Length == 1 ? "person" : "people")} of {guesses.Count} clips ({names}); if it is not so, write who speaks into {Manifest.FileName}.{Doubts(people)}");
    }

    private string Doubts(IGrouping<string, (string Clip, string Speaker, string Emotion)>[] people)
    {
        var doubts = new List<string>();
        var emotions = guesses.Select(guess => NameForm.OfPerson(guess.Emotion)).ToHashSet(StringComparer.Ordinal);
        var alone = people.Count(person => person.Count() == 1);
        if (behind is { } copy) doubts.Add($"'{copy.Name}' reads like a file of {copy.Corpus} behind a prefix, and then the person is named further back");
        if (people.Length == 1 && guesses.Count > 1) doubts.Add("all clips are of one person, so that no folds by speaker can be made");
        else if (guesses.Count >= FewClips && alone >= OwnSpeakerShare * people.Length && people.Length > guesses.Count / 4)
            doubts.Add(FormattableString.Invariant($"{alone} of {people.Length} people speak in one clip only, so that the guess rather numbers the clips"));
        if (people.FirstOrDefault(person => emotions.Contains(person.Key)) is { } emotion) doubts.Add($"'{emotion.First().Speaker}' is an emotion");
        else if (people.FirstOrDefault(person => NoPerson.Contains(person.Key.TrimEnd([.. "0123456789 "]))) is { } word) doubts.Add($"'{word.First().Speaker}' is hardly a person's name");
        if (people.Length > 1 && emotions.Count > 1 && guesses.Count >= 2 * people.Length
            && people.All(person => person.Select(guess => guess.Emotion).Distinct(StringComparer.Ordinal).Count() == 1))
            doubts.Add("everyone shows one emotion only");
        return doubts.Count == 0 ? "" : $" This guess is doubtful: {string.Join("; ", doubts)}.";
    }
}
