namespace Affect.Text.WordPiece;

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

    internal BertTokenizer(Vocabulary vocabulary, SpecialRoles roles, int maxLength, BasicTokenizer basic)
        : base(vocabulary, roles, maxLength) => this.basic = basic;

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

    private protected override int SeparatorsInPair => 1;

    private protected override bool TellsTypesApart => true;

    /// <summary>A tokenizer of a vocabulary of one's own, with BERT's special tokens.</summary>
    /// <param name="vocabulary">Pieces; those inside a word begin with <c>##</c>.</param>
    /// <param name="lowersCase">Whether capital letters become small ones and accents go.</param>
    /// <param name="maxLength">The most tokens of a text.</param>
    public static BertTokenizer Of(Vocabulary vocabulary, bool lowersCase = true, int maxLength = 512) =>
        new(vocabulary, DefaultRoles, maxLength, new BasicTokenizer { LowersCase = lowersCase });

    /// <summary>Reads a folder in Hugging Face's layout.</summary>
    /// <param name="folder">Holds <c>vocab.txt</c>, or <c>tokenizer.json</c> alone, and perhaps <c>tokenizer_config.json</c>, <c>special_tokens_map.json</c>, <c>added_tokens.json</c>.</param>
    /// <exception cref="FileNotFoundException">There is neither.</exception>
    /// <exception cref="FormatException">A file is damaged.</exception>
    public static BertTokenizer Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = new TokenizerFolder(folder);
        var roles = new SpecialRoles
        {
            Start = files.Role("cls_token", DefaultRoles.Start),
            End = files.Role("sep_token", DefaultRoles.End),
            Unknown = files.Role("unk_token", DefaultRoles.Unknown),
            Pad = files.Role("pad_token", DefaultRoles.Pad),
            Mask = files.Role("mask_token", DefaultRoles.Mask!),
            Others = files.Others("cls_token", "sep_token", "unk_token", "pad_token", "mask_token"),
        };
        var words = new BasicTokenizer
        {
            LowersCase = files.Flag("do_lower_case") ?? files.Json?.LowersCase ?? true,
            StripsAccents = files.Flag("strip_accents") ?? files.Json?.StripsAccents,
            SplitsChinese = files.Flag("tokenize_chinese_chars") ?? files.Json?.SplitsChinese ?? true,
        };
        var vocabulary = files.Json?.Vocabulary ?? Vocabulary.ReadLines(files.FilePath(VocabularyName));
        return new BertTokenizer(files.Complete(vocabulary), roles, files.MaxLength(512), words);
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
            if (token.StartsWith(Continued, StringComparison.Ordinal) && token.Length > Continued.Length) text.Append(token, Continued.Length, token.Length - Continued.Length);
            else text.Append(text.Length > 0 ? " " : "").Append(token);
        }
        return text.ToString();
    }

    private protected override IEnumerable<string> Rules() => [];

    private protected override void WriteVocabulary(string folder) => Vocabulary.WriteLines(Path.Combine(folder, VocabularyName));

    private protected override void Describe(IDictionary<string, JsonNode?> fields)
    {
        fields["cls_token"] = Entry(Roles.Start);
        fields["sep_token"] = Entry(Roles.End);
        fields["mask_token"] = Roles.Mask is null ? null : Entry(Roles.Mask);
        fields["do_lower_case"] = basic.LowersCase;
        fields["strip_accents"] = basic.StripsAccents;
        fields["tokenize_chinese_chars"] = basic.SplitsChinese;
    }

    private void AppendWord(string word, List<int> ids)
    {
        var before = ids.Count;
        if (word.EnumerateRunes().Count() <= LongestWord)
        {
            var from = 0;
            while (from < word.Length)
            {
                var (id, length) = LongestPiece(word, from);
                if (length == 0) break;
                ids.Add(id);
                from += length;
            }
            if (from == word.Length) return;
        }
        // One piece that is not known makes the whole word unknown.
        ids.RemoveRange(before, ids.Count - before);
        ids.Add(UnknownId);
    }

    private (int Id, int Length) LongestPiece(string word, int from)
    {
        Span<char> piece = stackalloc char[Continued.Length + word.Length - from];
        Continued.CopyTo(piece);
        word.AsSpan(from).CopyTo(piece[Continued.Length..]);
        var start = from == 0 ? Continued.Length : 0;
        for (var end = piece.Length; end > Continued.Length; end--)
            if (Vocabulary.Id(piece[start..end]) is { } id) return (id, end - Continued.Length);
        return (0, 0);
    }
}
