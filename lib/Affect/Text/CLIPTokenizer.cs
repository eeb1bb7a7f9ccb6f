namespace Affect.Text;

/// <summary>CLIP's tokenizer: small letters, byte pairs inside words, and a mark on each word's last piece.</summary>
/// <remarks>
/// Radford et al., <em>Learning Transferable Visual Models From Natural Language Supervision</em>, arXiv:2103.00020, section 2.4. Reference:
/// transformers 4.46, models/clip/tokenization_clip.py without ftfy, which would repair broken encodings first.
/// </remarks>
public sealed class CLIPTokenizer : BytePairTokenizer
{
    /// <summary>The tokens that CLIP's text tower takes.</summary>
    public const int Context = 77;

    internal const string WordEnd = "</w>";

    internal CLIPTokenizer(Vocabulary vocabulary, BytePairMerges merges, SpecialRoles roles, int maxLength)
        : base(vocabulary, merges, TokenizerFamily.CLIP, roles, maxLength)
    {
    }

    /// <summary>The special tokens of CLIP; its end token also fills short texts.</summary>
    public static SpecialRoles DefaultRoles { get; } = new()
    {
        Start = new SpecialToken { Content = "<|startoftext|>" },
        End = new SpecialToken { Content = "<|endoftext|>" },
        Unknown = new SpecialToken { Content = "<|endoftext|>" },
        Pad = new SpecialToken { Content = "<|endoftext|>" },
    };

    private static BasicTokenizer Basic { get; } = new() { StripsAccents = false, SplitsPunctuation = false };

    /// <summary>Reads a folder in Hugging Face's layout.</summary>
    /// <inheritdoc cref="RobertaTokenizer.Open(string)"/>
    public static CLIPTokenizer Open(string folder) => Open(new TokenizerFolder(folder));

    /// <inheritdoc cref="Open(string)"/>
    internal static CLIPTokenizer Open(TokenizerFolder files)
    {
        var (vocabulary, merges) = Read(files);
        return new CLIPTokenizer(vocabulary, merges, files.Roles(TokenizerFamily.CLIP, DefaultRoles), files.MaxLength(Context));
    }

    /// <summary>The words inside which bytes are merged.</summary>
    internal static IEnumerable<string> Words(string text)
    {
        var clean = string.Join(' ', Basic.Words(text));
        return WordSplitter.Clip(clean).Select(word => clean[word]);
    }

    /// <summary>A word's bytes, the last one marked.</summary>
    internal static string[] Letters(string word)
    {
        var letters = ByteAlphabet.Letters(word);
        letters[^1] += WordEnd;
        return letters;
    }

    private protected override IEnumerable<string[]> WordsAsLetters(string text) => Words(text).Select(Letters);

    private protected override string Join(IReadOnlyList<string> tokens) =>
        ByteAlphabet.Read(string.Concat(tokens.Select(token => token.Replace(WordEnd, "Ġ", StringComparison.Ordinal)))).Trim();

    private protected override IEnumerable<KeyValuePair<string, JsonNode?>> Flags() => [new("do_lower_case", true)];
}
