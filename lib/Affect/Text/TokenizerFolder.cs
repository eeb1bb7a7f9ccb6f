namespace Affect.Text;

/// <summary>The Hugging Face files beside a vocabulary: settings, special tokens, tokens that were added later, and all of it in one file.</summary>
internal sealed class TokenizerFolder
{
    internal const string ConfigName = "tokenizer_config.json";
    private const string AddedName = "added_tokens.json";
    private const string DecoderField = "added_tokens_decoder";

    private static readonly string[] AllRoles = ["cls_token", "sep_token", "bos_token", "eos_token", "unk_token", "pad_token", "mask_token"];
    private static readonly string[] OtherTokens = ["additional_special_tokens", "extra_special_tokens"];

    // Classes that say how a tokenizer runs, not what it does.
    private static readonly string[] NoKind = ["TokenizersBackend", "PreTrainedTokenizer", "PythonBackend", "AutoTokenizer", "Tokenizer"];

    // How texts are batched and cut when nobody says so (the caller does here), how text is made of tokens again, and where the files came from.
    private static readonly KnownFields KnownSettings = KnownFields.None
        .Harmless([
            "tokenizer_class", "model_max_length", "max_len", "model_max_len", "max_length", "stride", "truncation_strategy", "truncation", "padding",
            "pad_to_multiple_of", "pad_token_type_id", "pad_token_id", "model_input_names", "clean_up_tokenization_spaces",
            "spaces_between_special_tokens", "errors", "trim_offsets", "wordpieces_prefix_decoder", "name_or_path", "special_tokens_map_file",
            "tokenizer_file", "full_tokenizer_file", "vocab_file", "merges_file", "init_inputs", "use_fast", "from_slow", "backend", "is_local",
            "local_files_only", "processor_class", "auto_map", "chat_template", "transformers_version", "device_map", "cache_dir", "model_type",
            "tokenizer_type", "verbose", "trust_remote_code", "model_specific_special_tokens", DecoderField, .. OtherTokens, .. AllRoles,
            "do_lower_case", "strip_accents", "tokenize_chinese_chars", "add_prefix_space", "legacy",
        ])
        .Only("do_basic_tokenize", true)
        .Only("truncation_side", "right")
        .Only("padding_side", "right")
        .Only("split_special_tokens", false)
        .Only("clean_text", true)
        .Only("wordpieces_prefix", "##")
        .Only("add_special_tokens", true);

    private readonly ConfigFile config;
    private readonly ConfigFile special;
    private readonly ConfigFile added;
    private readonly Lazy<TokenizerJson?> json; // of other kinds of tokenizers it is not even asked

    internal TokenizerFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        Folder = folder;
        config = ConfigFile.OpenIfThere(FilePath(ConfigName));
        special = ConfigFile.OpenIfThere(FilePath("special_tokens_map.json"));
        added = ConfigFile.OpenIfThere(FilePath(AddedName));
        config.RequireKnown(KnownSettings);
        json = new Lazy<TokenizerJson?>(() =>
        {
            if (!Has(TokenizerJson.FileName)) return null;
            var file = ConfigFile.Open(FilePath(TokenizerJson.FileName));
            return HasVocabulary || TokenizerJson.IsOfKnownKind(file) ? new TokenizerJson(file) : null;
        });
    }

    internal string Folder { get; }

    /// <summary>
    /// What <c>tokenizer.json</c> says where it is there, and where it stands alone is of a known kind; it goes before a vocabulary's own files, as
    /// in transformers.
    /// </summary>
    /// <exception cref="FormatException">It says what is not done here.</exception>
    internal TokenizerJson? Json => json.Value;

    /// <summary>The original's class, as in <c>BertTokenizer</c>; null where no file says it.</summary>
    internal string? ClassName
    {
        get
        {
            var name = config.Text("tokenizer_class", "");
            if (name.EndsWith("Fast", StringComparison.Ordinal)) name = name[..^4];
            return name.Length == 0 || NoKind.Contains(name) ? null : name;
        }
    }

    private bool HasVocabulary => Has(BertTokenizer.VocabularyName) || (Has(BytePairTokenizer.VocabularyName) && Has(BytePairTokenizer.MergesName));

    internal string FilePath(string name) => Path.Combine(Folder, name);

    internal bool Has(string name) => File.Exists(FilePath(name));

    /// <summary>A setting that is true or false; null where no file says it.</summary>
    internal bool? Flag(string name) => config.Flag(name) ?? Json?.Flags.GetValueOrDefault(name);

    /// <summary>The most tokens of a text; the default where no file says it or where it says that there is no limit.</summary>
    internal int MaxLength(int missing) => config.Number("model_max_length", missing) switch
    {
        < 1 => throw config.Wrong("model_max_length", "a number from 1"),
        > 1 << 24 => missing,
        var length => (int)length,
    };

    /// <summary>The special tokens of a family's tokenizer.</summary>
    /// <param name="family">What the family calls them.</param>
    /// <param name="missing">The tokens where no file names one.</param>
    internal SpecialRoles Roles(TokenizerFamily family, SpecialRoles missing) => missing with
    {
        Start = Role(family.StartNames, missing.Start),
        End = Role(family.EndNames, missing.End),
        Unknown = Role(["unk_token"], missing.Unknown),
        Pad = Role(["pad_token"], missing.Pad),
        Mask = missing.Mask is null ? null : Role(["mask_token"], missing.Mask),
        Others = [.. Others([.. family.Names(missing).Select(role => role.Name)])],
    };

    /// <summary>The vocabulary with the tokens that were added later.</summary>
    internal Vocabulary Complete(Vocabulary vocabulary)
    {
        var tokens = new List<KeyValuePair<string, int>>();
        foreach (var name in added.Names) tokens.Add(new(name, added.WholeNumber(name) ?? throw added.Wrong(name, "a whole number")));
        foreach (var (text, token) in Decoded())
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                throw config.Wrong(DecoderField, "by whole number", text);
            tokens.Add(new(token.Content, id));
        }
        tokens.AddRange((Json?.Added ?? []).Select(entry => KeyValuePair.Create(entry.Token.Content, entry.Id)));
        return tokens.Count == 0 ? vocabulary : vocabulary.With(tokens, Folder);
    }

    // The first of the names that a file gives counts.
    private SpecialToken Role(string[] names, SpecialToken missing) => names.Reverse().Aggregate(
        missing, (token, name) => Token(config, name, config.Raw(name), token) ?? Token(special, name, special.Raw(name), token) ?? Json?.Role(name)
            ?? token);

    // Tokens that are never cut though they play none of the roles that the tokenizer has.
    private IEnumerable<SpecialToken> Others(string[] roles)
    {
        foreach (var role in AllRoles.Except(roles))
            if ((Token(config, role, config.Raw(role)) ?? Token(special, role, special.Raw(role))) is { } token) yield return token;
        foreach (var source in new[] { config, special })
            foreach (var name in OtherTokens)
                foreach (var item in Items(source.Raw(name)))
                    if (Token(source, name, item) is { } token) yield return token;
        foreach (var (_, token) in Decoded()) yield return token;
        foreach (var (token, _) in Json?.Added ?? []) yield return token;
        foreach (var name in added.Names) yield return new SpecialToken { Content = name };
    }

    private IEnumerable<(string Id, SpecialToken Token)> Decoded()
    {
        if (config.Raw(DecoderField) is not JsonObject decoder) yield break;
        foreach (var (id, entry) in decoder)
            if (Token(config, DecoderField, entry) is { } token) yield return (id, token);
    }

    private static IEnumerable<JsonNode?> Items(JsonNode? node) => node switch
    {
        JsonArray list => list,
        JsonObject byName => byName.Select(item => item.Value),
        _ => [],
    };

    private static SpecialToken? Token(ConfigFile source, string field, JsonNode? node, SpecialToken? missing = null)
    {
        if (node is null) return null;
        if (node.AsText() is { Length: > 0 } text) return (missing ?? new SpecialToken { Content = text }) with { Content = text };
        return node is JsonObject entry && entry["content"].AsText() is { Length: > 0 } content
            ? SpecialToken.Read(entry, content, source.Place)
            : throw source.Wrong(field, "a text, or an object with 'content'", KnownFields.Shown(node));
    }
}
