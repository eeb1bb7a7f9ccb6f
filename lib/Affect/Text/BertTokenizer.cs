namespace Affect.Text;

/// <summary>BERT's tokenizer: words, then the longest pieces of the vocabulary from each word's left (WordPiece).</summary>
/// <remarks>
/// Devlin et al., <em>BERT</em>, arXiv:1810.04805, section 3; Wu et al., arXiv:1609.08144, section 4.1. Reference: transformers 4.46,
/// models/bert/tokenization_bert.py. Chinese RoBERTa-wwm and MacBERT use it too.
/// </remarks>
public sealed class BertTokenizer : SubwordTokenizer
{
    internal const string VocabularyName = "vocab.txt";
    private const string Continued = "##";
    private const int LongestWord = 100; // characters; a longer word is unknown

    private readonly BasicTokenizer basic;

    private BertTokenizer(Vocabulary vocabulary, SpecialRoles roles, int maxLength, BasicTokenizer basic)
        : base(vocabulary, TokenizerFamily.Bert, roles, maxLength) => this.basic = basic;

    /// <summary>The special tokens of BERT.</summary>
    public static SpecialRoles DefaultRoles { get; } = new()
    {
        Start = new SpecialToken { Content = "[CLS]" },
        End = new SpecialToken { Content = "[SEP]" },
        Unknown = new SpecialToken { Content = "[UNK]" },
        Pad = new SpecialToken { Content = "[PAD]" },
        Mask = new SpecialToken { Content = "[MASK]" },
    };

    /// <summary>Whether capital letters become small ones and accents go.</summary>
    public bool LowersCase => basic.LowersCase;

    /// <summary>A tokenizer of a vocabulary of one's own, with BERT's special tokens.</summary>
    /// <param name="vocabulary">Pieces; those inside a word begin with <c>##</c>.</param>
    /// <param name="lowersCase">Whether capital letters become small ones and accents go.</param>
    /// <param name="maxLength">The most tokens of a text.</param>
    public static BertTokenizer Of(Vocabulary vocabulary, bool lowersCase = true, int maxLength = 512) =>
        new(vocabulary, DefaultRoles, maxLength, new BasicTokenizer { LowersCase = lowersCase });

    /// <summary>Reads a folder in Hugging Face's layout.</summary>
    /// <param name="folder">Holds <c>vocab.txt</c>, or <c>tokenizer.json</c> alone, and perhaps <c>tokenizer_config.json</c> and its like.</param>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    /// <exception cref="FormatException">A file is damaged.</exception>
    public static BertTokenizer Open(string folder) => Open(new TokenizerFolder(folder));

    /// <inheritdoc cref="Open(string)"/>
    internal static BertTokenizer Open(TokenizerFolder files)
    {
        var words = new BasicTokenizer
        {
            LowersCase = files.Flag("do_lower_case") ?? true,
            StripsAccents = files.Flag("strip_accents"),
            SplitsChinese = files.Flag("tokenize_chinese_chars") ?? true,
        };
        var vocabulary = files.Json?.Vocabulary ?? Vocabulary.ReadLines(files.FilePath(VocabularyName));
        return new BertTokenizer(files.Complete(vocabulary), files.Roles(TokenizerFamily.Bert, DefaultRoles), files.MaxLength(512), words);
    }

    private protected override void Append(string text, List<int> ids)
    {
        foreach (var word in basic.Words(text)) AppendWord(word, ids);
    }

    private protected override string Join(IReadOnlyList<string> tokens)
    {
        var text = new StringBuilder();
        foreach (var token in tokens)
        {
            if (token.StartsWith(Continued, StringComparison.Ordinal) && token.Length > Continued.Length) text.Append(token.AsSpan(Continued.Length));
            else text.Append(text.Length > 0 ? " " : "").Append(token);
        }
        return text.ToString();
    }

    private protected override IEnumerable<string> Rules() => [];

    private protected override void WriteVocabulary(string folder) => Vocabulary.WriteLines(Path.Combine(folder, VocabularyName));

    private protected override IEnumerable<KeyValuePair<string, JsonNode?>> Flags() => new Dictionary<string, JsonNode?>
    {
        ["do_lower_case"] = basic.LowersCase,
        ["strip_accents"] = basic.StripsAccents,
        ["tokenize_chinese_chars"] = basic.SplitsChinese,
    };

    private void AppendWord(string word, List<int> ids)
    {
        var before = ids.Count;
        var from = 0;
        var isLong = word.EnumerateRunes().Count() > LongestWord;
        while (!isLong && from < word.Length && LongestPiece(word, from) is ({ } id, var length))
        {
            ids.Add(id);
            from += length;
        }
        if (from == word.Length) return;
        // One piece that is not known makes the whole word unknown.
        ids.RemoveRange(before, ids.Count - before);
        ids.Add(UnknownId);
    }

    private (int? Id, int Length) LongestPiece(string word, int from)
    {
        Span<char> piece = stackalloc char[Continued.Length + word.Length - from];
        Continued.CopyTo(piece);
        word.AsSpan(from).CopyTo(piece[Continued.Length..]);
        var start = from == 0 ? Continued.Length : 0;
        for (var end = piece.Length; end > Continued.Length; end--)
            if (Vocabulary.Id(piece[start..end]) is { } id) return (id, end - Continued.Length);
        return (null, 0);
    }
}
