namespace Affect.Text;

/// <summary>What the tokenizers share that merge bytes inside words: their merges and their files.</summary>
public abstract class BytePairTokenizer : SubwordTokenizer
{
    internal const string VocabularyName = "vocab.json";
    internal const string MergesName = "merges.txt";

    private readonly BytePairMerges merges;

    private protected BytePairTokenizer(Vocabulary vocabulary, BytePairMerges merges, TokenizerFamily family, SpecialRoles roles, int maxLength)
        : base(vocabulary, family, roles, maxLength) => this.merges = merges;

    private protected static (Vocabulary Vocabulary, BytePairMerges Merges) Read(TokenizerFolder files) =>
        files.Json is { Merges: { } merges } json
            ? (files.Complete(json.Vocabulary), merges)
            : (files.Complete(Vocabulary.ReadJson(files.FilePath(VocabularyName))), BytePairMerges.Read(files.FilePath(MergesName)));

    /// <summary>The words of a text, each as the pieces to start from.</summary>
    private protected abstract IEnumerable<string[]> WordsAsLetters(string text);

    private protected override void Append(string text, List<int> ids)
    {
        foreach (var letters in WordsAsLetters(text))
            foreach (var piece in merges.Apply(letters)) ids.Add(Vocabulary.Id(piece) ?? UnknownId);
    }

    private protected override IEnumerable<string> Rules() => merges.Lines();

    private protected override void WriteVocabulary(string folder)
    {
        Vocabulary.WriteJson(Path.Combine(folder, VocabularyName));
        merges.Write(Path.Combine(folder, MergesName));
    }
}
