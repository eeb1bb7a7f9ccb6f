namespace Affect.Data.Mimicry;

/// <summary>What is said.</summary>
/// <param name="Text">The words, with punctuation.</param>
/// <param name="Depth">How far below the surface the emotion lies: <c>word</c>, <c>contrast</c>, <c>negation</c> or <c>situation</c>.</param>
internal sealed record Sentence(string Text, string Depth)
{
    // Of a hundred sentences; the rest tell a situation without naming any feeling.
    private const double NamesTheEmotion = 0.26;
    private const double SetsOneAgainstAnother = 0.40;
    private const double DeniesAnother = 0.20;

    /// <summary>Draws a sentence whose words, wholly understood, express an emotion.</summary>
    internal static Sentence Draw(int emotion, SeededRandom random)
    {
        var phrases = Phrases.All;
        var kind = random.NextDouble();
        var own = phrases.Feelings[emotion];
        var other = phrases.Feelings[Another()];
        var third = phrases.Feelings[Another()];
        var (depth, templates) = kind < NamesTheEmotion ? ("word", phrases.Words)
            : kind < NamesTheEmotion + SetsOneAgainstAnother ? ("contrast", phrases.Contrasts)
            : kind < NamesTheEmotion + SetsOneAgainstAnother + DeniesAnother ? ("negation", phrases.Negations[emotion])
            : ("situation", phrases.Situations[emotion]);
        var text = random.Pick(templates);
        foreach (var (place, words) in (ReadOnlySpan<(string, string[])>)
            [("{own}", own), ("{other}", other), ("{third}", third), ("{thing}", phrases.Things), ("{person}", phrases.People), ("{time}", phrases.Times)])
            text = text.Replace(place, random.Pick(words), StringComparison.Ordinal);
        return new Sentence(char.ToUpperInvariant(text[0]) + text[1..], depth);

        int Another()
        {
            var another = random.Below(phrases.Feelings.Length - 1);
            return another < emotion ? another : another + 1;
        }
    }
}
