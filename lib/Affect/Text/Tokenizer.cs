namespace Affect.Text;

/// <summary>Opens whatever tokenizer a folder in Hugging Face's layout holds.</summary>
public static class Tokenizer
{
    // By the original's class, and by what the files hold where no file names the class.
    private static readonly (string ClassName, Func<TokenizerFolder, bool> Fits, Func<TokenizerFolder, ITokenizer> Open)[] Known =
    [
        ("BertTokenizer", files => files.Json?.ClassName == "BertTokenizer" || files.Has(BertTokenizer.VocabularyName), BertTokenizer.Open),
        ("CLIPTokenizer", files => HoldsBytePairs(files, "CLIPTokenizer", CLIPTokenizer.DefaultRoles), CLIPTokenizer.Open),
        ("RobertaTokenizer", files => HoldsBytePairs(files, "RobertaTokenizer", RobertaTokenizer.DefaultRoles), RobertaTokenizer.Open),
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
    public static bool IsIn(string folder) => Find(new TokenizerFolder(folder)) is not null;

    /// <summary>Opens a folder's tokenizer.</summary>
    /// <exception cref="FormatException">The folder holds none that is known, or a file is damaged.</exception>
    public static ITokenizer Open(string folder)
    {
        var files = new TokenizerFolder(folder);
        if (Find(files) is { } open) return open(files);
        // Of another kind of tokenizer the one file says best what it is.
        if (files is { ClassName: null } && files.Has(TokenizerJson.FileName))
            _ = new TokenizerJson(ConfigFile.Open(files.FilePath(TokenizerJson.FileName)));
        throw new FormatException(
            $"{folder} must hold a tokenizer of the classes {string.Join(", ", Known.Select(entry => entry.ClassName))} "
            + "(vocab.txt, or vocab.json and merges.txt, or tokenizer.json; tokenizer_config.json names the class), but holds none of them.");
    }

    private static Func<TokenizerFolder, ITokenizer>? Find(TokenizerFolder files)
    {
        if (files.ClassName is not { } name) return Known.FirstOrDefault(entry => entry.Fits(files)).Open;
        name = SameAs.GetValueOrDefault(name, name);
        if (Known.Any(entry => entry.ClassName == name) && files.Json is { } json && json.ClassName != name)
            throw new FormatException(
                $"{files.Folder}: tokenizer.json holds what {json.ClassName} does, but tokenizer_config.json names '{files.ClassName}'.");
        return Known.FirstOrDefault(entry => entry.ClassName == name).Open;
    }

    private static bool HoldsBytePairs(TokenizerFolder files, string className, SpecialRoles roles)
    {
        if (files.Json is { Merges: not null } json) return json.ClassName == className;
        var vocabulary = files.FilePath(BytePairTokenizer.VocabularyName);
        return File.Exists(vocabulary) && files.Has(BytePairTokenizer.MergesName)
            && Vocabulary.ReadJson(vocabulary).Id(roles.Start.Content) is not null;
    }
}
