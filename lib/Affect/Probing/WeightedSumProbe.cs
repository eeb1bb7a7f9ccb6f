namespace Affect.Probing;

/// <summary>A weighted sum of all layers, learned together with a linear head on it.</summary>
/// <remarks>
/// As in SUPERB (Yang et al., arXiv:2105.01051, section 2): one weight per layer, softmax over the layers, all equal at the start. Different
/// here: on cached pooled features (a sum over layers and a mean over time commute), each layer standardised on the clips that are learned from, the
/// head penalised like a <see cref="LinearProbe"/>, trained to convergence on all clips at once.
/// </remarks>
/// <param name="penalty">C, the penalty on the head as <see cref="ProbeConfig.Penalties"/> has it.</param>
public sealed class WeightedSumProbe(double penalty) : IProbe
{
    // The search ends when ten steps together gained less than this share of the loss.
    private const double LeastGain = 1e-6;
    private const int GainSteps = 10;

    /// <summary>Learns from clips.</summary>
    /// <param name="features"><c>[clips, layers, dims]</c>; it stays the caller's. The fit computes where it lies.</param>
    /// <param name="labels">One class per clip.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public FittedWeightedSum Fit(Tensor features, ProbeLabels labels, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(labels);
        features.Shape([labels.Values.Count, -1, -1], "[clips, layers, dims]");
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (layers, dims) = (features.shape[1], features.shape[2]);
        var flat = features.flatten(1);
        var standardisation = Standardisation.Of(flat);
        var rows = standardisation.Apply(flat).view(-1, layers, dims).transpose(0, 1).to(float32).reshape(layers, -1); // [layers, clips · dims]
        var targets = labels.OneHot(features.device);
        var offset = LinearProbe.OffsetOf(targets.t()).t(); // [1, classes]
        var losses = new List<double>();
        var end = QuasiNewton.Minimise(new double[layers + labels.Classes * (dims + 1)], at => Evaluate(at, rows, targets, offset), IsDone, cancel);

        var (weights, head, bias) = Parts(end.Parameters, layers, labels.Classes, features.device);
        var onDims = (weights.view(1, -1, 1) * head.unsqueeze(1)).to(float64);                                          // [classes, layers, dims]
        var ofClasses = (bias + offset.squeeze(0)).to(float64);
        var linear = new FittedProbe(standardisation, LinearProbe.Values(onDims), LinearProbe.Values(ofClasses)) { Penalty = penalty };
        return new FittedWeightedSum(linear, LinearProbe.Values(weights.to(float64)));

        bool IsDone(QuasiNewton.Point point)
        {
            losses.Add(point.Loss);
            return losses.Count > GainSteps && losses[^(GainSteps + 1)] - point.Loss < LeastGain * point.Loss;
        }
    }

    IFittedProbe IProbe.Fit(Tensor features, ProbeLabels labels, CancellationToken cancel) => Fit(features, labels, cancel);

    // All parameters lie in one list: a score per layer, whose softmax is its weight, then the head W, then its bias b.
    private static (Tensor Weights, Tensor Head, Tensor Bias) Parts(double[] parameters, long layers, long classes, Device device)
    {
        var all = tensor(parameters, device: device).to(float32);
        var dims = (parameters.Length - layers) / classes - 1;
        var head = all.narrow(0, layers, classes * dims).view(classes, dims);
        return (all.narrow(0, 0, layers).softmax(0), head, all.narrow(0, layers + classes * dims, classes));
    }

    private QuasiNewton.Point Evaluate(double[] parameters, Tensor rows, Tensor targets, Tensor offset)
    {
        using var scope = NewDisposeScope();
        var (clips, layers) = (targets.shape[0], rows.shape[0]);
        var (weights, head, bias) = Parts(parameters, layers, targets.shape[1], rows.device);
        var mixed = weights.unsqueeze(0).mm(rows).view(clips, -1);                                      // [clips, dims]
        var logProbabilities = (mixed.mm(head.t()) + bias + offset).log_softmax(1);                     // [clips, classes]
        var loss = 0.5 / penalty * head.square().sum().ToDouble() - (logProbabilities * targets).sum().ToDouble();
        var residual = logProbabilities.exp() - targets;
        var byWeight = rows.mm(residual.mm(head).view(-1, 1)).squeeze(1);                               // [layers], d loss / d weight
        var byScore = weights * (byWeight - (weights * byWeight).sum());
        var byHead = residual.t().mm(mixed) + head / penalty;
        var gradient = Guarded.Join([byScore, byHead.flatten(), residual.sum(new long[] { 0 })]);
        return new QuasiNewton.Point(parameters, loss, LinearProbe.Values(gradient.to(float64)));
    }
}
