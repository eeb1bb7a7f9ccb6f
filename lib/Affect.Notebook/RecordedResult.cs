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
        return Of(name, new
        {
            curve.Corpus,
            Synthetic = curve.IsSynthetic,
            Clips = curve.ClipIds.Count,
            Speakers = curve.Speakers.Distinct(StringComparer.Ordinal).Count(),
            curve.Folds,
            curve.Config.Seed,
            curve.Encoder,
            Metric = "waf",
            Chance = Rounded(curve.Chance.Waf),
            Layers = curve.Layers.Select(layer => new
            {
                layer.Layer,
                Waf = Score(layer.Waf),
                Uar = Score(layer.Uar),
                Accuracy = Score(layer.Accuracy),
                FoldWaf = layer.Folds.Select(fold => Rounded(fold.Waf)),
                FoldPenalty = layer.Folds.Select(fold => Rounded(fold.Penalty)),
            }),
            BestLayer = curve.Best().Layer,
            Range = curve.Range is { } choice ? new { choice.Range.First, choice.Range.Last, TooFlat = choice.IsFlat, choice.Sentence } : null,
            WeightedSum = curve.WeightedSum is { } sum
                ? new { Waf = Score(sum.Waf), Uar = Score(sum.Uar), Accuracy = Score(sum.Accuracy), Weights = sum.Weights.Select(Rounded) }
                : null,
        });
    }

    /// <summary>A paired comparison.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="comparison">The comparison.</param>
    public static RecordedResult Of(string name, PairedComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        return Of(name, new
        {
            Metric = comparison.Metric.ToString().ToLowerInvariant(),
            First = Score(comparison.First),
            Second = Score(comparison.Second),
            Difference = Score(comparison.Difference),
            PValue = Rounded(comparison.PValue),
            comparison.Difference.Speakers,
            Seeds = comparison.Difference.Runs,
            Comparisons = comparison.Family,
        });
    }

    /// <summary>Any object of numbers and texts; its properties are written in snake case.</summary>
    /// <param name="name">What to call it.</param>
    /// <param name="value">The object, as in <c>new { Clips = 540, Chance = 0.2 }</c>.</param>
    public static RecordedResult Of(string name, object value) =>
        new(name, JsonSerializer.SerializeToNode(value, SnakeCase) ?? throw new ArgumentNullException(nameof(value)));

    /// <summary>The name, and where it goes.</summary>
    public override string ToString() => $"recorded: {Name}";

    private static object Score(Interval score) => new { Value = Rounded(score.Value), Low = Rounded(score.Low), High = Rounded(score.High) };

    private static double Rounded(double value) => Math.Round(value, 6);
}
