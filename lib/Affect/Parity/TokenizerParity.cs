namespace Affect.Parity;

/// <summary>Checks a tokenizer's folder against the original's ids: plain texts, truncated ones and a pair.</summary>
/// <remarks>The difference on record is the number of places at which ids differ; 0 where all are equal.</remarks>
public sealed class TokenizerParity : IParityCheck
{
    /// <inheritdoc/>
    public string Kind => "tokenizer";

    /// <inheritdoc/>
    public bool Recognizes(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return File.Exists(Path.Combine(folder, ParityCase.TextFileName)) && Tokenizer.IsIn(folder);
    }

    /// <inheritdoc/>
    public void Run(string folder, string? weights, ParityCase parityCase)
    {
        ArgumentNullException.ThrowIfNull(parityCase);
        if (weights is not null) throw new FormatException($"{folder} holds a tokenizer, which has no weights; leave the weights file out.");
        var tokenizer = Tokenizer.Open(folder);
        var path = Path.Combine(folder, ParityCase.TextFileName);
        var record = ConfigFile.ReadObject(path);
        var number = 0;
        foreach (var entry in List(record, "cases", path))
            parityCase.Record($"case {++number}", Difference(Ids(entry, "input_ids", path), tokenizer.Encode(Text(entry, "text", path)).Ids));
        number = 0;
        foreach (var entry in List(record, "truncated", path))
        {
            var ids = tokenizer.Encode(Text(entry, "text", path), maxLength: Value<int>(entry, "max_length", "a whole number", path)).Ids;
            parityCase.Record($"truncated {++number}", Difference(Ids(entry, "input_ids", path), ids));
        }
        if (record["pair"] is not JsonObject pair) return;
        var both = tokenizer.Encode(Text(pair, "a", path), Text(pair, "b", path));
        parityCase.Record("pair", Difference(Ids(pair, "input_ids", path), both.Ids));
        parityCase.Record("pair, token types", Difference(Ids(pair, "token_type_ids", path), both.Types));
    }

    private static int Difference(int[] expected, IReadOnlyList<int> ours)
    {
        var common = Math.Min(expected.Length, ours.Count);
        return Enumerable.Range(0, common).Count(i => expected[i] != ours[i]) + Math.Max(expected.Length, ours.Count) - common;
    }

    private static IEnumerable<JsonObject> List(JsonObject record, string name, string path) => record[name] is JsonArray list
        ? list.Select(item => item as JsonObject ?? throw new FormatException($"{path}: '{name}' must hold objects."))
        : throw new FormatException($"{path} must hold a list '{name}'.");

    private static string Text(JsonObject entry, string name, string path) => Value<string>(entry, name, "a text", path);

    private static T Value<T>(JsonObject entry, string name, string wish, string path) => entry[name] is JsonValue value && value.TryGetValue<T>(out var found)
        ? found
        : throw new FormatException($"{path}: '{name}' must be {wish}, but is {entry[name]?.ToJsonString() ?? "missing"}.");

    private static int[] Ids(JsonObject entry, string name, string path) => entry[name] is JsonArray list
        ? [.. list.Select(item => item!.GetValue<int>())]
        : throw new FormatException($"{path}: '{name}' must be a list of ids, but is {entry[name]?.ToJsonString() ?? "missing"}.");
}
