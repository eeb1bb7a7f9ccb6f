namespace Affect.Text;

/// <summary>RoBERTa's tokenizer: byte pairs inside words that begin with their blank.</summary>
/// <remarks>Liu et al., <em>RoBERTa</em>, arXiv:1907.11692, section 4.4; transformers 4.46, models/roberta/tokenization_roberta.py.</remarks>
public sealed class RobertaTokenizer : BytePairTokenizer
{
    private readonly bool addsBlank;

    private RobertaTokenizer(Vocabulary vocabulary, BytePairMerges merges, SpecialRoles roles, int maxLength, bool addsBlank)
        : base(vocabulary, merges, TokenizerFamily.Roberta, roles, maxLength) => this.addsBlank = addsBlank;

    /// <summary>The special tokens of RoBERTa.</summary>
    public static SpecialRoles DefaultRoles { get; } = new()
    {
        Start = new SpecialToken { Content = "<s>" },
        End = new SpecialToken { Content = "</s>" },
        Unknown = new SpecialToken { Content = "<unk>" },
        Pad = new SpecialToken { Content = "<pad>" },
        Mask = new SpecialToken { Content = "<mask>", TakesSpaceBefore = true },
    };

    /// <summary>Reads a folder in Hugging Face's layout.</summary>
    /// <param name="folder">
    /// Holds <c>vocab.json</c> and <c>merges.txt</c>, or <c>tokenizer.json</c> alone, and perhaps <c>tokenizer_config.json</c> and its like.
    /// </param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged.</exception>
    public static RobertaTokenizer Open(string folder) => Open(new TokenizerFolder(folder));

    /// <inheritdoc cref="Open(string)"/>
    internal static RobertaTokenizer Open(TokenizerFolder files)
    {
        if (files.Flag("do_lower_case") == true)
            throw new FormatException(
                $"{files.FilePath(TokenizerFolder.ConfigName)}: 'do_lower_case' must be false for RoBERTa's tokenizer, but is true.");
        var (vocabulary, merges) = Read(files);
        var roles = files.Roles(TokenizerFamily.Roberta, DefaultRoles);
        return new RobertaTokenizer(vocabulary, merges, roles, files.MaxLength(512), files.Flag("add_prefix_space") ?? false);
    }

    private protected override IEnumerable<string[]> WordsAsLetters(string text)
    {
        if (addsBlank && text.Length > 0 && !char.IsWhiteSpace(text[0])) text = " " + text;
        return WordSplitter.Gpt(text).Select(word => ByteAlphabet.Letters(text.AsSpan(word)));
    }

    private protected override string Join(IReadOnlyList<string> tokens) => ByteAlphabet.Read(string.Concat(tokens));

    private protected override IEnumerable<KeyValuePair<string, JsonNode?>> Flags() => [new("add_prefix_space", addsBlank)];
}
