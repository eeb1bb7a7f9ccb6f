namespace Affect.Evaluation;

/// <summary>Whether the mean of a few vectors is zero, whatever the correlations within them and however long they are.</summary>
/// <remarks>
/// The statistic is the squared length of the mean against that of the vectors. From <see cref="FewestForSigns"/> vectors on it is compared with what it is when
/// vectors turn their signs (exact where each is as likely as its opposite, however unlike their lengths). Fewer have too few patterns of signs, and are turned in
/// all directions instead (Langsrud, <em>Rotation tests</em>, Statistics and Computing 15, 2005: exact where the vectors are normal and of one kind). That
/// probability is one of a weighted sum of squares, by Imhof's integral (Biometrika 48, 1961), which has no random draws.
/// </remarks>
internal static class RotationTest
{
    /// <summary>With fewer vectors signs are too coarse: ten have 512 patterns.</summary>
    internal const int FewestForSigns = 10;

    private const int AllPatternsUpTo = 13;
    private const int Draws = 4999;

    /// <summary>The p value, from the vectors' products with each other, <c>[n][n]</c>.</summary>
    internal static double PValue(double[][] products) => products.Length >= FewestForSigns ? BySigns(products) : ByRotation(products);

    internal static double ByRotation(double[][] products)
    {
        var n = products.Length;
        var mean = products.Sum(row => row.Sum()) / n;
        if (products.Select((row, i) => row[i]).Sum() <= 1e-14 || n == 1) return 1;
        return PositiveSum([.. Eigenvalues(products).Select(value => value - mean)]);
    }

    internal static double BySigns(double[][] products)
    {
        var n = products.Length;
        var real = products.Sum(row => row.Sum());
        var least = real - 1e-10 * products.Select((row, i) => row[i]).Sum(); // equal up to rounding counts as equal
        var signs = new double[n];
        Array.Fill(signs, 1);
        var isWhole = n <= AllPatternsUpTo;
        var random = new SeededRandom(1, "signs of speakers");
        var (count, patterns) = (0, isWhole ? 1 << (n - 1) : Draws);
        for (var pattern = 0; pattern < patterns; pattern++)
        {
            var bits = isWhole ? (ulong)pattern : 0;
            for (var i = 0; i < n; i++)
            {
                if (!isWhole && i % 64 == 0) bits = random.NextBits();
                signs[i] = ((bits >> (i % 64)) & 1) == 0 ? 1 : -1;
            }
            var sum = 0.0;
            for (var i = 0; i < n; i++)
            {
                var (row, half) = (products[i], 0.0);
                for (var j = 0; j < i; j++) half += row[j] * signs[j];
                sum += 2 * signs[i] * half + row[i];
            }
            if (sum >= least) count++;
        }
        return isWhole ? (double)count / patterns : (count + 1.0) / (patterns + 1);
    }

    /// <summary>How probable it is that Σ λᵢ zᵢ² is above zero, z standard normal.</summary>
    internal static double PositiveSum(double[] weights)
    {
        var largest = weights.Max(Math.Abs);
        if (largest == 0) return 1;
        // ∫ sin θ(u) / (u ρ(u)) du with u = eˣ: smooth, and nothing at both ends, where the plain sum over a grid is as good as exact.
        const double step = 0.05;
        var sum = 0.0;
        for (var x = -40.0; x < 80; x += step)
        {
            var u = Math.Exp(x);
            double angle = 0, logarithm = 0;
            foreach (var weight in weights)
            {
                var part = weight / largest * u;
                angle += Math.Atan(part) / 2;
                logarithm += Math.Log(1 + part * part) / 4;
            }
            sum += Math.Sin(angle) * Math.Exp(-logarithm);
            if (x > 0 && logarithm > 36) break;
        }
        return Math.Clamp(0.5 + step * sum / Math.PI, 0, 1);
    }

    // Jacobi's rotations.
    private static double[] Eigenvalues(double[][] symmetric)
    {
        var n = symmetric.Length;
        var a = symmetric.Select(row => (double[])row.Clone()).ToArray();
        for (var sweep = 0; sweep < 60; sweep++)
        {
            double off = 0, diagonal = 0;
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++)
                    if (i == j) diagonal += a[i][j] * a[i][j];
                    else off += a[i][j] * a[i][j];
            if (off <= 1e-28 * diagonal) break;
            for (var p = 0; p < n; p++)
                for (var q = p + 1; q < n; q++)
                {
                    if (a[p][q] == 0) continue;
                    var theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
                    var tangent = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
                    var cosine = 1 / Math.Sqrt(tangent * tangent + 1);
                    var sine = tangent * cosine;
                    for (var i = 0; i < n; i++) (a[i][p], a[i][q]) = (cosine * a[i][p] - sine * a[i][q], sine * a[i][p] + cosine * a[i][q]);
                    for (var i = 0; i < n; i++) (a[p][i], a[q][i]) = (cosine * a[p][i] - sine * a[q][i], sine * a[p][i] + cosine * a[q][i]);
                }
        }
        return [.. a.Select((row, i) => row[i])];
    }
}
