namespace Affect.Notebook.Drawing;

/// <summary>How scores and counts are written in figures, tables and summaries.</summary>
internal static class ScoreText
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
    internal static string Of(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>As in <c>0.412 [0.380, 0.445]</c>.</summary>
    internal static string Of(Interval score) => $"{Of(score.Value)} [{Of(score.Low)}, {Of(score.High)}]";

    /// <summary>A difference, as in <c>+0.015 [−0.012, +0.041]</c>.</summary>
    internal static string Signed(Interval difference)
    {
        return $"{Signed(difference.Value)} [{Signed(difference.Low)}, {Signed(difference.High)}]";

        static string Signed(double value) => value.ToString("+0.000;−0.000;0.000", CultureInfo.InvariantCulture);
    }

    /// <summary>A count with its noun, as in <c>1 clip</c> or <c>5 clips</c>.</summary>
    internal static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>What a figure rests on, as in <c>n = 480 clips of 16 speakers</c>.</summary>
    internal static string Sample(int clips, int speakers, string noun = "clip") => $"n = {Count(clips, noun)} of {Count(speakers, "speaker")}";

    /// <summary>Checks that a score can be drawn.</summary>
    /// <exception cref="ArgumentException">The value or a bound is not a number, or the bounds do not enclose the value.</exception>
    internal static void RequireFinite(Interval score, string what, string argument)
    {
        if (!double.IsFinite(score.Value) || !double.IsFinite(score.Low) || !double.IsFinite(score.High) || score.Low > score.High)
            throw new ArgumentException(FormattableString.Invariant(
                $"{what} must have a finite score with low at most high, but has {score.Value} [{score.Low}, {score.High}]."), argument);
    }
}
