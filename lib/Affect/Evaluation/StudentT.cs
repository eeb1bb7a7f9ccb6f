namespace Affect.Evaluation;

/// <summary>Student's t: what a deviation of a mean is worth when its standard error is itself an estimate from few values.</summary>
/// <remarks>The incomplete beta function by Lentz's continued fraction: Press et al., <em>Numerical Recipes</em>, 2007, sections 6.1 and 6.4.</remarks>
internal static class StudentT
{
    private static readonly double[] Lanczos =
    [
        0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
        9.9843695780195716e-6, 1.5056327351493116e-7,
    ];

    /// <summary>How probable a t at least as far from zero is, in either direction. Degrees of freedom need not be whole.</summary>
    internal static double TwoSided(double t, double degrees) => double.IsInfinity(t) ? 0 : Beta(degrees / (degrees + t * t), degrees / 2, 0.5);

    /// <summary>The t that is exceeded, in either direction, with a given probability: 0.05 for a 95 % interval.</summary>
    internal static double Quantile(double probability, double degrees)
    {
        var (low, high) = (0.0, 1.0);
        while (TwoSided(high, degrees) > probability) (low, high) = (high, 2 * high);
        for (var step = 0; step < 200 && high - low > 1e-14 * high; step++)
        {
            var middle = (low + high) / 2;
            if (TwoSided(middle, degrees) > probability) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }

    private static double Beta(double x, double a, double b)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        var front = Math.Exp(LogGamma(a + b) - LogGamma(a) - LogGamma(b) + a * Math.Log(x) + b * Math.Log(1 - x));
        return x < (a + 1) / (a + b + 2) ? front * Fraction(x, a, b) / a : 1 - front * Fraction(1 - x, b, a) / b;
    }

    private static double Fraction(double x, double a, double b)
    {
        const double least = 1e-300;
        var (c, d) = (1.0, 1 / Away(1 - (a + b) * x / (a + 1)));
        var value = d;
        for (var m = 1; m <= 10_000; m++)
        {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            (c, d) = (Away(1 + even / c), 1 / Away(1 + even * d));
            value *= c * d;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            (c, d) = (Away(1 + odd / c), 1 / Away(1 + odd * d));
            value *= c * d;
            if (Math.Abs(c * d - 1) < 1e-15) break;
        }
        return value;

        static double Away(double number) => Math.Abs(number) < least ? least : number;
    }

    private static double LogGamma(double x)
    {
        if (x < 0.5) return Math.Log(Math.PI / Math.Sin(Math.PI * x)) - LogGamma(1 - x);
        var sum = Lanczos[0];
        for (var term = 1; term < Lanczos.Length; term++) sum += Lanczos[term] / (x - 1 + term);
        var t = x + Lanczos.Length - 2.5; // g = 7
        return 0.5 * Math.Log(2 * Math.PI) + (x - 0.5) * Math.Log(t) - t + Math.Log(sum);
    }
}
