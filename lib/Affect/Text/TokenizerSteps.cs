namespace Affect.Text;

/// <summary>Recognises the steps of <c>tokenizer.json</c> that are those of tokenizers known here.</summary>
internal static class TokenizerSteps
{
    private const string ClipWords = @"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+";

    // The special tokens may stand before CLIP's words.
    private static readonly string[] ClipExpressions = [ClipWords, @"<\|startoftext\|>|<\|endoftext\|>|" + ClipWords];

    /// <summary>True if the steps are of these types, in order.</summary>
    internal static bool Are(IReadOnlyList<JsonObject> steps, params IReadOnlyList<string> types) =>
        steps.Select(step => step["type"].AsText()).SequenceEqual(types);

    internal static bool AreNormalizersOfClip(IReadOnlyList<JsonObject> steps) =>
        Are(steps, "NFC", "Replace", "Lowercase") && Expression(steps[1]) == @"\s+" && steps[1]["content"].AsText() == " ";

    internal static bool AreCutsOfClip(IReadOnlyList<JsonObject> steps) =>
        Are(steps, "Split", "ByteLevel") && ClipExpressions.Contains(Expression(steps[0])) && steps[0]["behavior"].AsText() == "Removed"
            && steps[0]["invert"].IsTrue();

    /// <summary>The tokens before and after a text, if a step puts them as BERT or RoBERTa (CLIP too) does; null otherwise.</summary>
    internal static (string Start, string End)? Around(JsonObject step, bool isBert)
    {
        var type = step["type"].AsText();
        if (type == (isBert ? "BertProcessing" : "RobertaProcessing"))
            return First(step["cls"]) is { } cls && First(step["sep"]) is { } sep ? (cls, sep) : null;
        if (type != "TemplateProcessing" || step["single"] is not JsonArray { Count: 3 } single) return null;
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

    private static string? SpecialId(JsonNode? item) => ((item as JsonObject)?["SpecialToken"] as JsonObject)?["id"].AsText();

    private static string? First(JsonNode? pair) => pair is JsonArray { Count: 2 } list ? list[0].AsText() : null;

    private static string? Expression(JsonObject step) => (step["pattern"] as JsonObject)?["Regex"].AsText();
}
