using System.Globalization;
using System.Text.Json.Nodes;

namespace Affect.Text;

/// <summary>The Hugging Face files beside a vocabulary: settings, special tokens, and tokens that were added later.</summary>
internal sealed class TokenizerFolder
{
    internal const string ConfigName = "tokenizer_config.json";
    private const string SpecialName = "special_tokens_map.json";
    private const string AddedName = "added_tokens.json";

    private readonly JsonObject config;
    private readonly JsonObject special;

    internal TokenizerFolder(string folder)
    {
        Folder = folder;
        config = ReadIfThere(ConfigName);
        special = ReadIfThere(SpecialName);
    }

    internal string Folder { get; }

    /// <summary>The original's class, as in <c>BertTokenizer</c>; null where no file says it.</summary>
    internal string? ClassName => Text("tokenizer_class") is { } name ? name.EndsWith("Fast", StringComparison.Ordinal) ? name[..^4] : name : null;

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
        Token(config[role], role, missing) ?? Token(special[role], role, missing) ?? missing;

    /// <summary>Tokens without a role that are never cut.</summary>
    internal IReadOnlyList<SpecialToken> Others()
    {
        var found = new List<SpecialToken>();
        foreach (var source in new[] { config, special })
            if (source["additional_special_tokens"] is JsonArray list) found.AddRange(list.Select(item => Token(item, "additional_special_tokens", missing: null)).OfType<SpecialToken>());
        if (config["added_tokens_decoder"] is JsonObject decoder) found.AddRange(decoder.Select(item => Token(item.Value, "added_tokens_decoder", missing: null)).OfType<SpecialToken>());
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
        return added.Count == 0 ? vocabulary : vocabulary.With(added, Folder);
    }

    private SpecialToken? Token(JsonNode? node, string field, SpecialToken? missing) => node switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) && text.Length > 0 => (missing ?? new SpecialToken { Content = text }) with { Content = text },
        JsonObject entry when entry["content"] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 =>
            new SpecialToken { Content = text, TakesSpaceBefore = IsSet(entry, "lstrip"), TakesSpaceAfter = IsSet(entry, "rstrip") },
        _ => throw Wrong(ConfigName, field, "a text, or an object with 'content'", node),
    };

    private static bool IsSet(JsonObject entry, string name) => entry[name] is JsonValue value && value.TryGetValue<bool>(out var flag) && flag;

    private string? Text(string name) => config[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private FormatException Wrong(string file, string field, string wish, JsonNode? found) =>
        new($"{FilePath(file)}: '{field}' must be {wish}, but is {found?.ToJsonString() ?? "null"}.");

    private JsonObject ReadIfThere(string name) => Has(name) ? TokenizerFile.Object(FilePath(name)) : [];
}
