using Affect.Text.BytePairs;
using Affect.Text.WordPiece;

namespace Affect.Text;

/// <summary>Opens whatever tokenizer a folder in Hugging Face's layout holds.</summary>
public static class Tokenizer
{
    // By the original's class, and by what the files hold where no file names the class.
    private static readonly (string ClassName, Func<TokenizerFolder, bool> Fits, Func<string, ITokenizer> Open)[] Known =
    [
        ("BertTokenizer", files => files.Has("vocab.txt"), BertTokenizer.Open),
        ("CLIPTokenizer", files => HoldsToken(files, ClipTokenizer.DefaultRoles.Start.Content), ClipTokenizer.Open),
        ("RobertaTokenizer", files => HoldsToken(files, RobertaTokenizer.DefaultRoles.Start.Content), RobertaTokenizer.Open),
    ];

    /// <summary>True if a folder holds the files of a tokenizer that is known.</summary>
    public static bool IsIn(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return Find(new TokenizerFolder(folder)) is not null;
    }

    /// <summary>Opens a folder's tokenizer.</summary>
    /// <exception cref="FormatException">The folder holds none that is known, or a file is damaged.</exception>
    public static ITokenizer Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var open = Find(new TokenizerFolder(folder)) ?? throw new FormatException(
            $"{folder} must hold a tokenizer of the classes {string.Join(", ", Known.Select(entry => entry.ClassName))} "
            + "(vocab.txt, or vocab.json and merges.txt; tokenizer_config.json names the class), but holds none of them.");
        return open(folder);
    }

    private static Func<string, ITokenizer>? Find(TokenizerFolder files) => files.ClassName is { } name
        ? Known.FirstOrDefault(entry => entry.ClassName == name).Open
        : Known.FirstOrDefault(entry => entry.Fits(files)).Open;

    private static bool HoldsToken(TokenizerFolder files, string token) =>
        files.Has(BytePairFiles.VocabularyName) && files.Has(BytePairFiles.MergesName) && Vocabulary.ReadJson(files.FilePath(BytePairFiles.VocabularyName)).Id(token) is not null;
}
