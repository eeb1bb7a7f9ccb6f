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
        var kind = random.NextDouble();
        var own = Phrases.Feelings[emotion];
        var other = Phrases.Feelings[Another(emotion, random)];
        var third = Phrases.Feelings[Another(emotion, random)];
        var (depth, templates) = kind < NamesTheEmotion ? ("word", Phrases.Words)
            : kind < NamesTheEmotion + SetsOneAgainstAnother ? ("contrast", Phrases.Contrasts)
            : kind < NamesTheEmotion + SetsOneAgainstAnother + DeniesAnother ? ("negation", Phrases.Negations[emotion])
            : ("situation", Phrases.Situations[emotion]);
        var text = random.Pick(templates)
            .Replace("{own}", random.Pick(own), StringComparison.Ordinal)
            .Replace("{other}", random.Pick(other), StringComparison.Ordinal)
            .Replace("{third}", random.Pick(third), StringComparison.Ordinal)
            .Replace("{thing}", random.Pick(Phrases.Things), StringComparison.Ordinal)
            .Replace("{person}", random.Pick(Phrases.People), StringComparison.Ordinal)
            .Replace("{time}", random.Pick(Phrases.Times), StringComparison.Ordinal);
        return new Sentence(char.ToUpperInvariant(text[0]) + text[1..], depth);
    }

    private static int Another(int emotion, SeededRandom random)
    {
        var other = random.Below(Phrases.Feelings.Length - 1);
        return other < emotion ? other : other + 1;
    }
}
