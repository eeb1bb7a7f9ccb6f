namespace Affect.Text;

/// <summary>What all our tokenizers share: special tokens around texts, truncation, pairs, and the settings files.</summary>
/// <remarks>transformers 4.46, <c>PreTrainedTokenizer</c>: special tokens are cut out of the text before anything else is done to it.</remarks>
public abstract class SubwordTokenizer : ITokenizer
{
    private readonly SpecialTokens special;

    /// <param name="vocabulary">Holds every special token.</param>
    /// <param name="roles">Which tokens are special.</param>
    /// <param name="maxLength">The most tokens of a text.</param>
    /// <exception cref="FormatException">A special token is not in the vocabulary.</exception>
    private protected SubwordTokenizer(Vocabulary vocabulary, SpecialRoles roles, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(roles);
        (Vocabulary, Roles, MaxLength) = (vocabulary, roles, Require.AtLeast(3, maxLength, nameof(MaxLength)));
        special = new SpecialTokens(roles.All);
        (StartId, EndId, UnknownId, PadId) = (Known(roles.Start), Known(roles.End), Known(roles.Unknown), Known(roles.Pad));
        MaskId = roles.Mask is null ? null : Known(roles.Mask);
        SpecialIds = [.. special.All.Select(Known).Order()];
    }

    /// <summary>The tokens and their ids.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Which tokens are special.</summary>
    public SpecialRoles Roles { get; }

    /// <inheritdoc/>
    public int VocabularySize => Vocabulary.Size;

    /// <inheritdoc/>
    public int MaxLength { get; }

    /// <inheritdoc/>
    public int PadId { get; }

    /// <inheritdoc/>
    public int? MaskId { get; }

    /// <summary>The id before every text.</summary>
    public int StartId { get; }

    /// <summary>The id after every text.</summary>
    public int EndId { get; }

    /// <summary>The id of what the vocabulary does not hold.</summary>
    public int UnknownId { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> SpecialIds { get; }

    /// <inheritdoc/>
    public string Fingerprint
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var line in Settings().OrderBy(setting => setting.Key, StringComparer.Ordinal).Select(setting => $"{setting.Key}={setting.Value?.ToJsonString()}")
                .Concat(Vocabulary.Lines()).Concat(Rules())) hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <summary>How many end tokens stand between the texts of a pair.</summary>
    private protected abstract int SeparatorsInPair { get; }

    /// <summary>Whether the second text of a pair has a token type of its own.</summary>
    private protected abstract bool TellsTypesApart { get; }

    /// <inheritdoc/>
    public TokenList Encode(string text, string? second = null, int? maxLength = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var around = second is null ? 2 : 2 + SeparatorsInPair;
        var room = Require.AtLeast(around, maxLength ?? MaxLength, nameof(maxLength)) - around;
        var (first, other) = (Pieces(text), second is null ? [] : Pieces(second));
        var kept = Fit(first.Count, second is null ? 0 : other.Count, room);
        var (ids, types, isSpecial) = (new List<int>(), new List<int>(), new List<bool>());
        Put([StartId], type: 0, special: true);
        Put(first.Take(kept.First), type: 0, special: false);
        Put([EndId], type: 0, special: true);
        if (second is not null)
        {
            var type = TellsTypesApart ? 1 : 0;
            Put(Enumerable.Repeat(EndId, SeparatorsInPair - 1), type, special: true);
            Put(other.Take(kept.Second), type, special: false);
            Put([EndId], type, special: true);
        }
        return new TokenList { Ids = ids, Types = types, IsSpecial = isSpecial, Truncated = first.Count + other.Count - kept.First - kept.Second };

        void Put(IEnumerable<int> tokens, int type, bool special)
        {
            foreach (var token in tokens)
            {
                ids.Add(token);
                types.Add(type);
                isSpecial.Add(special);
            }
        }
    }

    /// <inheritdoc/>
    public string Decode(IReadOnlyList<int> ids, bool skipsSpecial = true)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var hidden = skipsSpecial ? SpecialIds.ToHashSet() : [];
        return Join([.. ids.Where(id => !hidden.Contains(id)).Select(Vocabulary.Token)]);
    }

    /// <inheritdoc/>
    public void Save(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        WriteVocabulary(folder);
        ConfigFile.Write(Path.Combine(folder, TokenizerFolder.ConfigName), Settings());
    }

    /// <summary>Adds the ids of a text without special tokens.</summary>
    private protected abstract void Append(string text, List<int> ids);

    /// <summary>Tokens as text.</summary>
    private protected abstract string Join(IReadOnlyList<string> tokens);

    /// <summary>What besides the vocabulary decides the ids, one line each.</summary>
    private protected abstract IEnumerable<string> Rules();

    /// <summary>Writes the vocabulary's own files.</summary>
    private protected abstract void WriteVocabulary(string folder);

    /// <summary>Adds what <c>tokenizer_config.json</c> must say.</summary>
    private protected abstract void Describe(IDictionary<string, JsonNode?> fields);

    /// <summary>A special token as <c>tokenizer_config.json</c> has it.</summary>
    private protected static JsonNode Entry(SpecialToken token) => token is { TakesSpaceBefore: false, TakesSpaceAfter: false }
        ? JsonValue.Create(token.Content)
        : new JsonObject
        {
            ["__type"] = "AddedToken",
            ["content"] = token.Content,
            ["lstrip"] = token.TakesSpaceBefore,
            ["normalized"] = true,
            ["rstrip"] = token.TakesSpaceAfter,
            ["single_word"] = false,
        };

    private Dictionary<string, JsonNode?> Settings()
    {
        var fields = new Dictionary<string, JsonNode?>
        {
            ["tokenizer_class"] = GetType().Name,
            ["model_max_length"] = MaxLength,
            ["unk_token"] = Entry(Roles.Unknown),
            ["pad_token"] = Entry(Roles.Pad),
        };
        Describe(fields);
        if (Roles.Others.Count > 0) fields["additional_special_tokens"] = new JsonArray([.. Roles.Others.Select(Entry)]);
        return fields;
    }

    private List<int> Pieces(string text)
    {
        var ids = new List<int>();
        foreach (var (piece, isSpecial) in special.Split(text))
        {
            if (isSpecial) ids.Add(Vocabulary.Id(piece)!.Value);
            else Append(piece, ids);
        }
        return ids;
    }

    // One token at a time from the end of the longer text; of two equally long ones from the second.
    private static (int First, int Second) Fit(int first, int second, int room)
    {
        while (first + second > room)
        {
            if (first > second) first--;
            else second--;
        }
        return (first, second);
    }

    private int Known(SpecialToken token) => Vocabulary.Id(token.Content)
        ?? throw new FormatException($"The vocabulary must hold the special token '{token.Content}', but does not.");
}
