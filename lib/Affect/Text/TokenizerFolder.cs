namespace Affect.Text;

/// <summary>The Hugging Face files beside a vocabulary: settings, special tokens, tokens that were added later, and all of it in one file.</summary>
internal sealed class TokenizerFolder
{
    internal const string ConfigName = "tokenizer_config.json";
    private const string SpecialName = "special_tokens_map.json";
    private const string AddedName = "added_tokens.json";

    private static readonly string[] AllRoles = ["cls_token", "sep_token", "bos_token", "eos_token", "unk_token", "pad_token", "mask_token"];

    // Classes that say how a tokenizer runs, not what it does.
    private static readonly string[] NoKind = ["TokenizersBackend", "PreTrainedTokenizer", "PythonBackend", "AutoTokenizer", "Tokenizer"];

    // How texts are batched and cut when nobody says so (the caller does here), how text is made of tokens again, and where the files came from.
    private static readonly KnownFields KnownSettings = KnownFields.None
        .Harmless(
            "tokenizer_class", "model_max_length", "max_len", "model_max_len", "max_length", "stride", "truncation_strategy", "truncation", "padding", "pad_to_multiple_of", "pad_token_type_id", "pad_token_id", "model_input_names",
            "clean_up_tokenization_spaces", "spaces_between_special_tokens", "errors", "trim_offsets", "wordpieces_prefix_decoder", "name_or_path", "special_tokens_map_file", "tokenizer_file", "full_tokenizer_file",
            "vocab_file", "merges_file", "init_inputs", "use_fast", "from_slow", "backend", "is_local", "local_files_only", "processor_class", "auto_map", "chat_template", "transformers_version", "device_map", "cache_dir", "model_type",
            "tokenizer_type", "verbose", "trust_remote_code", "added_tokens_decoder", "additional_special_tokens", "extra_special_tokens", "model_specific_special_tokens",
            "unk_token", "pad_token", "cls_token", "sep_token", "mask_token", "bos_token", "eos_token", "do_lower_case", "strip_accents", "tokenize_chinese_chars", "add_prefix_space", "legacy")
        .Only("do_basic_tokenize", true)
        .Only("truncation_side", "right")
        .Only("padding_side", "right")
        .Only("split_special_tokens", false)
        .Only("clean_text", true)
        .Only("wordpieces_prefix", "##")
        .Only("add_special_tokens", true);

    private readonly JsonObject config;
    private readonly JsonObject special;
    private readonly Lazy<TokenizerJson?> json; // of other kinds of tokenizers it is not even asked

    internal TokenizerFolder(string folder)
    {
        Folder = folder;
        config = ReadIfThere(ConfigName);
        special = ReadIfThere(SpecialName);
        foreach (var (name, value) in config)
            if (KnownSettings.Problem(name, value) is { } problem) throw new FormatException($"{FilePath(ConfigName)}: {problem}");
        json = new Lazy<TokenizerJson?>(() => Has(TokenizerJson.FileName) && (HasVocabulary || TokenizerJson.IsOfKnownKind(FilePath(TokenizerJson.FileName))) ? TokenizerJson.Read(FilePath(TokenizerJson.FileName)) : null);
    }

    private bool HasVocabulary => Has(BertTokenizer.VocabularyName) || (Has(BytePairFiles.VocabularyName) && Has(BytePairFiles.MergesName));

    /// <summary>What <c>tokenizer.json</c> says where it is there, and where it stands alone is of a known kind; it goes before a vocabulary's own files, as in transformers.</summary>
    /// <exception cref="FormatException">It says what is not done here.</exception>
    internal TokenizerJson? Json => json.Value;

    internal string Folder { get; }

    /// <summary>The original's class, as in <c>BertTokenizer</c>; null where no file says it.</summary>
    internal string? ClassName
    {
        get
        {
            if (Text("tokenizer_class") is not { Length: > 0 } name) return null;
            name = name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^4] : name;
            return NoKind.Contains(name) ? null : name;
        }
    }

    internal string FilePath(string name) => Path.Combine(Folder, name);

    internal bool Has(string name) => File.Exists(FilePath(name));

    /// <summary>A setting that is true or false.</summary>
    internal bool? Flag(string name) => config[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        var other => throw new FormatException($"{FilePath(ConfigName)}: '{name}' must be true or false, but is {other.ToJsonString()}."),
    };

    /// <summary>The most tokens of a text; the default where no file says it or where it says that there is no limit.</summary>
    internal int MaxLength(int missing) => config["model_max_length"] switch
    {
        null => missing,
        JsonValue value when value.TryGetValue<double>(out var length) && length >= 1 => length <= 1 << 24 ? (int)length : missing,
        var other => throw new FormatException($"{FilePath(ConfigName)}: 'model_max_length' must be a number from 1, but is {other.ToJsonString()}."),
    };

    /// <summary>The token of one role.</summary>
    /// <param name="role">As in <c>cls_token</c>.</param>
    /// <param name="missing">The token where no file names one.</param>
    internal SpecialToken Role(string role, SpecialToken missing) =>
        Token(config[role], role, missing) ?? Token(special[role], role, missing) ?? Json?.Role(role) ?? missing;

    /// <summary>Tokens that are never cut though they play none of the roles that the tokenizer has.</summary>
    /// <param name="roles">The roles that it has, as in <c>cls_token</c>.</param>
    internal IReadOnlyList<SpecialToken> Others(params IReadOnlyList<string> roles)
    {
        var found = new List<SpecialToken>();
        foreach (var role in AllRoles.Except(roles))
            if ((Token(config[role], role, missing: null) ?? Token(special[role], role, missing: null)) is { } token) found.Add(token);
        foreach (var source in new[] { config, special })
            foreach (var name in new[] { "additional_special_tokens", "extra_special_tokens" })
                found.AddRange(Items(source[name]).Select(item => Token(item, name, missing: null)).OfType<SpecialToken>());
        if (config["added_tokens_decoder"] is JsonObject decoder) found.AddRange(decoder.Select(item => Token(item.Value, "added_tokens_decoder", missing: null)).OfType<SpecialToken>());
        if (Json is not null) found.AddRange(Json.Added.Select(entry => entry.Token));
        if (Has(AddedName)) found.AddRange(ReadIfThere(AddedName).Select(item => new SpecialToken { Content = item.Key }));
        return found;
    }

    /// <summary>The vocabulary with the tokens that were added later.</summary>
    internal Vocabulary Complete(Vocabulary vocabulary)
    {
        var added = new List<KeyValuePair<string, int>>();
        foreach (var (token, id) in ReadIfThere(AddedName))
            added.Add(new(token, id is JsonValue number && number.TryGetValue<int>(out var value) ? value : throw Wrong(AddedName, token, "a whole number", id)));
        if (config["added_tokens_decoder"] is JsonObject decoder)
        {
            foreach (var (text, entry) in decoder)
            {
                if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) throw Wrong(ConfigName, "added_tokens_decoder", "by whole number", text);
                if (Token(entry, "added_tokens_decoder", missing: null) is { } token) added.Add(new(token.Content, id));
            }
        }
        if (Json is not null) added.AddRange(Json.Added.Select(entry => KeyValuePair.Create(entry.Token.Content, entry.Id)));
        return added.Count == 0 ? vocabulary : vocabulary.With(added, Folder);
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? node) => node switch
    {
        JsonArray list => list,
        JsonObject byName => byName.Select(item => item.Value),
        _ => [],
    };

    private SpecialToken? Token(JsonNode? node, string field, SpecialToken? missing) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length > 0 => (missing ?? new SpecialToken { Content = text }) with { Content = text },
        JsonObject entry when entry["content"] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 =>
            Described(entry, text, FilePath(ConfigName)),
        _ => throw Wrong(ConfigName, field, "a text, or an object with 'content'", node),
    };

    /// <summary>A token by its entry.</summary>
    /// <exception cref="FormatException">It asks for something that is not done here.</exception>
    internal static SpecialToken Described(JsonObject entry, string content, string file) => IsSet(entry, "single_word")
        ? throw new FormatException($"{file}: 'single_word' of the token '{content}' is true, which is not done here: the token would be found inside words too.")
        : new SpecialToken { Content = content, TakesSpaceBefore = IsSet(entry, "lstrip"), TakesSpaceAfter = IsSet(entry, "rstrip") };

    private static bool IsSet(JsonObject entry, string name) => entry[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    private string? Text(string name) => config[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private FormatException Wrong(string file, string field, string wish, JsonNode? found) =>
        new($"{FilePath(file)}: '{field}' must be {wish}, but is {found?.ToJsonString() ?? "null"}.");

    private JsonObject ReadIfThere(string name) => Has(name) ? TokenizerFile.Object(FilePath(name)) : [];
}
