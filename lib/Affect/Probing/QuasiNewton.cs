namespace Affect.Probing;

/// <summary>Minimises a smooth function by L-BFGS.</summary>
/// <remarks>
/// Nocedal and Wright, <em>Numerical Optimization</em>, 2nd edition, algorithms 7.4 and 7.5. A step is shortened, to where its slope would be 0 if
/// that changed evenly, until the loss falls enough (3.4), or where that drowns in rounding, until the slope at its end says so (Hager and Zhang, SIAM
/// Journal on Optimization 16(1), 2005, equation 4.1).
/// </remarks>
internal sealed class QuasiNewton
{
    private const int Memory = 10;
    private const int MostSteps = 300;
    private const int MostTrials = 25;
    private const double SufficientDecrease = 1e-4;
    private const double Rounding = 1e-6;
    private const double LeastShortening = 0.5;
    private const double MostShortening = 0.1;
    private const double LeastProduct = 1e-12;

    private readonly Queue<(double[] Step, double[] Change, double Product)> pairs = [];

    private QuasiNewton()
    {
    }

    /// <summary>Finds the minimum.</summary>
    /// <param name="start">Where to start.</param>
    /// <param name="evaluate">The function's values at some parameters.</param>
    /// <param name="isDone">Whether a point is good enough; asked once for each.</param>
    /// <param name="cancel">Ends the work between two steps.</param>
    /// <returns>The last point: done, or one from which no step gains more than rounding, or the last of the steps allowed.</returns>
    internal static Point Minimise(double[] start, Func<double[], Point> evaluate, Func<Point, bool> isDone, CancellationToken cancel)
    {
        var memory = new QuasiNewton();
        var point = evaluate(start);
        for (var step = 0; step < MostSteps && !isDone(point); step++)
        {
            cancel.ThrowIfCancellationRequested();
            var direction = memory.Direction(point);
            if (Search(point, direction, evaluate) is not { } next) break;
            memory.Add(point, next);
            point = next;
        }
        return point;
    }

    private static Point? Search(Point point, double[] direction, Func<double[], Point> evaluate)
    {
        var slope = Dot(point.Gradient, direction);
        var length = 1.0;
        for (var trial = 0; slope < 0 && trial < MostTrials; trial++)
        {
            var next = (double[])point.Parameters.Clone();
            AddTo(next, length, direction);
            var found = evaluate(next);
            var hasFallen = found.Loss <= point.Loss + SufficientDecrease * length * slope;
            var end = Dot(found.Gradient, direction);
            var isLevel = found.Loss <= point.Loss + Rounding * Math.Abs(point.Loss) && end <= (2 * SufficientDecrease - 1) * slope;
            if (hasFallen || isLevel) return found;
            length *= end > slope ? Math.Clamp(slope / (slope - end), MostShortening, LeastShortening) : LeastShortening;
        }
        return null;
    }

    private void Add(Point point, Point next)
    {
        var (step, change) = ((double[])next.Parameters.Clone(), (double[])next.Gradient.Clone());
        AddTo(step, -1, point.Parameters);
        AddTo(change, -1, point.Gradient);
        var product = Dot(step, change);
        if (product <= LeastProduct) return; // a gradient that changed by rounding only says nothing about curvature
        pairs.Enqueue((step, change, product));
        if (pairs.Count > Memory) pairs.Dequeue();
    }

    // −H g, where H extends a diagonal guess by the remembered steps.
    private double[] Direction(Point point)
    {
        var direction = Array.ConvertAll(point.Gradient, value => -value);
        var alphas = new Stack<double>();
        foreach (var (step, change, product) in pairs.Reverse())
        {
            alphas.Push(Dot(step, direction) / product);
            AddTo(direction, -alphas.Peek(), change);
        }
        var scale = Scale(point);
        direction = Array.ConvertAll(Times(direction, point.InverseCurvature), value => scale * value);
        foreach (var (step, change, product) in pairs) AddTo(direction, alphas.Pop() - Dot(change, direction) / product, step);
        return direction;
    }

    // Makes the guess right along the last step (7.20, there for a guess of 1).
    private double Scale(Point point)
    {
        if (pairs.LastOrDefault() is { Change: { } change, Product: var product })
            return product / Dot(change, Times(change, point.InverseCurvature));
        return point.InverseCurvature is null ? 1 / Math.Max(1e-12, Math.Sqrt(Dot(point.Gradient, point.Gradient))) : 1;
    }

    private static double[] Times(double[] values, double[]? factors)
    {
        if (factors is null) return values;
        var products = (double[])values.Clone();
        for (var i = 0; i < products.Length; i++) products[i] *= factors[i];
        return products;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        var lefts = MemoryMarshal.Cast<double, Vector<double>>(left);
        var rights = MemoryMarshal.Cast<double, Vector<double>>(right);
        var sums = Vector<double>.Zero;
        for (var i = 0; i < lefts.Length; i++) sums += lefts[i] * rights[i];
        var sum = Vector.Sum(sums);
        for (var i = lefts.Length * Vector<double>.Count; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    private static void AddTo(Span<double> values, double factor, ReadOnlySpan<double> other)
    {
        var sums = MemoryMarshal.Cast<double, Vector<double>>(values);
        var terms = MemoryMarshal.Cast<double, Vector<double>>(other);
        for (var i = 0; i < sums.Length; i++) sums[i] += factor * terms[i];
        for (var i = sums.Length * Vector<double>.Count; i < values.Length; i++) values[i] += factor * other[i];
    }

    /// <summary>A function at some parameters.</summary>
    /// <param name="Parameters">Where.</param>
    /// <param name="Loss">Its value.</param>
    /// <param name="Gradient">Its slope by each parameter.</param>
    /// <param name="InverseCurvature">A guess of one over its curvature by each parameter; null: none.</param>
    internal sealed record Point(double[] Parameters, double Loss, double[] Gradient, double[]? InverseCurvature = null);
}
