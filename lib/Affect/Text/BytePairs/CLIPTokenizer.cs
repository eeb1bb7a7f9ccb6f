namespace Affect.Text.BytePairs;

/// <summary>CLIP's tokenizer: small letters, byte pairs inside words, and a mark on each word's last piece.</summary>
/// <remarks>
/// Radford et al., <em>Learning Transferable Visual Models From Natural Language Supervision</em>, arXiv:2103.00020, section 2.4. Reference: transformers
/// 4.46, models/clip/tokenization_clip.py without ftfy, which would repair broken encodings first.
/// </remarks>
public sealed class CLIPTokenizer : SubwordTokenizer
{
    /// <summary>The tokens that CLIP's text tower takes.</summary>
    public const int Context = 77;

    internal const string WordEnd = "</w>";

    private readonly BytePairMerges merges;

    internal CLIPTokenizer(Vocabulary vocabulary, BytePairMerges merges, SpecialRoles roles, int maxLength)
        : base(vocabulary, roles, maxLength) => this.merges = merges;

    /// <summary>The special tokens of CLIP; its end token also fills short texts.</summary>
    public static SpecialRoles DefaultRoles { get; } = new()
    {
        Start = new SpecialToken { Content = "<|startoftext|>" },
        End = new SpecialToken { Content = "<|endoftext|>" },
        Unknown = new SpecialToken { Content = "<|endoftext|>" },
        Pad = new SpecialToken { Content = "<|endoftext|>" },
    };

    private static BasicTokenizer Basic { get; } = new() { StripsAccents = false, SplitsPunctuation = false };

    private protected override int SeparatorsInPair => 2;

    private protected override bool TellsTypesApart => false;

    /// <summary>Reads a folder in Hugging Face's layout.</summary>
    /// <inheritdoc cref="RobertaTokenizer.Open"/>
    public static CLIPTokenizer Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var files = new TokenizerFolder(folder);
        var roles = new SpecialRoles
        {
            Start = files.Role("bos_token", DefaultRoles.Start),
            End = files.Role("eos_token", DefaultRoles.End),
            Unknown = files.Role("unk_token", DefaultRoles.Unknown),
            Pad = files.Role("pad_token", DefaultRoles.Pad),
            Others = files.Others("bos_token", "eos_token", "unk_token", "pad_token"),
        };
        var (vocabulary, merges) = BytePairFiles.Read(files);
        return new CLIPTokenizer(vocabulary, merges, roles, files.MaxLength(Context));
    }

    /// <summary>The words inside which bytes are merged.</summary>
    internal static IEnumerable<string> Words(string text)
    {
        var clean = string.Join(' ', Basic.Words(text));
        return WordSplitter.Clip(clean).Select(word => clean[word]);
    }

    /// <summary>A word's bytes, the last one marked.</summary>
    internal static IReadOnlyList<string> Letters(string word)
    {
        var letters = ByteAlphabet.Write(word).Select(letter => letter.ToString()).ToArray();
        letters[^1] += WordEnd;
        return letters;
    }

    private protected override void Append(string text, List<int> ids)
    {
        foreach (var word in Words(text))
            foreach (var piece in merges.Apply(Letters(word))) ids.Add(Vocabulary.Id(piece) ?? UnknownId);
    }

    private protected override string Join(IReadOnlyList<string> tokens) =>
        ByteAlphabet.Read(string.Concat(tokens.Select(token => token.Replace(WordEnd, "Ġ", StringComparison.Ordinal)))).Trim();

    private protected override IEnumerable<string> Rules() => merges.Lines();

    private protected override void WriteVocabulary(string folder) => BytePairFiles.Write(folder, Vocabulary, merges);

    private protected override void Describe(IDictionary<string, JsonNode?> fields)
    {
        fields["tokenizer_class"] = "CLIPTokenizer";
        fields["bos_token"] = Entry(Roles.Start);
        fields["eos_token"] = Entry(Roles.End);
        fields["do_lower_case"] = true;
    }
}
