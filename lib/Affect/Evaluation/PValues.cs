namespace Affect.Evaluation;

/// <summary>How p values are written.</summary>
internal static class PValues
{
    private const double Least = 0.0001;

    /// <summary><c>p = 0.0312</c>; below the last digit shown <c>p &lt; 0.0001</c>, since no test says that something cannot be.</summary>
    internal static string Text(double p) => p < Least ? string.Create(CultureInfo.InvariantCulture, $"p < {Least}") : string.Create(CultureInfo.InvariantCulture, $"p = {p:0.####}");
}
