using static Affect.Probing.QuasiNewtonHistory;

namespace Affect.Probing;

/// <summary>
/// Many multinomial logistic regressions of one shape, solved together: minimise Σ −log p(class | row) + ‖W‖² / (2C), the bias free.
/// </summary>
/// <remarks>
/// L-BFGS in the coordinates of <see cref="FoldDesign"/>, where p̄ (1 − p̄) · S + 1 / C is close to the curvature and serves as its diagonal
/// guess, anew at every step. Logits are linear in the step length, so a line search costs no product with the design. The problem is
/// convex: the search looks at the slope alone, which float32 still tells when the losses no longer differ.
/// </remarks>
internal sealed class LogisticBatch
{
    private const int Memory = 8;
    private const int MostSteps = 300;
    private const int MostTrials = 20;
    private const double LeastCurvature = 1e-6;

    // What the loss could still gain, per row, in nats. Logits are then right to about the square root of that, and decisions as close to the
    // exact ones as those of scikit-learn at its default tolerance.
    private const double Tolerance = 1e-9;

    // Where rounding keeps a problem from that: so much is accepted once the gain has not halved for some steps.
    private const double AcceptedWhenStuck = 1e-6;
    private const int StuckSteps = 25;

    // The logit of a class that the training set does not have.
    private const float Never = -1e9f;

    private readonly FoldDesign design;
    private readonly Tensor mask;        // [problems, 1, rows], 1 for a row, 0 for padding
    private readonly Tensor targets;     // [problems, classes, rows], one-hot
    private readonly Tensor offset;      // [problems, classes, 1], 0 or Never
    private readonly Tensor counts;      // [problems, 1, 1]
    private readonly Tensor penalised;   // [1, 1, axes], 0 for the bias

    /// <param name="design">The training sets.</param>
    /// <param name="labels">Each row's class, <c>[problems, rows]</c>, int64; that of padding does not matter.</param>
    /// <param name="mask">1 for a row, 0 for padding, <c>[problems, rows, 1]</c>.</param>
    /// <param name="classes">How many classes there are.</param>
    internal LogisticBatch(FoldDesign design, Tensor labels, Tensor mask, int classes)
    {
        using var scope = NewDisposeScope();
        var device = design.Training.device;
        this.design = design;
        this.mask = mask.transpose(1, 2).contiguous().MoveToOuterDisposeScope();
        targets = (labels.unsqueeze(1).eq(arange(classes, dtype: int64, device: device).view(1, -1, 1)).to(float32) * this.mask).MoveToOuterDisposeScope();
        offset = (targets.amax(new long[] { 2 }, keepdim: true).eq(0).to(float32) * Never).MoveToOuterDisposeScope();
        counts = this.mask.sum(new long[] { 2 }, keepdim: true).MoveToOuterDisposeScope();
        var axes = design.Training.shape[2];
        penalised = Guarded.Join(new[] { ones(new long[] { 1, 1, axes - 1 }, dtype: float32, device: device), zeros(new long[] { 1, 1, 1 }, dtype: float32, device: device) }, 2)
            .MoveToOuterDisposeScope();
    }

    /// <summary>How many problems had not settled after the last step allowed, over all fits.</summary>
    internal int Unsettled { get; private set; }

    /// <summary>Weights to start from: all 0.</summary>
    /// <returns><c>[problems, classes, axes]</c></returns>
    internal Tensor Start() => zeros(new long[] { targets.shape[0], targets.shape[1], design.Training.shape[2] }, dtype: float32, device: targets.device);

    /// <summary>Log-probabilities of the scored rows.</summary>
    /// <param name="weights"><c>[problems, classes, axes]</c></param>
    /// <returns><c>[problems, classes, scored rows]</c></returns>
    internal Tensor LogProbabilities(Tensor weights)
    {
        using var scope = NewDisposeScope();
        return (weights.bmm(design.Scored.transpose(1, 2)) + offset).log_softmax(1).MoveToOuterDisposeScope();
    }

    /// <summary>Fits every problem.</summary>
    /// <param name="c">C.</param>
    /// <param name="start">Where to start, <c>[problems, classes, axes]</c>: 0, or the solution for another C.</param>
    /// <param name="cancel">Ends the work between two steps.</param>
    /// <returns><c>[problems, classes, axes]</c></returns>
    internal Tensor Fit(double c, Tensor start, CancellationToken cancel)
    {
        using var scope = NewDisposeScope();
        using var history = new QuasiNewtonHistory(Memory);
        var rows = design.Training.transpose(1, 2);                                          // [problems, axes, rows]
        var decay = penalised * (1 / c);
        var least = full_like(counts, float.MaxValue);                                       // [problems, 1, 1], the smallest gain so far
        var stuck = zeros_like(counts);                                                      // and for how many steps it has not halved
        var weights = start.clone();
        var logits = weights.bmm(rows) + offset;                                             // [problems, classes, rows]
        var probabilities = logits.softmax(1);
        var gradient = Gradient(weights, probabilities, decay);
        for (var step = 0; ; step++)
        {
            cancel.ThrowIfCancellationRequested();
            using var inner = NewDisposeScope();
            var spread = (probabilities * (1 - probabilities) * mask).sum(new long[] { 2 }, keepdim: true) / counts;
            var inverseCurvature = (spread.clamp_min(LeastCurvature) * design.Curvature + decay).reciprocal();
            var gain = Dot(gradient, gradient * inverseCurvature) * 0.5 / counts;
            var hasHalved = gain.lt(least * 0.5).to(float32);
            stuck = Replace(stuck, (stuck + 1) * (1 - hasHalved));
            least = Replace(least, where(hasHalved.gt(0), gain, least));
            var isOpen = gain.gt(where(stuck.gt(StuckSteps), full_like(gain, AcceptedWhenStuck), full_like(gain, Tolerance))).to(float32);
            var open = (int)isOpen.sum().ToSingle();
            if (open == 0) break;
            if (step == MostSteps)
            {
                Unsettled += open;
                break;
            }

            var direction = history.Direction(gradient, inverseCurvature) * isOpen;
            var logitDirection = direction.bmm(rows);
            var slope = new Slope(
                Dot(gradient, direction), Dot(decay * weights, direction), Dot(decay * direction, direction), logitDirection, targets, logits);
            var (length, moved, next) = Search(slope);
            var taken = length * direction;
            var newWeights = weights + taken;
            var newGradient = Gradient(newWeights, next, decay);
            history.Add(taken, newGradient - gradient);
            (weights, logits, probabilities, gradient) =
                (Replace(weights, newWeights), Replace(logits, moved), Replace(probabilities, next), Replace(gradient, newGradient));
        }
        return weights.MoveToOuterDisposeScope();
    }

    private static Tensor Replace(Tensor old, Tensor fresh)
    {
        old.Dispose();
        return fresh.MoveToOuterDisposeScope();
    }

    private Tensor Gradient(Tensor weights, Tensor probabilities, Tensor decay)
    {
        using var scope = NewDisposeScope();
        return ((probabilities - targets).bmm(design.Training) + decay * weights).MoveToOuterDisposeScope();
    }

    // Shortens a step while the slope at its end still points clearly upwards: the minimum along the line lies before it.
    private static (Tensor Length, Tensor Logits, Tensor Probabilities) Search(Slope slope)
    {
        var length = ones_like(slope.AtStart);
        for (var trial = 1; ; trial++)
        {
            var logits = slope.Logits + length * slope.LogitDirection;
            var probabilities = logits.softmax(1);
            var end = slope.At(length, probabilities);
            var isTooFar = end.gt(slope.AtStart.abs() * 0.1);
            if (trial == MostTrials || !isTooFar.any().ToBoolean()) return (length, logits, probabilities);
            length = where(isTooFar, length * slope.AtStart / (slope.AtStart - end), length);  // where the line through both slopes is 0
        }
    }

    /// <summary>The slope of the loss along a direction.</summary>
    private sealed record Slope(Tensor AtStart, Tensor Decay, Tensor DecayChange, Tensor LogitDirection, Tensor Targets, Tensor Logits)
    {
        internal Tensor At(Tensor length, Tensor probabilities) => Dot(probabilities - Targets, LogitDirection) + Decay + length * DecayChange;
    }
}
