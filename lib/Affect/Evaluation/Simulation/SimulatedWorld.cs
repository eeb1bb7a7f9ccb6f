namespace Affect.Evaluation.Simulation;

/// <summary>Clips and decisions as they might have been, where what is true is known: for asking how often an interval or a test is wrong.</summary>
/// <remarks>
/// A system is right about a clip where a sum of normal parts is above zero: how able it is, how clear the speaker is to all systems and to this one, how lucky
/// the run was, how clear the clip is to all systems, to this one, and to this run. The clip's parts have variance 1 together; ability is set so that the share
/// of right decisions is <see cref="Accuracy"/>. A wrong decision falls on the other classes as often as they occur, mostly on the same one in all systems.
/// </remarks>
public sealed record SimulatedWorld
{
    /// <summary>How many clips each speaker has; one entry a speaker.</summary>
    public IReadOnlyList<int> Clips { get; init => field = Require.NotEmpty(value); } = [.. Enumerable.Repeat(12, 10)];

    /// <summary>Whether the numbers of clips are drawn anew, log-normally with these as medians: few to sixty.</summary>
    public bool AreUneven { get; init; }

    /// <summary>How often each class occurs; they sum to 1.</summary>
    public IReadOnlyList<double> Shares { get; init => field = Require.NotEmpty(value); } = [0.3, 0.25, 0.18, 0.13, 0.09, 0.05];

    /// <summary>The share of right decisions, 0.01 … 0.99.</summary>
    public double Accuracy { get; init => field = Require.Between(0.01, 0.99, value); } = 0.6;

    /// <summary>How much speakers differ to all systems alike, as a deviation where that of clips is 1.</summary>
    public double SpeakerSpread { get; init => field = Require.Between(0.0, 5.0, value); } = 0.5;

    /// <summary>How much speakers differ to one system alone.</summary>
    public double SystemSpread { get; init => field = Require.Between(0.0, 5.0, value); } = 0.2;

    /// <summary>How much the runs (seeds) of a system differ as wholes.</summary>
    public double RunSpread { get; init => field = Require.Between(0.0, 5.0, value); }

    /// <summary>The share of a clip's variance that all systems have in common, 0 … 1.</summary>
    public double Agreement { get; init => field = Require.Between(0.0, 1.0, value); } = 0.5;

    /// <summary>The share of what is left that the runs of one system have in common, 0 … 1.</summary>
    public double RunAgreement { get; init => field = Require.Between(0.0, 1.0, value); } = 0.6;

    /// <summary>The correlation of each system with the one before it, in what is its own: as between neighbouring layers, 0 … 1.</summary>
    public double NeighbourCorrelation { get; init => field = Require.Between(0.0, 1.0, value); }

    /// <summary>Whether some systems waver between speakers several times as much as others, and some speakers as much as others.</summary>
    public bool IsUnequal { get; init; }

    /// <summary>Draws clips and the decisions of several runs of several systems on them, whose shares of right decisions may lead <see cref="Accuracy"/>.</summary>
    internal SimulatedDecisions Draw(SeededRandom random, int systems, int runs = 1, IReadOnlyList<double>? leads = null)
    {
        int[] counts = AreUneven ? [.. Clips.Select(clips => Math.Clamp((int)Math.Round(clips * Math.Exp(0.8 * random.Normal() - 0.3)), 2, 60))] : [.. Clips];
        double[] own = [.. Enumerable.Range(0, systems).Select(system => SystemSpread * (IsUnequal ? 0.3 + 1.4 * system / Math.Max(1, systems - 1) : 1))];
        double[] ability =
        [
            .. own.Select((spread, system) => Normal.Quantile(Accuracy + (leads?[system] ?? 0)) * Math.Sqrt(1 + SpeakerSpread * SpeakerSpread + spread * spread + RunSpread * RunSpread)),
        ];
        var luck = Grid(systems, runs, () => RunSpread * random.Normal());
        var predicted = Grid(systems, runs, () => new int[counts.Sum()]);
        var (target, place) = (new int[counts.Sum()], 0);
        foreach (var count in counts)
        {
            var clear = SpeakerSpread * random.Normal();
            var scale = IsUnequal ? Math.Exp(0.5 * random.Normal() - 0.25) : 1;
            double[] toSystem = [.. Chain(random, systems).Select((value, system) => own[system] * scale * value)];
            for (var clip = 0; clip < count; clip++, place++)
            {
                target[place] = Class(random.NextDouble(), without: -1);
                var common = Math.Sqrt(Agreement) * random.Normal();
                var (mistake, alike) = (random.NextDouble(), Chain(random, systems));
                for (var system = 0; system < systems; system++)
                    for (var run = 0; run < runs; run++)
                    {
                        var isRight = ability[system] + clear + toSystem[system] + luck[system][run] + common + Math.Sqrt(1 - Agreement) * Alone(random, alike[system], runs) > 0;
                        predicted[system][run][place] = isRight ? target[place] : Class(random.Chance(0.7) ? mistake : random.NextDouble(), without: target[place]);
                    }
            }
        }
        return new SimulatedDecisions(target, predicted, Names(counts), Shares.Count);
    }

    /// <summary>
    /// Draws clips and the rank at which each of two systems finds the clip's own counterpart among several candidates; the clearer a clip is, by the same parts
    /// as in <see cref="Draw"/>, the nearer to the first.
    /// </summary>
    /// <returns>The first system's mean reciprocal rank less the second's.</returns>
    internal Interval DrawRankLead(SeededRandom random, int candidates, int runs = 1)
    {
        const int systems = 2;
        var whole = Math.Sqrt(1 + (SpeakerSpread * SpeakerSpread) + (SystemSpread * SystemSpread) + (RunSpread * RunSpread));
        var luck = Grid(systems, runs, () => RunSpread * random.Normal());
        var (ranks, place) = (Grid(systems, runs, () => new double[Clips.Sum()]), 0);
        foreach (var count in Clips)
        {
            var (clear, toSystem) = (SpeakerSpread * random.Normal(), Chain(random, systems));
            for (var clip = 0; clip < count; clip++, place++)
            {
                var (common, alike) = (Math.Sqrt(Agreement) * random.Normal(), Chain(random, systems));
                for (var system = 0; system < systems; system++)
                    for (var run = 0; run < runs; run++)
                    {
                        var clarity = clear + SystemSpread * toSystem[system] + luck[system][run] + common + Math.Sqrt(1 - Agreement) * Alone(random, alike[system], runs);
                        ranks[system][run][place] = 1 + Math.Floor(candidates * Math.Min(1 - 1e-9, Normal.Below(-clarity / whole)));
                    }
            }
        }
        return new SpeakerJackknife(Names(Clips)).MeanOf([.. ranks[0].Zip(ranks[1], (mine, theirs) => mine.Zip(theirs, (one, other) => (1 / one) - (1 / other)).ToArray())]);
    }

    private static string[] Names(IReadOnlyList<int> clips) =>
        [.. clips.SelectMany((count, speaker) => Enumerable.Repeat(speaker.ToString("000", CultureInfo.InvariantCulture), count))];

    // What one run of a system makes of a clip, of which its runs share a part.
    private double Alone(SeededRandom random, double alike, int runs) => runs == 1 ? alike : Math.Sqrt(RunAgreement) * alike + Math.Sqrt(1 - RunAgreement) * random.Normal();

    private double[] Chain(SeededRandom random, int systems)
    {
        var values = new double[systems];
        for (var system = 0; system < systems; system++)
            values[system] = system == 0 ? random.Normal() : NeighbourCorrelation * values[system - 1] + Math.Sqrt(1 - NeighbourCorrelation * NeighbourCorrelation) * random.Normal();
        return values;
    }

    private int Class(double draw, int without)
    {
        var left = draw * (without < 0 ? 1 : 1 - Shares[without]);
        var last = 0;
        for (var label = 0; label < Shares.Count; label++)
        {
            if (label == without) continue;
            last = label;
            if (left < Shares[label]) break;
            left -= Shares[label];
        }
        return last;
    }

    private static T[][] Grid<T>(int systems, int runs, Func<T> draw) => [.. Enumerable.Range(0, systems).Select(_ => Enumerable.Range(0, runs).Select(_ => draw()).ToArray())];
}
