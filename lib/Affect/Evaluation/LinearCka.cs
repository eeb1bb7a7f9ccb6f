namespace Affect.Evaluation;

/// <summary>Linear centred kernel alignment: how alike two representations of the same clips are, whatever their axes; 0 … 1.</summary>
/// <remarks>
/// Kornblith et al., <em>Similarity of Neural Network Representations Revisited</em>, arXiv:1905.00414, section 3. Features and Gram
/// matrices give the same number, ‖Yᵀ X‖² = ⟨X Xᵀ, Y Yᵀ⟩; whichever is smaller is formed. Computed in float64. A representation that is the
/// same for all clips is like none, itself included: 0.
/// </remarks>
public static class LinearCka
{
    /// <summary>The similarity of two representations.</summary>
    /// <param name="a"><c>[clips, dims]</c></param>
    /// <param name="b"><c>[clips, dims]</c>; its dims may differ.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static double Of(Tensor a, Tensor b)
    {
        ArgumentNullException.ThrowIfNull(a);
        a.Shape([-1, -1], "[clips, dims]");
        b.Shape([a.shape[0], -1], "[clips, dims]");
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var (x, y) = (Centred(a), Centred(b));
        var isGram = a.shape[0] <= Math.Min(a.shape[1], b.shape[1]);
        if (isGram) (x, y) = (x.mm(x.t()), y.mm(y.t()));
        double Inner(Tensor one, Tensor other) => (isGram ? one * other : one.t().mm(other).square()).sum().ToDouble();
        return Ratio(Inner(x, y), Inner(x, x), Inner(y, y));
    }

    /// <summary>The similarity of every two layers, all at once.</summary>
    /// <param name="layers"><c>[clips, layers, dims]</c></param>
    /// <returns><c>[layer][layer]</c>, symmetric.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public static IReadOnlyList<IReadOnlyList<double>> Between(Tensor layers)
    {
        layers.Shape([-1, -1, -1], "[clips, layers, dims]");
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        var (N, L, D) = (layers.shape[0], layers.shape[1], layers.shape[2]);
        var inner = N <= D ? ByGram(layers, N, L) : ByFeatures(layers, L, D);
        return [.. Enumerable.Range(0, (int)L).Select(row =>
            Enumerable.Range(0, (int)L).Select(column => Ratio(inner[row, column], inner[row, row], inner[column, column])).ToArray())];
    }

    private static double[,] ByGram(Tensor layers, long N, long L)
    {
        var rows = new List<Tensor>();
        for (long layer = 0; layer < L; layer++)
        {
            Interruption.Check();
            using var scope = NewDisposeScope();
            var x = Centred(layers.select(1, layer));
            rows.Add(x.mm(x.t()).view(1, N * N).MoveToOuterDisposeScope());
        }
        var grams = Guarded.Join(rows, 0);                                                          // [layers, clips * clips]
        return Numbers(grams.mm(grams.t()));
    }

    private static double[,] ByFeatures(Tensor layers, long L, long D)
    {
        var x = Centred(layers.flatten(1));                                                // [clips, layers * dims]
        var inner = new double[L, L];
        for (long layer = 0; layer < L; layer++)
        {
            Interruption.Check();
            using var scope = NewDisposeScope();
            // This layer against itself and all later ones: [dims, later, dims].
            var products = x.narrow(1, layer * D, D).t().mm(x.narrow(1, layer * D, (L - layer) * D)).view(D, L - layer, D);
            var sums = products.square().sum(new long[] { 0, 2 }).cpu().data<double>().ToArray();
            for (var later = 0; later < sums.Length; later++) inner[layer, layer + later] = inner[layer + later, layer] = sums[later];
        }
        return inner;
    }

    private static Tensor Centred(Tensor features)
    {
        using var scope = NewDisposeScope();
        // Less its first row first: what is the same for all clips then becomes exactly 0.
        var x = features.to(float64);
        x = x - x.narrow(0, 0, 1);
        return (x - x.mean(new long[] { 0 }, keepdim: true)).MoveToOuterDisposeScope();
    }

    private static double[,] Numbers(Tensor square)
    {
        var size = (int)square.shape[0];
        var flat = square.cpu().contiguous().data<double>().ToArray();
        var numbers = new double[size, size];
        Buffer.BlockCopy(flat, 0, numbers, 0, flat.Length * sizeof(double));
        return numbers;
    }

    private static double Ratio(double between, double first, double second) =>
        first > 0 && second > 0 ? Math.Min(1, between / Math.Sqrt(first * second)) : 0;
}
