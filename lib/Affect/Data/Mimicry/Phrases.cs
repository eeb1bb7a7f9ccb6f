namespace Affect.Data.Mimicry;

/// <summary>The words of Mimic's sentences: the file <c>phrases.json</c>, read once. Lists by emotion are in the order of <see cref="EmotionSet.Mer2024"/>.</summary>
internal sealed record Phrases
{
    internal static Phrases All { get; } = Read();

    public required string[][] Feelings { get; init; }                          // by emotion: what one can be
    public required string[] Things { get; init; }
    public required string[] People { get; init; }
    public required string[] Times { get; init; }
    public required string[] Words { get; init; }                               // the feeling is named
    public required string[] Contrasts { get; init; }                           // two feelings are named, and the order of the words tells which one it is
    public required string[][] Negations { get; init; }                         // by emotion: other feelings are denied, and what is left is said by a turn of phrase
    public required string[][] Situations { get; init; }                        // by emotion: what happened; no feeling is named

    private static Phrases Read()
    {
        using var stream = typeof(Phrases).Assembly.GetManifestResourceStream("Affect.Data.Mimicry.phrases.json")!;
        return JsonSerializer.Deserialize<Phrases>(stream)!;
    }
}
