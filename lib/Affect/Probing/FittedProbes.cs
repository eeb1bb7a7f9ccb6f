namespace Affect.Probing;

/// <summary>What every fitted probe can do.</summary>
public static class FittedProbes
{
    /// <summary>The most probable class of each clip.</summary>
    /// <param name="fitted">The probe.</param>
    /// <param name="features"><c>[clips, dims]</c></param>
    public static int[] Predict(this IFittedProbe fitted, Tensor features)
    {
        ArgumentNullException.ThrowIfNull(fitted);
        using var probabilities = fitted.Probabilities(features);
        return MostProbable(probabilities);
    }

    /// <summary>How right the predictions are; higher is better.</summary>
    /// <param name="fitted">The probe.</param>
    /// <param name="features"><c>[clips, dims]</c></param>
    /// <param name="labels">The true classes.</param>
    /// <param name="metric">Which score.</param>
    /// <returns>0 … 1</returns>
    public static double Score(this IFittedProbe fitted, Tensor features, ProbeLabels labels, Metric metric = Metric.Waf)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Scores.Of(labels.Values, fitted.Predict(features), labels.Classes).Value(metric);
    }

    internal static int[] MostProbable(Tensor probabilities)
    {
        using var scope = NewDisposeScope();
        return [.. probabilities.argmax(1).cpu().data<long>().ToArray().Select(label => (int)label)];
    }
}
