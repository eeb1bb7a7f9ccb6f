namespace Affect.Probing;

/// <summary>Multinomial logistic regression on standardised features.</summary>
/// <remarks>
/// Minimises the sum of the losses over the clips + ‖W‖² / (2C), the bias free; features are standardised on the clips that are learned from (population
/// deviation). The same as scikit-learn's LogisticRegression behind its StandardScaler.
/// </remarks>
public sealed class LinearProbe : IProbe
{
    private const double LeastSpread = 1e-6;

    // What the loss could still gain, per clip, in nats. Logits are then right to about the square root of that, and decisions as close to the exact ones as
    // those of scikit-learn at its default tolerance. Where rounding keeps a fit from that, it counts as settled nearby.
    private const double Tolerance = 1e-9;
    private const double AcceptedTolerance = 1e-6;

    // The logit of a class that the clips do not have.
    private const float Never = -1e9f;

    private readonly ProbeConfig config;

    /// <summary>A probe that chooses its penalty.</summary>
    /// <param name="config">The values of C to choose from and the score to choose by; null: the defaults.</param>
    public LinearProbe(ProbeConfig? config = null) => this.config = config ?? new ProbeConfig();

    /// <summary>A probe with a given penalty.</summary>
    /// <param name="penalty">C; small is strong.</param>
    public LinearProbe(double penalty)
        : this(new ProbeConfig { Penalties = [penalty] })
    {
    }

    /// <summary>The values of C to choose from.</summary>
    public IReadOnlyList<double> Penalties => config.Penalties;

    /// <summary>Learns from clips. Of several values of C it takes the one that scores highest on inner parts of other speakers; of equal ones the strongest penalty.</summary>
    /// <param name="features"><c>[clips, dims]</c>; it stays the caller's. The fit computes where it lies.</param>
    /// <param name="labels">One class per clip, with speakers where C is to be chosen.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or there is too little to choose C by.</exception>
    public FittedProbe Fit(Tensor features, ProbeLabels labels, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        var all = FitAll(features, labels, cancel);
        if (all.Count == 1) return all[0];
        var speakers = labels.Speakers ?? throw new ArgumentException(
            "labels must name speakers, so that C can be chosen on some that were not heard: give them, or one C only.", nameof(labels));
        var parts = ProbeLabels.PartsBySpeaker(Enumerable.Range(0, labels.Values.Count), clip => speakers[clip], nameof(labels), nameof(labels));
        int[] order = [.. parts.SelectMany(part => part)];
        var predicted = all.Select(_ => new List<int>()).ToArray();
        foreach (var part in parts)
        {
            using var scope = NewDisposeScope();
            int[] rest = [.. Enumerable.Range(0, labels.Values.Count).Except(part)];
            var held = Rows(features, part);
            var withoutPart = FitAll(Rows(features, rest), labels.Select(rest), cancel);
            foreach (var (fitted, answers) in withoutPart.Zip(predicted)) answers.AddRange(fitted.Predict(held));
        }
        int[] targets = [.. order.Select(clip => labels.Values[clip])];
        return all[StrongestOfBest([.. predicted.Select(answers => Scores.Of(targets, answers, labels.Classes).Value(config.Criterion))])];
    }

    /// <summary>Learns with every C.</summary>
    /// <returns>One per value of <see cref="Penalties"/>.</returns>
    /// <inheritdoc cref="Fit"/>
    public IReadOnlyList<FittedProbe> FitAll(Tensor features, ProbeLabels labels, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(labels);
        features.Shape([labels.Values.Count, -1], "[clips, dims]");
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var standardisation = Standardisation.Of(features);
        var axes = new PrincipalAxes(standardisation.Apply(features));
        var targets = labels.OneHot(features.device).t(); // [classes, clips]
        var offset = OffsetOf(targets);
        var start = new double[labels.Classes * axes.Rows.shape[1]];
        var fitted = new List<FittedProbe>();
        foreach (var penalty in Penalties) // from strong to weak: each solution is a good start for the next
        {
            var end = QuasiNewton.Minimise(
                start, at => Evaluate(at, axes, targets, offset, penalty), point => Gain(point, labels.Values.Count) <= Tolerance, cancel);
            start = end.Parameters;
            using var inner = NewDisposeScope();
            var weights = tensor(start, device: features.device).view(labels.Classes, -1);
            var last = weights.shape[1] - 1;
            var onDims = axes.ToDims(weights.narrow(1, 0, last));
            fitted.Add(new FittedProbe(standardisation, Values(onDims), Values(weights.select(1, last) + offset.squeeze(1)))
            {
                Penalty = penalty,
                HasSettled = Gain(end, labels.Values.Count) <= AcceptedTolerance,
            });
        }
        return fitted;
    }

    IFittedProbe IProbe.Fit(Tensor features, ProbeLabels labels, CancellationToken cancel) => Fit(features, labels, cancel);

    IReadOnlyList<IFittedProbe> IProbe.FitAll(Tensor features, ProbeLabels labels, CancellationToken cancel) => FitAll(features, labels, cancel);

    /// <summary>The first of the highest scores, up to rounding.</summary>
    internal static int StrongestOfBest(IReadOnlyList<double> scores)
    {
        var best = 0;
        for (var penalty = 1; penalty < scores.Count; penalty++)
            if (scores[penalty] > scores[best] + 1e-12) best = penalty;
        return best;
    }

    /// <summary>What is added to the logits, so that a class without a clip is never decided for.</summary>
    /// <param name="targets"><c>[classes, clips]</c></param>
    /// <returns><c>[classes, 1]</c></returns>
    internal static Tensor OffsetOf(Tensor targets) => targets.amax(new long[] { 1 }, keepdim: true).eq(0).to(float32) * Never;

    internal static double[] Values(Tensor values) => MemoryMarshal.Cast<byte, double>(values.cpu().contiguous().bytes).ToArray();

    private static QuasiNewton.Point Evaluate(double[] parameters, PrincipalAxes axes, Tensor targets, Tensor offset, double c)
    {
        using var scope = NewDisposeScope();
        // Converted by libtorch, whose memory is aligned: products of numbers that lie anywhere differ in the last digit from call to call.
        var weights = tensor(parameters, device: targets.device).to(float32).view(targets.shape[0], -1); // [classes, axes]
        var logProbabilities = (weights.mm(axes.Rows.t()) + offset).log_softmax(0);              // [classes, clips]
        var probabilities = logProbabilities.exp();
        var loss = -(logProbabilities * targets).sum(float64).ToDouble();
        var gradient = Values((probabilities - targets).mm(axes.Rows).to(float64));              // [classes, axes]
        var spread = Values((probabilities * (1 - probabilities)).mean(new long[] { 1 }).to(float64));
        var inverseCurvature = new double[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var (label, axis) = Math.DivRem(i, axes.Curvature.Length);
            var decay = axis == axes.Curvature.Length - 1 ? 0 : 1 / c; // the bias is free
            loss += 0.5 * decay * parameters[i] * parameters[i];
            gradient[i] += decay * parameters[i];
            inverseCurvature[i] = 1 / (Math.Max(spread[label], LeastSpread) * axes.Curvature[axis] + decay);
        }
        return new QuasiNewton.Point(parameters, loss, gradient, inverseCurvature);
    }

    // What a step against the gradient could gain, per clip.
    private static double Gain(QuasiNewton.Point point, int clips)
    {
        var gain = 0.0;
        for (var i = 0; i < point.Gradient.Length; i++) gain += point.Gradient[i] * point.Gradient[i] * point.InverseCurvature![i];
        return gain / (2 * clips);
    }

    private static Tensor Rows(Tensor features, int[] clips) =>
        features.index_select(0, tensor(Array.ConvertAll(clips, clip => (long)clip), dtype: int64, device: features.device));
}
