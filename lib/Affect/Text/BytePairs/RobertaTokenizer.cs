namespace Affect.Text.BytePairs;

/// <summary>RoBERTa's tokenizer: byte pairs inside words that begin with their blank.</summary>
/// <remarks>Liu et al., <em>RoBERTa</em>, arXiv:1907.11692, section 4.4; reference: transformers 4.46, models/roberta/tokenization_roberta.py.</remarks>
public sealed class RobertaTokenizer : SubwordTokenizer
{
    private readonly BytePairMerges merges;
    private readonly bool addsBlank;

    internal RobertaTokenizer(Vocabulary vocabulary, BytePairMerges merges, SpecialRoles roles, int maxLength, bool addsBlank)
        : base(vocabulary, roles, maxLength) => (this.merges, this.addsBlank) = (merges, addsBlank);

    /// <summary>The special tokens of RoBERTa.</summary>
    public static SpecialRoles DefaultRoles { get; } = new()
    {
        Start = new SpecialToken { Content = "<s>" },
        End = new SpecialToken { Content = "</s>" },
        Unknown = new SpecialToken { Content = "<unk>" },
        Pad = new SpecialToken { Content = "<pad>" },
        Mask = new SpecialToken { Content = "<mask>", TakesSpaceBefore = true },
    };

    private protected override int SeparatorsInPair => 2;

    private protected override bool TellsTypesApart => false;

    /// <summary>Reads a folder in Hugging Face's layout.</summary>
    /// <param name="folder">Holds <c>vocab.json</c> and <c>merges.txt</c>, or <c>tokenizer.json</c> alone, and perhaps <c>tokenizer_config.json</c> and the files of special tokens.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged.</exception>
    public static RobertaTokenizer Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = new TokenizerFolder(folder);
        var roles = new SpecialRoles
        {
            Start = files.Role("cls_token", files.Role("bos_token", DefaultRoles.Start)),
            End = files.Role("sep_token", files.Role("eos_token", DefaultRoles.End)),
            Unknown = files.Role("unk_token", DefaultRoles.Unknown),
            Pad = files.Role("pad_token", DefaultRoles.Pad),
            Mask = files.Role("mask_token", DefaultRoles.Mask!),
            Others = files.Others("cls_token", "sep_token", "bos_token", "eos_token", "unk_token", "pad_token", "mask_token"),
        };
        if (files.Flag("do_lower_case") == true) throw new FormatException($"{files.FilePath(TokenizerFolder.ConfigName)}: 'do_lower_case' must be false for RoBERTa's tokenizer, but is true.");
        var (vocabulary, merges) = BytePairFiles.Read(files);
        return new RobertaTokenizer(vocabulary, merges, roles, files.MaxLength(512), files.Flag("add_prefix_space") ?? files.Json?.AddsBlank ?? false);
    }

    private protected override void Append(string text, List<int> ids)
    {
        if (addsBlank && text.Length > 0 && !char.IsWhiteSpace(text[0])) text = " " + text;
        foreach (var word in WordSplitter.Gpt(text))
        {
            var pieces = ByteAlphabet.Write(text.AsSpan(word)).Select(letter => letter.ToString());
            foreach (var piece in merges.Apply([.. pieces])) ids.Add(Vocabulary.Id(piece) ?? UnknownId);
        }
    }

    private protected override string Join(IReadOnlyList<string> tokens) => ByteAlphabet.Read(string.Concat(tokens));

    private protected override IEnumerable<string> Rules() => merges.Lines();

    private protected override void WriteVocabulary(string folder) => BytePairFiles.Write(folder, Vocabulary, merges);

    private protected override void Describe(IDictionary<string, JsonNode?> fields)
    {
        fields["cls_token"] = Entry(Roles.Start);
        fields["bos_token"] = Entry(Roles.Start);
        fields["sep_token"] = Entry(Roles.End);
        fields["eos_token"] = Entry(Roles.End);
        fields["mask_token"] = Roles.Mask is null ? null : Entry(Roles.Mask);
        fields["add_prefix_space"] = addsBlank;
    }
}
