namespace Affect.Text;

/// <summary>Tokens and their ids, both ways.</summary>
public sealed class Vocabulary
{
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Dictionary<string, int> ids;
    private readonly string?[] tokens;

    /// <summary>Numbers tokens by their place in a list.</summary>
    /// <exception cref="ArgumentException">A token stands in it twice.</exception>
    public Vocabulary(IReadOnlyList<string> tokens)
        : this(Numbered(tokens))
    {
    }

    private Vocabulary(Dictionary<string, int> ids)
    {
        this.ids = ids;
        tokens = new string?[ids.Count == 0 ? 0 : ids.Values.Max() + 1];
        foreach (var (token, id) in ids) tokens[id] = token;
    }

    /// <summary>The largest id and one.</summary>
    public int Size => tokens.Length;

    /// <summary>The id of a token; null if it is not in the vocabulary.</summary>
    public int? Id(string token) => ids.TryGetValue(token, out var id) ? id : null;

    /// <summary>The id of a part of a text; null if it is not in the vocabulary.</summary>
    public int? Id(ReadOnlySpan<char> token) => ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(token, out var id) ? id : null;

    /// <summary>The token of an id.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No token has it.</exception>
    public string Token(int id) => id >= 0 && id < tokens.Length && tokens[id] is { } token
        ? token
        : throw new ArgumentOutOfRangeException(nameof(id), id, $"id must be one of the vocabulary's, which end at {tokens.Length - 1}.");

    /// <summary>
    /// Reads BERT's <c>vocab.txt</c>: one token per line, the id is the line's number from 0. Of a token that stands twice the last line counts, as
    /// in transformers; a blank line is no token, but is counted.
    /// </summary>
    /// <exception cref="FormatException">The file is empty or not UTF-8.</exception>
    public static Vocabulary ReadLines(string path)
    {
        var read = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (number, line) in TokenizerFile.Lines(path).Index())
            if (line.Length > 0) read[line] = number;
        return read.Count > 0 ? new Vocabulary(read) : throw new FormatException($"{path} must hold one token per line, but is empty.");
    }

    /// <summary>Reads the byte-pair tokenizers' <c>vocab.json</c>: one object, read by token.</summary>
    /// <exception cref="FormatException">The file is not such an object, or two tokens have one id.</exception>
    public static Vocabulary ReadJson(string path) => Of(ConfigFile.ReadObject(path), path);

    /// <summary>Reads an object of ids by token.</summary>
    /// <exception cref="FormatException">An id is none, or two tokens have one.</exception>
    internal static Vocabulary Of(JsonObject idsByToken, string path)
    {
        var read = new Dictionary<string, int>(StringComparer.Ordinal);
        var owners = new Dictionary<int, string>();
        foreach (var (token, value) in idsByToken)
        {
            if (value.AsWholeNumber() is not (>= 0 and <= 1 << 24 and var id))
                throw new FormatException($"{path}: the id of '{token}' must be a whole number from 0, but is {KnownFields.Shown(value)}.");
            if (!owners.TryAdd(id, token)) throw new FormatException($"{path}: ids must differ, but '{owners[id]}' and '{token}' both have {id}.");
            read.Add(token, id);
        }
        return read.Count > 0 ? new Vocabulary(read) : throw new FormatException($"{path} must hold ids by token, but is empty.");
    }

    /// <summary>Each id with its token, for hashes.</summary>
    internal IEnumerable<string> Lines() => tokens.Select((token, id) => $"{id} {token}");

    /// <summary>Writes BERT's <c>vocab.txt</c>.</summary>
    public void WriteLines(string path) => AtomicFile.WriteText(path, string.Concat(tokens.Select(token => $"{token}\n")));

    /// <summary>Writes the byte-pair tokenizers' <c>vocab.json</c>.</summary>
    public void WriteJson(string path)
    {
        var fields = tokens.Select((token, id) => (token, id)).Where(entry => entry.token is not null);
        AtomicFile.WriteText(path, JsonSerializer.Serialize(fields.ToDictionary(entry => entry.token!, entry => entry.id), Readable) + "\n");
    }

    /// <summary>The same vocabulary with tokens of their own ids, as <c>added_tokens.json</c> has them.</summary>
    /// <exception cref="FormatException">An id belongs to another token already.</exception>
    internal Vocabulary With(IEnumerable<KeyValuePair<string, int>> added, string source)
    {
        var all = new Dictionary<string, int>(ids, StringComparer.Ordinal);
        foreach (var (token, id) in added)
        {
            if (id >= 0 && id < tokens.Length && tokens[id] is { } owner && owner != token)
                throw new FormatException($"{source}: '{token}' cannot have id {id}, which is that of '{owner}'.");
            if (id < 0) throw new FormatException($"{source}: the id of '{token}' must be a whole number from 0, but is {id}.");
            all[token] = id;
        }
        return new Vocabulary(all);
    }

    private static Dictionary<string, int> Numbered(IReadOnlyList<string> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var numbered = new Dictionary<string, int>(tokens.Count, StringComparer.Ordinal);
        for (var id = 0; id < tokens.Count; id++)
            if (!numbered.TryAdd(tokens[id], id))
                throw new ArgumentException($"Each token must stand once, but '{tokens[id]}' stands twice.", nameof(tokens));
        return numbered;
    }
}
