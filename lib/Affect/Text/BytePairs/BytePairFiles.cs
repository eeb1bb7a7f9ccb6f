namespace Affect.Text.BytePairs;

/// <summary>The two files of a byte-pair vocabulary.</summary>
internal static class BytePairFiles
{
    internal const string VocabularyName = "vocab.json";
    internal const string MergesName = "merges.txt";

    internal static (Vocabulary Vocabulary, BytePairMerges Merges) Read(TokenizerFolder files) =>
        files.Json is { Merges: { } merges } json
            ? (files.Complete(json.Vocabulary), merges)
            : (files.Complete(Vocabulary.ReadJson(files.FilePath(VocabularyName))), BytePairMerges.Read(files.FilePath(MergesName)));

    internal static void Write(string folder, Vocabulary vocabulary, BytePairMerges merges)
    {
        vocabulary.WriteJson(Path.Combine(folder, VocabularyName));
        merges.Write(Path.Combine(folder, MergesName));
    }
}
