namespace Affect.Notebook.Figures;

/// <summary>How scores are written in figures, tables and summaries.</summary>
internal static class Score
{
    /// <summary>A score's short name and its meaning, as in <c>WAF (weighted F1)</c>.</summary>
    internal static string Name(Metric metric) => metric switch
    {
        Metric.Waf => "WAF (weighted F1)",
        Metric.Uar => "UAR (mean recall)",
        Metric.MacroF1 => "macro F1",
        _ => "accuracy",
    };

    /// <summary>As in <c>0.412</c>.</summary>
    internal static string Text(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>As in <c>0.412 [0.380, 0.445]</c>.</summary>
    internal static string Text(Interval score) => $"{Text(score.Value)} [{Text(score.Low)}, {Text(score.High)}]";

    /// <summary>A count with its noun, as in <c>1 clip</c> or <c>5 clips</c>.</summary>
    internal static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>Checks that a score can be drawn.</summary>
    /// <exception cref="ArgumentException">The value or a bound is not a number, or the bounds do not enclose the value.</exception>
    internal static void RequireFinite(Interval score, string what, string argument)
    {
        if (!double.IsFinite(score.Value) || !double.IsFinite(score.Low) || !double.IsFinite(score.High) || score.Low > score.High)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"{what} must have a finite score with low at most high, but has {score.Value} [{score.Low}, {score.High}]."), argument);
    }
}
