namespace Affect.Data;

/// <summary>Who speaks, by the names that the files of published corpora bear.</summary>
/// <remarks>
/// The schemes are those of the corpora's own documentation. Only a name that a scheme matches as a whole counts; what follows behind a space, an underscore, a
/// hyphen or a full stop, as copies and augmented files have it, is passed over where the scheme is unmistakable.
/// </remarks>
internal static class FileNameScheme
{
    private const string Rest = @"([ _.\-].*)?$";

    private static readonly (string Corpus, Regex Pattern)[] Known =
    [
        // Ses01F_impro01_M003, Ses05M_script01_1b_F001, Ses02F_impro03_MXX0: the letter after Ses01 says who wears the markers; the one before the turn who speaks.
        ("IEMOCAP", Names(@"^Ses(?<session>\d\d)[FM]_(impro|script)\d+[a-z]?(_\d+[a-z]?)*_(?<who>[FM])(\d{3}|XX\d)" + Rest)),
        // Modality, speech or song, emotion, intensity, statement, repetition, actor: 03-01-06-01-02-01-12. More fields of two digits are another corpus's, whose seventh is not who speaks.
        ("RAVDESS", Names(@"^0[1-3]-0[12]-0[1-8]-0[12]-0[12]-0[12]-(?<who>\d\d)(?!-\d\d(?!\d))" + Rest)),
        // 1001_DFA_ANG_XX
        ("CREMA-D", Names(@"^(?<who>1\d{3})_[A-Z]{3}_(ANG|DIS|FEA|HAP|NEU|SAD)_(LO|MD|HI|XX|X)" + Rest)),
        // Speaker, text, emotion by its German letter, version: 03a01Fa
        ("EmoDB", Names(@"^(?<who>\d\d)[ab]\d\d[WLEAFTN][a-z]?" + Rest)),
        // DC_a01, JE_sa12
        ("SAVEE", Names(@"^(?<who>DC|JE|JK|KL)_?(a|d|f|h|n|sa|su)\d\d" + Rest)),
        // OAF_back_angry, YAF_youth_ps; one file of the published corpus lacks the F
        ("TESS", Names("^(?<who>O|Y)AF?_[a-z]+_(angry|disgust|fear|happy|neutral|ps|pleasant_surprised?|surprised?|sad)" + Rest)),
        // 0001_000001
        ("ESD", Names(@"^(?<who>\d{4})_\d{6}$")),
        // SB_anger_12, with the speaker's initials
        ("nEMO", Names(@"^(?<who>[A-Z]{2,4})_(anger|fear|happiness|neutral|sadness|surprise)_\d+" + Rest)),
        // Emotion, actor, sentence: rab-f1-b1
        ("EMOVO", Names(@"^(dis|gio|neu|pau|rab|sor|tri)-(?<who>[fm]\d)-[bnld]\d$")),
        // Sex and number of the speaker, emotion, utterance: F01A05
        ("ShEMO", Names(@"^(?<who>[FM]\d\d)[ASHWFN]\d\d$")),
        // Actor, emotion, intensity, sentence: 01-C-1-1
        ("CaFE", Names(@"^(?<who>\d\d)-[CDJNPST]-[12]-\d$")),
        // F_01_OISHI_S_1_ANGRY_1
        ("SUBESCO", Names(@"^(?<who>[FM]_\d\d)_[A-Z]+_S_\d+_[A-Z]+_\d+$")),
        // MSP-IMPROV-S01A-F01-P-FM01: sentence, speaker, scenario, who talks to whom
        ("MSP-IMPROV", Names(@"^MSP-IMPROV-S\d\d[A-Z]-(?<who>[FM]\d\d)-[A-Z]-[FM]{2}\d\d$")),
        // Emotion, utterance, speaker: a01 (1)
        ("AESDD", Names(@"^[adfhs]\d\d \((?<who>\d)\)$")),
    ];

    /// <summary>What a file's name, without its ending, says: the corpus whose names are of this form, who speaks, and the session where there is one; null where no scheme is known.</summary>
    internal static (string Corpus, string Speaker, string? Session)? Of(string name)
    {
        foreach (var (corpus, pattern) in Known)
        {
            if (pattern.Match(name) is not { Success: true } match) continue;
            var session = match.Groups["session"] is { Success: true } number ? $"Ses{number.Value}" : null;
            var who = match.Groups["who"].Value.ToUpperInvariant();
            return (corpus, corpus switch { "TESS" => who + "AF", "EMOVO" => who.ToLowerInvariant(), _ => session + who }, session);
        }
        return null;
    }

    private static Regex Names(string pattern) =>
        new(pattern, RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
}
