namespace Affect.Evaluation.Simulation;

/// <summary>Measures, from the decisions of two real systems, how able they are, how much speakers differ, and how much the two agree.</summary>
/// <remarks>
/// How often both are right about two clips of one speaker, for the same system and across systems, and about one clip, gives three correlations of
/// the normal parts that stand behind (tetrachoric: Pearson, 1900); from these the three variances follow.
/// </remarks>
public static class MeasuredWorld
{
    /// <summary>The world in which two systems would decide as these did.</summary>
    /// <param name="first">One system's decisions.</param>
    /// <param name="second">The other's, on the same clips.</param>
    /// <returns>With the clips of each speaker and the classes' shares.</returns>
    /// <exception cref="ArgumentException">They are not of the same clips, or a speaker has a single clip throughout.</exception>
    public static SimulatedWorld Of(Decisions first, Decisions second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        _ = Decisions.Pool([first, second]);
        double[] one = Right(first), other = Right(second);
        var accuracy = Math.Clamp((one.Average() + other.Average()) / 2, 0.02, 0.98);
        double pairs = 0, same = 0, across = 0;
        foreach (var clips in Enumerable.Range(0, one.Length).GroupBy(clip => first.Speakers[clip], StringComparer.Ordinal))
        {
            var (count, a, b, both) = (clips.Count(), clips.Sum(clip => one[clip]), clips.Sum(clip => other[clip]), clips.Sum(clip => one[clip] * other[clip]));
            pairs += count * (count - 1.0);
            same += (a * (a - 1) + b * (b - 1)) / 2;
            across += a * b - both;
        }
        if (pairs == 0) throw new ArgumentException("first must have speakers of several clips, but each has one.", nameof(first));
        var z = Normal.Quantile(accuracy);
        var (ofSame, ofAcross, ofClip) = (Correlation(same / pairs), Correlation(across / pairs), Correlation(one.Zip(other, (a, b) => a * b).Average()));
        ofAcross = Math.Min(ofAcross, ofSame);
        var scale = 1 / Math.Max(0.05, 1 - ofSame); // the whole variance, that of clips being 1
        return new SimulatedWorld
        {
            Clips = [.. first.Speakers.CountBy(speaker => speaker).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => entry.Value)],
            Shares = [.. Enumerable.Range(0, first.Classes.Count).Select(label => first.Target.Count(target => target == label) / (double)one.Length)],
            Accuracy = accuracy,
            SpeakerSpread = Math.Sqrt(ofAcross * scale),
            SystemSpread = Math.Sqrt((ofSame - ofAcross) * scale),
            Agreement = Math.Clamp((ofClip - ofAcross) * scale, 0, 1),
        };

        double Correlation(double both) => Normal.Correlation(z, z, both);

        static double[] Right(Decisions decisions) => [.. decisions.Target.Zip(decisions.Predicted, (target, predicted) => target == predicted ? 1.0 : 0.0)];
    }
}
