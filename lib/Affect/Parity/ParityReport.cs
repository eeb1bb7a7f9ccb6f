namespace Affect.Parity;

/// <summary>How far a model's outputs are from the original's.</summary>
public sealed record ParityReport
{
    /// <summary>The largest relative difference allowed in gradients.</summary>
    public const double GradientTolerance = 1e-3;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The largest absolute difference allowed in states and losses.</summary>
    public required double Tolerance { get; init; }

    /// <summary>Largest absolute difference by tensor.</summary>
    public required IReadOnlyDictionary<string, double> Tensors { get; init; }

    /// <summary>Largest difference by gradient, relative to the gradient's largest number.</summary>
    public required IReadOnlyDictionary<string, double> Gradients { get; init; }

    /// <summary>The largest of all absolute differences.</summary>
    public double MaxAbsDiff => Tensors.Count == 0 ? double.PositiveInfinity : Tensors.Values.Max();

    /// <summary>True if something was compared and nothing is beyond its tolerance.</summary>
    public bool Passed => MaxAbsDiff <= Tolerance && Gradients.Values.All(difference => difference <= GradientTolerance);

    /// <summary>One object: passed, tolerance, max_abs_diff, tensors, gradients; a difference that is not a finite number is null.</summary>
    public string ToJson()
    {
        var json = new JsonObject
        {
            ["passed"] = Passed,
            ["tolerance"] = Tolerance,
            ["max_abs_diff"] = Finite(MaxAbsDiff),
            ["tensors"] = Object(Tensors),
            ["gradients"] = Object(Gradients),
        };
        return json.ToJsonString(Indented);
    }

    private static JsonObject Object(IReadOnlyDictionary<string, double> differences) =>
        new(differences.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, Finite(pair.Value))));

    private static JsonValue? Finite(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
