namespace Affect.Text;

/// <summary>Opens whatever tokenizer a folder in Hugging Face's layout holds.</summary>
public static class Tokenizer
{
    // By the original's class, and by what the files hold where no file names the class.
    private static readonly (string ClassName, Func<TokenizerFolder, bool> Fits, Func<string, ITokenizer> Open)[] Known =
    [
        ("BertTokenizer", files => files.Json?.ClassName == "BertTokenizer" || files.Has(BertTokenizer.VocabularyName), BertTokenizer.Open),
        ("CLIPTokenizer", files => HoldsToken(files, CLIPTokenizer.DefaultRoles.Start.Content), CLIPTokenizer.Open),
        ("RobertaTokenizer", files => HoldsToken(files, RobertaTokenizer.DefaultRoles.Start.Content), RobertaTokenizer.Open),
    ];

    // Classes of other models that do the very same.
    private static readonly Dictionary<string, string> SameAs = new()
    {
        ["DistilBertTokenizer"] = "BertTokenizer",
        ["ElectraTokenizer"] = "BertTokenizer",
        ["MobileBertTokenizer"] = "BertTokenizer",
        ["BertTokenizerLegacy"] = "BertTokenizer",
        ["BartTokenizer"] = "RobertaTokenizer",
        ["LongformerTokenizer"] = "RobertaTokenizer",
        ["RobertaTokenizerLegacy"] = "RobertaTokenizer",
    };

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
        var files = new TokenizerFolder(folder);
        // Of another kind of tokenizer the one file says best what it is.
        if (Find(files) is null && files is { ClassName: null } && files.Has(TokenizerJson.FileName)) _ = TokenizerJson.Read(files.FilePath(TokenizerJson.FileName));
        var open = Find(files) ?? throw new FormatException(
            $"{folder} must hold a tokenizer of the classes {string.Join(", ", Known.Select(entry => entry.ClassName))} "
            + "(vocab.txt, or vocab.json and merges.txt, or tokenizer.json; tokenizer_config.json names the class), but holds none of them.");
        return open(folder);
    }

    private static Func<string, ITokenizer>? Find(TokenizerFolder files)
    {
        if (files.ClassName is not { } name) return Known.FirstOrDefault(entry => entry.Fits(files)).Open;
        name = SameAs.GetValueOrDefault(name, name);
        if (Known.Any(entry => entry.ClassName == name) && files.Json is { } json && json.ClassName != name)
            throw new FormatException($"{files.Folder}: tokenizer.json holds what {json.ClassName} does, but tokenizer_config.json names '{files.ClassName}'.");
        return Known.FirstOrDefault(entry => entry.ClassName == name).Open;
    }

    private static bool HoldsToken(TokenizerFolder files, string token) => files.Json is { Merges: not null } json
        ? json.ClassName == (token == CLIPTokenizer.DefaultRoles.Start.Content ? "CLIPTokenizer" : "RobertaTokenizer")
        : files.Has(BytePairFiles.VocabularyName) && files.Has(BytePairFiles.MergesName) && Vocabulary.ReadJson(files.FilePath(BytePairFiles.VocabularyName)).Id(token) is not null;
}
