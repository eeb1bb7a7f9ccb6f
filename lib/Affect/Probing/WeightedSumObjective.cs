namespace Affect.Probing;

/// <summary>
/// The loss of a linear head W, b on Σ softmax(a)ₗ xₗ, and its minimum: Σ −log p(class | clip) + ‖W‖² / (2C). All parameters lie in one
/// vector <c>[1, 1, layers + classes · dims + classes]</c>: a, W, b.
/// </summary>
internal sealed class WeightedSumObjective
{
    private const int Memory = 10;
    private const int MostSteps = 300;
    private const int MostTrials = 25;
    private const double SufficientDecrease = 1e-4;

    // The search ends when ten steps together gained less than this share of the loss.
    private const double LeastGain = 1e-4;
    private const int GainSteps = 10;
    private const float Never = -1e9f;

    private readonly Tensor rows;      // [layers, clips, dims]
    private readonly Tensor targets;   // [clips, classes]
    private readonly Tensor offset;    // [1, classes], Never for a class without a clip
    private readonly double decay;
    private readonly long layers;
    private readonly long classes;
    private readonly long dims;

    /// <param name="rows">Standardised features, <c>[layers, clips, dims]</c>.</param>
    /// <param name="labels"><c>[clips]</c>, int64.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="c">C.</param>
    internal WeightedSumObjective(Tensor rows, Tensor labels, int classes, double c)
    {
        (this.rows, this.classes, decay) = (rows, classes, 1 / c);
        (layers, dims) = (rows.shape[0], rows.shape[2]);
        targets = labels.unsqueeze(1).eq(arange(classes, dtype: int64, device: rows.device).unsqueeze(0)).to(float32);
        offset = targets.amax(new long[] { 0 }, keepdim: true).eq(0).to(float32) * Never;
    }

    /// <summary>The layers' weights, which sum to 1.</summary>
    /// <returns><c>[layers]</c></returns>
    internal Tensor LayerWeights(Tensor parameters) => parameters.narrow(2, 0, layers).flatten().softmax(0);

    /// <summary>The logits of other clips.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="others"><c>[layers, clips, dims]</c></param>
    /// <returns><c>[clips, classes]</c></returns>
    internal Tensor Logits(Tensor parameters, Tensor others)
    {
        using var scope = NewDisposeScope();
        return Mix(LayerWeights(parameters), ByLayer(parameters, others), Bias(parameters)).MoveToOuterDisposeScope();
    }

    /// <summary>Minimises the loss from equal weights and an empty head, by L-BFGS.</summary>
    /// <returns>The parameters.</returns>
    internal Tensor Minimise(CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        using var history = new QuasiNewtonHistory(Memory);
        var parameters = zeros(new long[] { 1, 1, layers + classes * dims + classes }, dtype: float32, device: rows.device);
        var byLayer = ByLayer(parameters, rows);
        var (loss, gradient) = Evaluate(parameters, byLayer);
        var scale = 1.0 / Math.Max(1e-12, gradient.norm().ToDouble());
        var losses = new List<double> { loss };
        for (var step = 0; step < MostSteps; step++)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var direction = history.Direction(gradient, full_like(gradient, scale));
            var slope = QuasiNewtonHistory.Dot(gradient, direction).ToDouble();
            if (!(slope < 0)) break;
            var byLayerDirection = ByLayer(direction, rows);
            var length = 1.0;
            var trial = 0;
            while (Loss(parameters + length * direction, byLayer + length * byLayerDirection) > loss + SufficientDecrease * length * slope && ++trial < MostTrials)
                length /= 2;
            if (trial == MostTrials) break; // no shorter step gains more than rounding
            var taken = length * direction;
            var next = parameters + taken;
            var nextByLayer = byLayer + length * byLayerDirection;
            var (nextLoss, nextGradient) = Evaluate(next, nextByLayer);
            var change = nextGradient - gradient;
            var product = QuasiNewtonHistory.Dot(taken, change).ToDouble();
            if (product > 0) scale = product / QuasiNewtonHistory.Dot(change, change).ToDouble();
            history.Add(taken, change);
            loss = nextLoss;
            (parameters, byLayer, gradient) = (Replace(parameters, next), Replace(byLayer, nextByLayer), Replace(gradient, nextGradient));
            losses.Add(loss);
            if (losses.Count > GainSteps && losses[^(GainSteps + 1)] - loss < LeastGain * loss) break;
        }
        return parameters.MoveToOuterDisposeScope();
    }

    private static Tensor Replace(Tensor old, Tensor fresh)
    {
        old.Dispose();
        return fresh.MoveToOuterDisposeScope();
    }

    private Tensor Head(Tensor parameters) => parameters.narrow(2, layers, classes * dims).view(classes, dims);

    private Tensor Bias(Tensor parameters) => parameters.narrow(2, layers + classes * dims, classes).view(1, classes);

    // What the head makes of each layer on its own, [layers, clips, classes]: linear in the head, so a line search need not form it anew.
    private Tensor ByLayer(Tensor parameters, Tensor clips)
    {
        using var scope = NewDisposeScope();
        return clips.reshape(-1, dims).mm(Head(parameters).t()).view(layers, -1, classes).MoveToOuterDisposeScope();
    }

    private Tensor Mix(Tensor weights, Tensor byLayer, Tensor bias) =>
        (weights.view(-1, 1, 1) * byLayer).sum(new long[] { 0 }) + bias + offset;

    private double Loss(Tensor parameters, Tensor byLayer)
    {
        using var scope = NewDisposeScope();
        return Loss(parameters, Mix(LayerWeights(parameters), byLayer, Bias(parameters)).log_softmax(1), targets);
    }

    private double Loss(Tensor parameters, Tensor logProbabilities, Tensor goals) =>
        0.5 * decay * Head(parameters).square().sum().ToDouble() - (logProbabilities * goals).sum().ToDouble();

    private (double Loss, Tensor Gradient) Evaluate(Tensor parameters, Tensor byLayer)
    {
        using var scope = NewDisposeScope();
        var weights = LayerWeights(parameters);
        var logProbabilities = Mix(weights, byLayer, Bias(parameters)).log_softmax(1);
        var residual = logProbabilities.exp() - targets;                                              // [clips, classes]
        var byWeight = (byLayer * residual.unsqueeze(0)).sum(new long[] { 1, 2 });                    // [layers], d loss / d weight
        var bySoftmax = weights * (byWeight - (weights * byWeight).sum());
        var spread = (weights.view(-1, 1, 1) * residual.unsqueeze(0)).reshape(-1, classes);           // [layers * clips, classes]
        var byHead = spread.t().mm(rows.reshape(-1, dims)) + decay * Head(parameters);                // [classes, dims]
        var byBias = residual.sum(new long[] { 0 });
        var gradient = Guarded.Join(new[] { bySoftmax, byHead.flatten(), byBias }, 0).view(1, 1, -1);
        return (Loss(parameters, logProbabilities, targets), gradient.MoveToOuterDisposeScope());
    }
}
