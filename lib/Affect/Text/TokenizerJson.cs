namespace Affect.Text;

/// <summary>
/// A tokenizer in one file, <c>tokenizer.json</c>, as the library tokenizers writes it: the vocabulary, and every step from text to ids. The steps must be those
/// of BERT, RoBERTa or CLIP; any other is refused by name.
/// </summary>
/// <remarks>
/// tokenizers 0.20 (huggingface/tokenizers). <c>truncation</c> and <c>padding</c> are passed over, as transformers does: the caller says how long a text may be.
/// Difference: CLIP's words are cut as its tokenizer in Python cuts them, which sets Chinese characters apart.
/// </remarks>
internal sealed class TokenizerJson
{
    internal const string FileName = "tokenizer.json";

    private static readonly KnownFields Whole =
        KnownFields.None.Harmless("version", "truncation", "padding", "decoder", "added_tokens", "normalizer", "pre_tokenizer", "post_processor", "model");

    private static readonly KnownFields WordPieceModel =
        KnownFields.None.Harmless("type", "vocab", "unk_token").Only("continuing_subword_prefix", "##").Only("max_input_chars_per_word", 100);

    private static readonly KnownFields BytePairModel = KnownFields.None
        .Harmless("type", "vocab", "merges", "unk_token", "end_of_word_suffix")
        .Only("continuing_subword_prefix", "")
        .Only("fuse_unk", false)
        .Only("byte_fallback", false)
        .Only("ignore_merges", false)
        .Only("dropout", 0);

    private readonly string path;
    private readonly JsonObject root;
    private readonly Dictionary<string, SpecialToken> roles = [];

    private TokenizerJson(string path)
    {
        this.path = path;
        root = TokenizerFile.Object(path);
        Check(Whole, root, "");
        var model = Object("model");
        ClassName = (Type(model), Text(model, "end_of_word_suffix")) switch
        {
            ("WordPiece", _) => "BertTokenizer",
            // Old files do not name the type.
            ("BPE" or "", CLIPTokenizer.WordEnd) => "CLIPTokenizer",
            ("BPE" or "", null or "") => "RobertaTokenizer",
            var (type, suffix) => throw Wrong("model", $"must be WordPiece or BPE of bytes, but is '{type}'{(suffix is null ? "" : $" with the suffix '{suffix}'")}"),
        };
        Vocabulary = model["vocab"] is JsonObject ids ? Vocabulary.Of(ids, $"{path}: vocab") : throw Wrong("model.vocab", "must be an object of ids by token");
        if (Text(model, "unk_token") is { Length: > 0 } unknown) roles["unk_token"] = new SpecialToken { Content = unknown };
        if (ClassName == "BertTokenizer") ReadWordPiece(model);
        else ReadBytePairs(model);
        ReadPostProcessor();
        Added = [.. ReadAdded()];
    }

    /// <summary>The class in Python that does the same.</summary>
    internal string ClassName { get; }

    /// <summary>The tokens, without those that were added later.</summary>
    internal Vocabulary Vocabulary { get; }

    /// <summary>Which pieces become one; null for word pieces.</summary>
    internal BytePairMerges? Merges { get; private set; }

    /// <summary>Tokens that are never cut, and their ids.</summary>
    internal IReadOnlyList<(SpecialToken Token, int Id)> Added { get; }

    /// <summary>BERT's <c>do_lower_case</c>; null: nothing is said.</summary>
    internal bool? LowersCase { get; private set; }

    /// <summary>BERT's <c>strip_accents</c>; null: where capitals become small.</summary>
    internal bool? StripsAccents { get; private set; }

    /// <summary>BERT's <c>tokenize_chinese_chars</c>; null: nothing is said.</summary>
    internal bool? SplitsChinese { get; private set; }

    /// <summary>RoBERTa's <c>add_prefix_space</c>; null: nothing is said.</summary>
    internal bool? AddsBlank { get; private set; }

    /// <exception cref="FormatException">The file is damaged, or asks for something that is not done here; the message names the field.</exception>
    internal static TokenizerJson Read(string path) => new(path);

    /// <summary>True if a file holds word pieces or byte pairs, whatever else it asks for; false for the kinds of other models.</summary>
    internal static bool IsOfKnownKind(string path) =>
        TokenizerFile.Object(path)["model"] is not JsonObject model || Text(model, "type") is null or "WordPiece" or "BPE";

    /// <summary>The token of a role, as in <c>cls_token</c>; null: nothing is said.</summary>
    internal SpecialToken? Role(string role) => roles.GetValueOrDefault(role);

    private void ReadWordPiece(JsonObject model)
    {
        Check(WordPieceModel, model, "model.");
        var normalizer = Only("normalizer", "BertNormalizer");
        Check(KnownFields.None.Harmless("type", "lowercase", "strip_accents", "handle_chinese_chars").Only("clean_text", true), normalizer, "normalizer.");
        (LowersCase, StripsAccents, SplitsChinese) = (Flag(normalizer, "lowercase"), Flag(normalizer, "strip_accents"), Flag(normalizer, "handle_chinese_chars"));
        _ = Only("pre_tokenizer", "BertPreTokenizer");
    }

    private void ReadBytePairs(JsonObject model)
    {
        Check(BytePairModel, model, "model.");
        Merges = new BytePairMerges(model["merges"] is JsonArray list ? [.. list.Select(Pair)] : throw Wrong("model.merges", "must be a list of pairs"));
        var steps = Steps("normalizer", "normalizers");
        var cuts = Steps("pre_tokenizer", "pretokenizers");
        var isClip = ClassName == "CLIPTokenizer";
        if (isClip ? !TokenizerSteps.AreNormalizersOfClip(steps) : steps.Count > 0) throw Wrong("normalizer", $"must be that of {ClassName}, but is {root["normalizer"]!.ToJsonString()}");
        if (isClip ? !TokenizerSteps.AreCutsOfClip(cuts) : cuts is not [{ } only] || Type(only) != "ByteLevel") throw Wrong("pre_tokenizer", $"must be that of {ClassName}, but is {root["pre_tokenizer"]?.ToJsonString() ?? "null"}");
        Check(KnownFields.None.Harmless("type", "add_prefix_space", "trim_offsets").Only("use_regex", true), cuts[^1], "pre_tokenizer.");
        AddsBlank = Flag(cuts[^1], "add_prefix_space");
        if (isClip && AddsBlank == true) throw Wrong("pre_tokenizer.add_prefix_space", "must be false, but is true");
    }

    private void ReadPostProcessor()
    {
        // Byte-level processing there changes offsets only.
        var steps = Steps("post_processor", "processors").Where(step => Type(step) != "ByteLevel").ToArray();
        var isBert = ClassName == "BertTokenizer";
        if (steps is not [{ } step] || TokenizerSteps.Around(step, isBert) is not var (start, end))
            throw Wrong("post_processor", $"must put {(isBert ? "BERT's" : "RoBERTa's")} tokens around a text and a pair, but is {root["post_processor"]?.ToJsonString() ?? "null, which puts none"}");
        foreach (var role in new[] { "cls_token", "bos_token" }) roles[role] = new SpecialToken { Content = start };
        foreach (var role in new[] { "sep_token", "eos_token" }) roles[role] = new SpecialToken { Content = end };
    }

    private IEnumerable<(SpecialToken Token, int Id)> ReadAdded()
    {
        if (root["added_tokens"] is not JsonArray list) yield break;
        foreach (var item in list)
        {
            if (item is not JsonObject entry || Text(entry, "content") is not { Length: > 0 } content || entry["id"] is not JsonValue number || !number.TryGetValue<int>(out var id))
                throw Wrong("added_tokens", $"must hold objects with 'id' and 'content', but holds {item?.ToJsonString() ?? "null"}");
            // Such a token is looked for in the text after capitals are gone.
            if (LowersCase == true && Flag(entry, "normalized") == true && content.Any(char.IsUpper))
                throw Wrong("added_tokens", $"must hold capitals only in tokens that are not 'normalized', but holds '{content}'");
            var token = TokenizerFolder.Described(entry, content, path);
            // No field says which one pads and which one hides; their names do: [PAD], <pad>, <|pad|>.
            if (content.Trim('[', ']', '<', '>', '|').ToLowerInvariant() is ("pad" or "mask" or "unk") and var role) roles.TryAdd($"{role}_token", token);
            yield return (token, id);
        }
    }

    private (string Left, string Right) Pair(JsonNode? node)
    {
        var parts = node switch
        {
            JsonArray { Count: 2 } list => [.. list.Select(item => item is JsonValue piece && piece.TryGetValue<string>(out var text) ? text : "")],
            JsonValue value when value.TryGetValue<string>(out var line) => line.Split(' '),
            _ => [],
        };
        return parts is [{ Length: > 0 } left, { Length: > 0 } right] ? (left, right) : throw Wrong("model.merges", $"must hold two pieces each, but holds {node?.ToJsonString() ?? "null"}");
    }

    // One step, alone or in a sequence of one.
    private JsonObject Only(string field, string type) => Steps(field, field == "normalizer" ? "normalizers" : "pretokenizers") is [{ } step] && Type(step) == type
        ? step
        : throw Wrong(field, $"must be {type}, but is {root[field]?.ToJsonString() ?? "null"}");

    private IReadOnlyList<JsonObject> Steps(string field, string listName) => root[field] switch
    {
        null => [],
        JsonObject sequence when Type(sequence) == "Sequence" && sequence[listName] is JsonArray list => [.. list.OfType<JsonObject>()],
        JsonObject step => [step],
        var other => throw Wrong(field, $"must be an object, but is {other.ToJsonString()}"),
    };

    private JsonObject Object(string field) => root[field] as JsonObject ?? throw Wrong(field, $"must be an object, but is {root[field]?.ToJsonString() ?? "missing"}");

    private void Check(KnownFields known, JsonObject section, string place)
    {
        foreach (var (name, value) in section)
            if (known.Problem(name, value) is { } problem) throw new FormatException($"{path}: {(place.Length > 0 ? $"in '{place[..^1]}' " : "")}{problem}");
    }

    private bool? Flag(JsonObject section, string name) => section[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        var other => throw Wrong(name, $"must be true or false, but is {other.ToJsonString()}"),
    };

    private static string Type(JsonObject section) => Text(section, "type") ?? "";

    private static string? Text(JsonObject section, string name) => section[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private FormatException Wrong(string field, string problem)
    {
        const int most = 400;
        var text = $"{path}: '{field}' {problem}";
        return new FormatException((text.Length > most ? text[..most] + "…" : text) + ".");
    }
}
