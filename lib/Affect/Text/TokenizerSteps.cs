namespace Affect.Text;

/// <summary>Recognises the steps of <c>tokenizer.json</c> that are those of tokenizers known here.</summary>
internal static class TokenizerSteps
{
    // CLIP's words; the special tokens may stand before them.
    private static readonly string[] ClipWords =
        [@"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+", @"<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"];

    internal static bool AreNormalizersOfClip(IReadOnlyList<JsonObject> steps) =>
        steps.Select(step => Text(step, "type")).SequenceEqual(["NFC", "Replace", "Lowercase"]) && Expression(steps[1]) == @"\s+" && Text(steps[1], "content") == " ";

    internal static bool AreCutsOfClip(IReadOnlyList<JsonObject> steps) =>
        steps.Select(step => Text(step, "type")).SequenceEqual(["Split", "ByteLevel"])
        && ClipWords.Contains(Expression(steps[0])) && Text(steps[0], "behavior") == "Removed" && steps[0]["invert"] is JsonValue invert && invert.TryGetValue<bool>(out var isInverted) && isInverted;

    /// <summary>The tokens before and after a text, if a step puts them as BERT or RoBERTa (CLIP too) does; null otherwise.</summary>
    internal static (string Start, string End)? Around(JsonObject step, bool isBert)
    {
        if (Text(step, "type") == (isBert ? "BertProcessing" : "RobertaProcessing"))
            return First(step["cls"]) is { } cls && First(step["sep"]) is { } sep ? (cls, sep) : null;
        if (Text(step, "type") != "TemplateProcessing" || step["single"] is not JsonArray { Count: 3 } single) return null;
        if (SpecialId(single[0]) is not { } start || SpecialId(single[2]) is not { } end) return null;
        var around = $"{start}/0 A/0 {end}/0";
        if (Written(single) != around) return null;
        var pair = Written(step["pair"] as JsonArray ?? []);
        return pair.Length == 0 || pair == (isBert ? $"{around} B/1 {end}/1" : $"{around} {end}/0 B/0 {end}/0") ? (start, end) : null;
    }

    // As in "[CLS]/0 A/0 [SEP]/0": what stands there, and its token type.
    private static string Written(JsonArray template) => string.Join(' ', template.Select(item =>
    {
        var piece = item is JsonObject one ? one["SpecialToken"] ?? one["Sequence"] : null;
        return $"{piece?["id"]}/{piece?["type_id"]}";
    }));

    private static string? SpecialId(JsonNode? item) => item is JsonObject one && one["SpecialToken"] is JsonObject special ? Text(special, "id") : null;

    private static string? First(JsonNode? pair) => pair is JsonArray { Count: 2 } list && list[0] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string? Expression(JsonObject step) => step["pattern"] is JsonObject pattern ? Text(pattern, "Regex") : null;

    private static string? Text(JsonObject section, string name) => section[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
