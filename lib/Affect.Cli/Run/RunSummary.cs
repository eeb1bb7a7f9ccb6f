using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Affect.Evaluation;
using Affect.Probing;

namespace Affect.Cli.Run;

/// <summary>The numbers of a run for programs: <c>summary.json</c>.</summary>
internal static class RunSummary
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>{"results": {"layer_curve": {…}}, "notebooks": []}</c></summary>
    internal static string Of(LayerCurveResult result) => new JsonObject
    {
        ["results"] = new JsonObject { ["layer_curve"] = LayerCurve(result) },
        ["notebooks"] = new JsonArray(),
    }.ToJsonString(Layout) + "\n";

    private static JsonObject LayerCurve(LayerCurveResult result) => new()
    {
        ["corpus"] = result.Corpus.Name,
        ["synthetic"] = result.Corpus.IsSynthetic,
        ["quick"] = result.Settings.IsQuick,
        ["clips"] = result.Curve.ClipIds.Count,
        ["speakers"] = result.Speakers,
        ["failed_clips"] = result.Failures.Count,
        ["folds"] = result.Curve.Folds,
        ["seed"] = result.Settings.Seed,
        ["encoder"] = result.Curve.Encoder,
        ["random_weights"] = result.IsRandom,
        ["fingerprint"] = result.Recipe.Fingerprint,
        ["metric"] = "waf",
        ["chance"] = Number(result.Curve.Chance.Waf),
        ["ceilings"] = new JsonObject(result.Ceilings.Select(level => KeyValuePair.Create(level.Name, (JsonNode?)Number(level.Value)))),
        ["layers"] = new JsonArray([.. result.Curve.Layers.Select(Layer)]),
        ["best_layer"] = result.Curve.Best().Layer,
        ["range"] = result.Curve.Range is { } choice ? Range(choice) : null,
        ["weighted_sum"] = result.Curve.WeightedSum is { } sum
            ? new JsonObject { ["waf"] = Of(sum.Waf), ["uar"] = Of(sum.Uar), ["accuracy"] = Of(sum.Accuracy), ["weights"] = Numbers(sum.Weights) }
            : null,
        ["baseline"] = new JsonObject
        {
            ["encoder"] = result.Baseline.Encoder,
            ["waf"] = Of(result.Baseline.Layers[0].Waf),
            ["uar"] = Of(result.Baseline.Layers[0].Uar),
            ["accuracy"] = Of(result.Baseline.Layers[0].Accuracy),
        },
        ["weighted_sum_minus_baseline"] = result.Comparison is { } comparison ? Of(comparison.Difference) : null,
        ["seconds"] = new JsonObject(result.Steps.Select(step => KeyValuePair.Create(step.Step, (JsonNode?)JsonValue.Create(Math.Round(step.Seconds, 1))))),
    };

    private static JsonNode Layer(LayerScore layer) => new JsonObject
    {
        ["layer"] = layer.Layer,
        ["waf"] = Of(layer.Waf),
        ["uar"] = Of(layer.Uar),
        ["accuracy"] = Of(layer.Accuracy),
        ["fold_waf"] = Numbers(layer.Folds.Select(fold => fold.Waf)),
        ["fold_penalty"] = Numbers(layer.Folds.Select(fold => fold.Penalty)),
    };

    private static JsonObject Range(RangeChoice choice) => new()
    {
        ["first"] = choice.Range.First,
        ["last"] = choice.Range.Last,
        ["too_flat"] = choice.IsFlat,
        ["sentence"] = choice.Sentence,
    };

    private static JsonObject Of(Interval interval) => new() { ["value"] = Number(interval.Value), ["low"] = Number(interval.Low), ["high"] = Number(interval.High) };

    private static JsonArray Numbers(IEnumerable<double> values) => [.. values.Select(Number)];

    private static JsonNode Number(double value) => JsonValue.Create(Math.Round(value, 6));
}
