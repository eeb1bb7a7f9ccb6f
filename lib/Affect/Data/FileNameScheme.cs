namespace Affect.Data;

/// <summary>Who speaks, by the names that the files of published corpora bear.</summary>
/// <remarks>
/// The schemes are those of the corpora's own documentation. Only a name that a scheme matches as a whole counts; what follows behind a space, an underscore, a
/// hyphen or a full stop, as copies and augmented files have it, is passed over where the scheme is unmistakable.
/// </remarks>
internal static partial class FileNameScheme
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
    private const int Milliseconds = 1000;

    /// <summary>What a file's name says.</summary>
    /// <param name="name">The name without its ending.</param>
    /// <returns>Null where no scheme is known.</returns>
    internal static SchemeMatch? Of(string name)
    {
        if (Iemocap().Match(name) is { Success: true } iemocap)
        {
            // The letter after Ses01 says who wears the markers; the one before the turn who speaks.
            var session = $"Ses{iemocap.Groups["session"].Value}";
            return new SchemeMatch("IEMOCAP", session + iemocap.Groups["who"].Value.ToUpperInvariant()) { Session = session };
        }
        if (Ravdess().Match(name) is { Success: true } ravdess) return new SchemeMatch("RAVDESS", ravdess.Groups["who"].Value);
        if (CremaD().Match(name) is { Success: true } crema) return new SchemeMatch("CREMA-D", crema.Groups["who"].Value);
        if (EmoDb().Match(name) is { Success: true } emoDb) return new SchemeMatch("EmoDB", emoDb.Groups["who"].Value);
        if (Savee().Match(name) is { Success: true } savee) return new SchemeMatch("SAVEE", savee.Groups["who"].Value.ToUpperInvariant());
        // One file of the published corpus lacks the F.
        if (Tess().Match(name) is { Success: true } tess) return new SchemeMatch("TESS", tess.Groups["who"].Value.ToUpperInvariant() + "AF");
        if (Esd().Match(name) is { Success: true } esd) return new SchemeMatch("ESD", esd.Groups["who"].Value);
        if (Nemo().Match(name) is { Success: true } nemo) return new SchemeMatch("nEMO", nemo.Groups["who"].Value.ToUpperInvariant());
        if (Emovo().Match(name) is { Success: true } emovo) return new SchemeMatch("EMOVO", emovo.Groups["who"].Value.ToLowerInvariant());
        if (Shemo().Match(name) is { Success: true } shemo) return new SchemeMatch("ShEMO", shemo.Groups["who"].Value.ToUpperInvariant());
        if (Cafe().Match(name) is { Success: true } cafe) return new SchemeMatch("CaFE", cafe.Groups["who"].Value);
        if (Subesco().Match(name) is { Success: true } subesco) return new SchemeMatch("SUBESCO", subesco.Groups["who"].Value.ToUpperInvariant());
        if (MspImprov().Match(name) is { Success: true } improv) return new SchemeMatch("MSP-IMPROV", improv.Groups["who"].Value.ToUpperInvariant());
        return Aesdd().Match(name) is { Success: true } aesdd ? new SchemeMatch("AESDD", aesdd.Groups["who"].Value) : null;
    }

    // Ses01F_impro01_M003, Ses05M_script01_1b_F001, Ses02F_impro03_MXX0
    [GeneratedRegex(@"^Ses(?<session>\d\d)[FM]_(impro|script)\d+[a-z]?(_\d+[a-z]?)*_(?<who>[FM])(\d{3}|XX\d)([ _.\-].*)?$", Options, Milliseconds)]
    private static partial Regex Iemocap();

    // Modality, speech or song, emotion, intensity, statement, repetition, actor: 03-01-06-01-02-01-12. More fields of two digits are another corpus's, whose seventh is not who speaks.
    [GeneratedRegex(@"^0[1-3]-0[12]-0[1-8]-0[12]-0[12]-0[12]-(?<who>\d\d)(?!-\d\d(?!\d))([ _.\-].*)?$", Options, Milliseconds)]
    private static partial Regex Ravdess();

    // 1001_DFA_ANG_XX
    [GeneratedRegex(@"^(?<who>1\d{3})_[A-Z]{3}_(ANG|DIS|FEA|HAP|NEU|SAD)_(LO|MD|HI|XX|X)([ _.\-].*)?$", Options, Milliseconds)]
    private static partial Regex CremaD();

    // Speaker, text, emotion by its German letter, version: 03a01Fa
    [GeneratedRegex(@"^(?<who>\d\d)[ab]\d\d[WLEAFTN][a-z]?([ _.\-].*)?$", Options, Milliseconds)]
    private static partial Regex EmoDb();

    // DC_a01, JE_sa12
    [GeneratedRegex(@"^(?<who>DC|JE|JK|KL)_?(a|d|f|h|n|sa|su)\d\d([ _.\-].*)?$", Options, Milliseconds)]
    private static partial Regex Savee();

    // OAF_back_angry, YAF_youth_ps
    [GeneratedRegex(@"^(?<who>O|Y)AF?_[a-z]+_(angry|disgust|fear|happy|neutral|ps|pleasant_surprised?|surprised?|sad)([ _.\-].*)?$", Options, Milliseconds)]
    private static partial Regex Tess();

    // 0001_000001
    [GeneratedRegex(@"^(?<who>\d{4})_\d{6}$", Options, Milliseconds)]
    private static partial Regex Esd();

    // SB_anger_12, with the speaker's initials
    [GeneratedRegex(@"^(?<who>[A-Z]{2,4})_(anger|fear|happiness|neutral|sadness|surprise)_\d+([ _.\-].*)?$", Options, Milliseconds)]
    private static partial Regex Nemo();

    // Emotion, actor, sentence: rab-f1-b1
    [GeneratedRegex(@"^(dis|gio|neu|pau|rab|sor|tri)-(?<who>[fm]\d)-[bnld]\d$", Options, Milliseconds)]
    private static partial Regex Emovo();

    // Sex and number of the speaker, emotion, utterance: F01A05
    [GeneratedRegex(@"^(?<who>[FM]\d\d)[ASHWFN]\d\d$", Options, Milliseconds)]
    private static partial Regex Shemo();

    // Actor, emotion, intensity, sentence: 01-C-1-1
    [GeneratedRegex(@"^(?<who>\d\d)-[CDJNPST]-[12]-\d$", Options, Milliseconds)]
    private static partial Regex Cafe();

    // F_01_OISHI_S_1_ANGRY_1
    [GeneratedRegex(@"^(?<who>[FM]_\d\d)_[A-Z]+_S_\d+_[A-Z]+_\d+$", Options, Milliseconds)]
    private static partial Regex Subesco();

    // MSP-IMPROV-S01A-F01-P-FM01: sentence, speaker, scenario, who talks to whom
    [GeneratedRegex(@"^MSP-IMPROV-S\d\d[A-Z]-(?<who>[FM]\d\d)-[A-Z]-[FM]{2}\d\d$", Options, Milliseconds)]
    private static partial Regex MspImprov();

    // Emotion, utterance, speaker: a01 (1)
    [GeneratedRegex(@"^[adfhs]\d\d \((?<who>\d)\)$", Options, Milliseconds)]
    private static partial Regex Aesdd();
}
