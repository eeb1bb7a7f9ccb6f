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
        return Between([a, b], isGram: a.shape[0] <= Math.Min(a.shape[1], b.shape[1]))[0][1];
    }

    /// <summary>The similarity of every two layers, all at once.</summary>
    /// <param name="layers"><c>[clips, layers, dims]</c></param>
    /// <returns><c>[layer][layer]</c>, symmetric.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public static IReadOnlyList<IReadOnlyList<double>> Between(Tensor layers)
    {
        layers.Shape([-1, -1, -1], "[clips, layers, dims]");
        using var scope = NewDisposeScope();
        return Between(layers.unbind(1), isGram: layers.shape[0] <= layers.shape[2]);
    }

    private static double[][] Between(Tensor[] features, bool isGram)
    {
        using var gradients = no_grad();
        using var scope = NewDisposeScope();
        Tensor[] forms = [.. features.Select(Form)];
        var inner = new double[forms.Length, forms.Length];
        for (var row = 0; row < forms.Length; row++)
            for (var column = 0; column <= row; column++) inner[row, column] = inner[column, row] = Inner(forms[row], forms[column]);
        return [.. Enumerable.Range(0, forms.Length).Select(row =>
            Enumerable.Range(0, forms.Length).Select(column => Ratio(inner[row, column], inner[row, row], inner[column, column])).ToArray())];

        Tensor Form(Tensor layer)
        {
            Interruption.Check();
            using var own = NewDisposeScope();
            // Less its first row first: what is the same for all clips then becomes exactly 0.
            var x = layer.to(float64);
            x = x - x.narrow(0, 0, 1);
            x = x - x.mean(new long[] { 0 }, keepdim: true);
            return (isGram ? x.mm(x.t()) : x).MoveToOuterDisposeScope();
        }

        double Inner(Tensor one, Tensor other)
        {
            Interruption.Check();
            using var own = NewDisposeScope();
            return (isGram ? one * other : one.t().mm(other).square()).sum().ToDouble();
        }
    }

    private static double Ratio(double between, double first, double second) =>
        first > 0 && second > 0 ? Math.Min(1, between / Math.Sqrt(first * second)) : 0;
}
