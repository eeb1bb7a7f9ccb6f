namespace Affect.Notebook;

/// <summary>A result of a notebook in a form for programs: a report gathers them in its <c>summary.json</c>.</summary>
public sealed class RecordedResult
{
    /// <summary>The form in which programs find it among a notebook's outputs: <c>{"name", "value"}</c>.</summary>
    public const string MimeTypeName = "application/vnd.affect.result+json";

    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private RecordedResult(string name, JsonNode value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (Name, Value) = (name, value);
    }

    /// <summary>What the result is called, as in <c>layer_curve</c>.</summary>
    public string Name { get; }

    /// <summary>The result.</summary>
    public JsonNode Value { get; }

    /// <summary>The scores of a layer curve, without the decisions on single clips.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="curve">The curve.</param>
    public static RecordedResult Of(string name, LayerCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return new RecordedResult(name, new JsonObject
        {
            ["corpus"] = curve.Corpus,
            ["synthetic"] = curve.IsSynthetic,
            ["clips"] = curve.ClipIds.Count,
            ["speakers"] = curve.Speakers.Distinct(StringComparer.Ordinal).Count(),
            ["folds"] = curve.Folds,
            ["seed"] = curve.Config.Seed,
            ["encoder"] = curve.Encoder,
            ["metric"] = "waf",
            ["chance"] = Number(curve.Chance.Waf),
            ["layers"] = new JsonArray([.. curve.Layers.Select(Layer)]),
            ["best_layer"] = curve.Best().Layer,
            ["range"] = curve.Range is { } choice
                ? new JsonObject { ["first"] = choice.Range.First, ["last"] = choice.Range.Last, ["too_flat"] = choice.IsFlat, ["sentence"] = choice.Sentence }
                : null,
            ["weighted_sum"] = curve.WeightedSum is { } sum
                ? new JsonObject { ["waf"] = Of(sum.Waf), ["uar"] = Of(sum.Uar), ["accuracy"] = Of(sum.Accuracy), ["weights"] = Numbers(sum.Weights) }
                : null,
        });
    }

    /// <summary>A paired comparison.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="comparison">The comparison.</param>
    public static RecordedResult Of(string name, PairedComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return new RecordedResult(name, new JsonObject
        {
            ["metric"] = comparison.Metric.ToString().ToLowerInvariant(),
            ["first"] = Of(comparison.First),
            ["second"] = Of(comparison.Second),
            ["difference"] = Of(comparison.Difference),
            ["p_value"] = Number(comparison.PValue),
            ["speakers"] = comparison.Difference.Speakers,
            ["seeds"] = comparison.Difference.Runs,
            ["comparisons"] = comparison.Family,
        });
    }

    /// <summary>Any object of numbers and texts; its properties are written in snake case.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="value">The object, as in <c>new { Clips = 540, Chance = 0.2 }</c>.</param>
    public static RecordedResult Of(string name, object value) =>
        new(name, JsonSerializer.SerializeToNode(value, SnakeCase) ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>The name, and where it goes.</summary>
    public override string ToString() => $"recorded: {Name}";

    private static JsonNode Layer(LayerScore layer) => new JsonObject
    {
        ["layer"] = layer.Layer,
        ["waf"] = Of(layer.Waf),
        ["uar"] = Of(layer.Uar),
        ["accuracy"] = Of(layer.Accuracy),
        ["fold_waf"] = Numbers(layer.Folds.Select(fold => fold.Waf)),
        ["fold_penalty"] = Numbers(layer.Folds.Select(fold => fold.Penalty)),
    };

    private static JsonObject Of(Interval interval) => new() { ["value"] = Number(interval.Value), ["low"] = Number(interval.Low), ["high"] = Number(interval.High) };

    private static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(Number)];

    private static JsonNode Number(double value) => JsonValue.Create(Math.Round(value, 6));
}
