namespace Affect.Text;

/// <summary>
/// A tokenizer in one file, <c>tokenizer.json</c>, as the library tokenizers writes it: the vocabulary, and every step from text to ids. The steps
/// must be those of BERT, RoBERTa or CLIP; any other is refused by name.
/// </summary>
/// <remarks>
/// tokenizers 0.20 (huggingface/tokenizers). <c>truncation</c> and <c>padding</c> are passed over, as transformers does: the caller says how long a
/// text may be. Difference: CLIP's words are cut as its tokenizer in Python cuts them, which sets Chinese characters apart.
/// </remarks>
internal sealed class TokenizerJson
{
    internal const string FileName = "tokenizer.json";

    private static readonly KnownFields BytePairModel = KnownFields.None
        .Only("continuing_subword_prefix", "")
        .Only("fuse_unk", false)
        .Only("byte_fallback", false)
        .Only("ignore_merges", false)
        .Only("dropout", 0);

    private readonly ConfigFile file;
    private readonly Dictionary<string, SpecialToken> roles = [];

    /// <exception cref="FormatException">The file is damaged, or asks for something that is not done here; the message names the field.</exception>
    internal TokenizerJson(ConfigFile file)
    {
        this.file = file;
        var model = file.Section("model");
        ClassName = (model.Text("type", ""), model.Text("end_of_word_suffix", "")) switch
        {
            ("WordPiece", "") => "BertTokenizer",
            // Old files do not name the type.
            ("BPE" or "", CLIPTokenizer.WordEnd) => "CLIPTokenizer",
            ("BPE" or "", "") => "RobertaTokenizer",
            var (type, suffix) => throw file.Wrong("model", "WordPiece or BPE of bytes", $"'{type}' with the suffix '{suffix}'"),
        };
        Vocabulary = model.Raw("vocab") is JsonObject ids
            ? Vocabulary.Of(ids, $"{file.Place}: vocab")
            : throw model.Wrong("vocab", "an object of ids by token");
        if (model.Text("unk_token", "") is { Length: > 0 } unknown) roles["unk_token"] = new SpecialToken { Content = unknown };
        if (ClassName == "BertTokenizer") ReadWordPiece(model);
        else ReadBytePairs(model);
        ReadPostProcessor();
        Added = [.. ReadAdded()];
        file.RequireKnown(KnownFields.None.Harmless("version", "truncation", "padding", "decoder"));
    }

    /// <summary>The class in Python that does the same.</summary>
    internal string ClassName { get; }

    /// <summary>The tokens, without those that were added later.</summary>
    internal Vocabulary Vocabulary { get; }

    /// <summary>Which pieces become one; null for word pieces.</summary>
    internal BytePairMerges? Merges { get; private set; }

    /// <summary>Tokens that are never cut, and their ids.</summary>
    internal IReadOnlyList<(SpecialToken Token, int Id)> Added { get; }

    /// <summary>What the file says of the settings of <c>tokenizer_config.json</c>, by their names there, as in <c>do_lower_case</c>.</summary>
    internal Dictionary<string, bool?> Flags { get; } = [];

    /// <summary>True if a file holds word pieces or byte pairs, whatever else it asks for; false for the kinds of other models.</summary>
    internal static bool IsOfKnownKind(ConfigFile file) => file.Section("model").Text("type", "BPE") is "WordPiece" or "BPE";

    /// <summary>The token of a role, as in <c>cls_token</c>; null: nothing is said.</summary>
    internal SpecialToken? Role(string role) => roles.GetValueOrDefault(role);

    private void ReadWordPiece(ConfigFile model)
    {
        model.RequireKnown(KnownFields.None.Only("continuing_subword_prefix", "##").Only("max_input_chars_per_word", 100));
        var normalizer = Only("normalizer", "normalizers", "BertNormalizer");
        Flags["do_lower_case"] = normalizer.Flag("lowercase");
        Flags["strip_accents"] = normalizer.Flag("strip_accents");
        Flags["tokenize_chinese_chars"] = normalizer.Flag("handle_chinese_chars");
        normalizer.RequireKnown(KnownFields.None.Only("clean_text", true));
        _ = Only("pre_tokenizer", "pretokenizers", "BertPreTokenizer");
    }

    private void ReadBytePairs(ConfigFile model)
    {
        if (model.Raw("merges") is not JsonArray list) throw model.Wrong("merges", "a list of pairs");
        Merges = new BytePairMerges([.. list.Select(node => Pair(model, node))]);
        model.RequireKnown(BytePairModel);
        var steps = Steps("normalizer", "normalizers");
        var cuts = Steps("pre_tokenizer", "pretokenizers");
        var isClip = ClassName == "CLIPTokenizer";
        if (isClip ? !TokenizerSteps.AreNormalizersOfClip(steps) : steps.Count > 0) throw file.Wrong("normalizer", $"that of {ClassName}");
        if (isClip ? !TokenizerSteps.AreCutsOfClip(cuts) : !TokenizerSteps.Are(cuts, "ByteLevel"))
            throw file.Wrong("pre_tokenizer", $"that of {ClassName}");
        var bytes = file.Section("pre_tokenizer", cuts[^1]);
        Flags["add_prefix_space"] = bytes.Flag("add_prefix_space");
        bytes.RequireKnown(KnownFields.None.Harmless("type", "trim_offsets").Only("use_regex", true));
        if (isClip && Flags["add_prefix_space"] == true) throw bytes.Wrong("add_prefix_space", "false");
    }

    private void ReadPostProcessor()
    {
        // Byte-level processing there changes offsets only.
        var steps = Steps("post_processor", "processors").Where(step => step["type"].AsText() != "ByteLevel").ToArray();
        var isBert = ClassName == "BertTokenizer";
        if (steps is not [{ } step] || TokenizerSteps.Around(step, isBert) is not var (start, end))
            throw file.Wrong("post_processor", $"one that puts {(isBert ? "BERT's" : "RoBERTa's")} tokens around a text and a pair");
        roles["cls_token"] = roles["bos_token"] = new SpecialToken { Content = start };
        roles["sep_token"] = roles["eos_token"] = new SpecialToken { Content = end };
    }

    private IEnumerable<(SpecialToken Token, int Id)> ReadAdded()
    {
        if (file.Raw("added_tokens") is not JsonArray list) yield break;
        foreach (var item in list)
        {
            if (item is not JsonObject entry || entry["content"].AsText() is not { Length: > 0 } content || entry["id"].AsWholeNumber() is not { } id)
                throw file.Wrong("added_tokens", "a list of objects with 'id' and 'content'", KnownFields.Shown(item));
            // Such a token is looked for in the text after capitals are gone.
            if (Flags.GetValueOrDefault("do_lower_case") == true && entry["normalized"].IsTrue() && content.Any(char.IsUpper))
                throw file.Wrong("added_tokens", "without capitals in tokens that are 'normalized'", $"'{content}'");
            var token = SpecialToken.Read(entry, content, file.Place);
            // No field says which one pads and which one hides; their names do: [PAD], <pad>, <|pad|>.
            var name = content.Trim('[', ']', '<', '>', '|').ToLowerInvariant();
            if (name is "pad" or "mask" or "unk") roles.TryAdd($"{name}_token", token);
            yield return (token, id);
        }
    }

    private static (string Left, string Right) Pair(ConfigFile model, JsonNode? node)
    {
        string[] parts = node is JsonArray list ? [.. list.Select(item => item.AsText() ?? "")] : node.AsText()?.Split(' ') ?? [];
        return parts is [{ Length: > 0 } left, { Length: > 0 } right]
            ? (left, right)
            : throw model.Wrong("merges", "a list of two pieces each", KnownFields.Shown(node));
    }

    // One step, alone or in a sequence of one.
    private ConfigFile Only(string field, string listName, string type)
    {
        var steps = Steps(field, listName);
        if (!TokenizerSteps.Are(steps, type)) throw file.Wrong(field, type);
        var step = file.Section(field, steps[0]);
        _ = step.Raw("type");
        return step;
    }

    private IReadOnlyList<JsonObject> Steps(string field, string listName) => file.Raw(field) switch
    {
        null => [],
        JsonObject sequence when sequence["type"].AsText() == "Sequence" && sequence[listName] is JsonArray list => [.. list.OfType<JsonObject>()],
        JsonObject step => [step],
        _ => throw file.Wrong(field, "an object"),
    };
}
