namespace Affect.Text;

/// <summary>What all our tokenizers share: special tokens around texts, truncation, pairs, and the settings files.</summary>
/// <remarks>transformers 4.46, <c>PreTrainedTokenizer</c>: special tokens are cut out of the text before anything else is done to it.</remarks>
public abstract class SubwordTokenizer : ITokenizer
{
    private readonly TokenizerFamily family;
    private readonly SpecialToken[] special; // the longest first, so that it wins where two begin at one place

    /// <param name="vocabulary">Holds every special token.</param>
    /// <param name="family">How the family puts tokens around texts.</param>
    /// <param name="roles">Which tokens are special.</param>
    /// <param name="maxLength">The most tokens of a text.</param>
    /// <exception cref="FormatException">A special token is not in the vocabulary.</exception>
    private protected SubwordTokenizer(Vocabulary vocabulary, TokenizerFamily family, SpecialRoles roles, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(roles);
        this.family = family;
        (Vocabulary, Roles, MaxLength) = (vocabulary, roles, Require.AtLeast(3, maxLength, nameof(MaxLength)));
        var all = new[] { roles.Start, roles.End, roles.Unknown, roles.Pad, roles.Mask }.OfType<SpecialToken>().Concat(roles.Others);
        special = [.. all.DistinctBy(token => token.Content).OrderByDescending(token => token.Content.Length)];
        (StartId, EndId, UnknownId, PadId) = (Known(roles.Start), Known(roles.End), Known(roles.Unknown), Known(roles.Pad));
        MaskId = roles.Mask is null ? null : Known(roles.Mask);
        SpecialIds = [.. special.Select(Known).Order()];
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
            var settings = Settings().OrderBy(setting => setting.Key, StringComparer.Ordinal);
            var lines = settings.Select(setting => $"{setting.Key}={setting.Value?.ToJsonString()}");
            foreach (var line in lines.Concat(Vocabulary.Lines()).Concat(Rules())) hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }

    /// <inheritdoc/>
    public TokenList Encode(string text, string? second = null, int? maxLength = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        var around = second is null ? 2 : 2 + family.SeparatorsInPair;
        var room = Require.AtLeast(around, maxLength ?? MaxLength, nameof(maxLength)) - around;
        var (first, other) = (Pieces(text), second is null ? [] : Pieces(second));
        var kept = Fit(first.Count, other.Count, room);
        var (ids, types, isSpecial) = (new List<int>(), new List<int>(), new List<bool>());
        Put([StartId], type: 0, special: true);
        Put(first.Take(kept.First), type: 0, special: false);
        Put([EndId], type: 0, special: true);
        if (second is not null)
        {
            var type = family.TellsTypesApart ? 1 : 0;
            Put(Enumerable.Repeat(EndId, family.SeparatorsInPair - 1), type, special: true);
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

    /// <summary>What <c>tokenizer_config.json</c> must say besides.</summary>
    private protected abstract IEnumerable<KeyValuePair<string, JsonNode?>> Flags();

    private Dictionary<string, JsonNode?> Settings()
    {
        var fields = new Dictionary<string, JsonNode?>(Flags()) { ["tokenizer_class"] = GetType().Name, ["model_max_length"] = MaxLength };
        foreach (var (name, token) in family.Names(Roles)) fields[name] = token.ToJson();
        if (Roles.Others.Count > 0) fields["additional_special_tokens"] = new JsonArray([.. Roles.Others.Select(token => token.ToJson())]);
        return fields;
    }

    private List<int> Pieces(string text)
    {
        var ids = new List<int>();
        foreach (var (piece, isSpecial) in AtSpecialTokens(text))
        {
            if (isSpecial) ids.Add(Vocabulary.Id(piece)!.Value);
            else Append(piece, ids);
        }
        return ids;
    }

    // Pieces of text and special tokens in order; no piece is empty.
    private IEnumerable<(string Text, bool IsSpecial)> AtSpecialTokens(string text)
    {
        var from = 0;
        for (var at = 0; at < text.Length;)
        {
            if (SpecialAt(text, at) is not { } found)
            {
                at++;
                continue;
            }
            var before = text[from..at];
            if (found.TakesSpaceBefore) before = before.TrimEnd();
            if (before.Length > 0) yield return (before, false);
            yield return (found.Content, true);
            at += found.Content.Length;
            while (found.TakesSpaceAfter && at < text.Length && char.IsWhiteSpace(text[at])) at++;
            from = at;
        }
        if (from < text.Length) yield return (text[from..], false);
    }

    private SpecialToken? SpecialAt(string text, int at)
    {
        foreach (var token in special)
            if (text.AsSpan(at).StartsWith(token.Content)) return token;
        return null;
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
