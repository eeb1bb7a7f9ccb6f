namespace Affect.Evaluation;

/// <summary>How results are written in words.</summary>
internal static class ResultText
{
    private const double Least = 0.0001;

    internal static string Of(Metric metric) => metric switch { Metric.Waf => "WAF", Metric.Uar => "UAR", Metric.MacroF1 => "Macro-F1", _ => "Accuracy" };

    /// <summary><c>p = 0.0312</c>; below the last digit shown <c>p &lt; 0.0001</c>, since no test says that something cannot be.</summary>
    internal static string P(double p) => p < Least ? string.Create(CultureInfo.InvariantCulture, $"p < {Least}") : string.Create(CultureInfo.InvariantCulture, $"p = {p:0.####}");

    internal static string Speakers(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} speaker{(count == 1 ? "" : "s")}");
}
