namespace Affect.Evaluation.Simulation;

/// <summary>The normal distribution, alone and in pairs.</summary>
internal static class Normal
{
    /// <summary>How probable a value below <paramref name="x"/> is: Zelen and Severo's approximation, right to 1e-7.</summary>
    internal static double Below(double x)
    {
        var t = 1 / (1 + 0.2316419 * Math.Abs(x));
        var tail = Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return x >= 0 ? 1 - tail : tail;
    }

    /// <summary>The value below which a share of the probability lies.</summary>
    internal static double Quantile(double share) => Solve(Below, share, -9, 9);

    /// <summary>How probable it is that two values of a given correlation are both below their bounds.</summary>
    /// <remarks>Φ(x) Φ(y) + ∫₀ᵨ of the density at (x, y) over the correlation (Plackett, Biometrika 41, 1954), with r = sin θ.</remarks>
    internal static double BothBelow(double x, double y, double correlation)
    {
        const int steps = 64;
        var end = Math.Asin(Math.Clamp(correlation, -0.9999, 0.9999));
        var sum = 0.0;
        for (var step = 0; step < steps; step++)
        {
            var angle = end * (step + 0.5) / steps;
            sum += Math.Exp(-(x * x + y * y - 2 * x * y * Math.Sin(angle)) / (2 * Math.Cos(angle) * Math.Cos(angle)));
        }
        return Below(x) * Below(y) + sum * end / steps / (2 * Math.PI);
    }

    /// <summary>The correlation at which both are below with a given probability, 0 … 0.999.</summary>
    internal static double Correlation(double x, double y, double both) => Solve(correlation => BothBelow(x, y, correlation), both, 0, 0.999);

    private static double Solve(Func<double, double> rising, double value, double low, double high)
    {
        for (var step = 0; step < 50; step++)
        {
            var middle = (low + high) / 2;
            if (rising(middle) < value) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
