namespace Affect.Probing;

/// <summary>Quantiles of Student's t, for intervals over a handful of folds.</summary>
internal static class StudentT
{
    private static readonly double[] First =
    [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
    ];

    /// <summary>The 97.5 % quantile.</summary>
    /// <param name="degrees">Degrees of freedom, at least 1; beyond 20 by Cornish and Fisher's expansion, right to three digits.</param>
    internal static double Quantile975(int degrees)
    {
        if (degrees <= First.Length) return First[degrees - 1];
        const double z = 1.959964;
        return z + (z * z * z + z) / (4 * degrees) + (5 * Math.Pow(z, 5) + 16 * z * z * z + 3 * z) / (96.0 * degrees * degrees);
    }
}
