namespace Affect.Evaluation;

/// <summary>A score or a difference of scores, and how much of its uncertainty comes from the speakers and how much from the runs.</summary>
/// <remarks>
/// The runs (seeds) of a method are crossed with the speakers: every run decides on the same clips. In the table of values by run and speaker the mean
/// square of speakers, over the table's size, is the variance that speakers give the mean, their quarrel with single runs included; that of runs less
/// that of the interaction is what runs add (Searle, Casella and McCulloch, <em>Variance Components</em>, 1992, section 4.3). The two parts have each their
/// own few degrees of freedom and are joined as Cochran and Cox do (<em>Experimental Designs</em>, 1957, section 4.14): t is their mean, weighted by variance.
/// </remarks>
internal sealed record Estimate
{
    // Few speakers may agree by luck, wholly even, and would then promise everything. A floor of the whole clip error would make five speakers' intervals too wide
    // (2 to 3 % wrong answers instead of 5, by simulation); half of it is below what luck does more than now and then.
    private const double LeastShare = 0.5;

    // What two runs differ by is a single number: where seeds matter most, an interval from it was wrong up to 11 % of the time instead of 5.
    private const int LeastRuns = 3;

    private double[][] table = [];

    /// <summary>The value.</summary>
    internal required double Value { get; init; }

    /// <summary>The variance that comes from the speakers.</summary>
    internal required double SpeakerVariance { get; init; }

    /// <summary>The variance that comes from the runs beyond that; 0 where fewer than three say nothing about others.</summary>
    internal required double RunVariance { get; init; }

    internal required int Speakers { get; init; }

    /// <summary>How many runs it speaks for; 1 where there are too few to say anything of other runs.</summary>
    internal required int Runs { get; init; }

    /// <summary>The standard error if the clips were independent draws, where it is known: no difference is taken for more certain than with half of it.</summary>
    internal double ClipError { get; init; }

    /// <summary>How many clips there are.</summary>
    internal int Clips { get; init; }

    /// <summary>Takes the mean of a table of values, <c>[runs][speakers]</c>.</summary>
    internal static Estimate Of(double[][] table)
    {
        var (runs, speakers) = (table.Length, table[0].Length);
        var mean = table.Average(run => run.Average());
        double[] bySpeaker = [.. Enumerable.Range(0, speakers).Select(speaker => table.Average(run => run[speaker]))];
        double[] byRun = [.. table.Select(run => run.Average())];
        var ofSpeakers = speakers == 1 ? double.PositiveInfinity : bySpeaker.Sum(value => (value - mean) * (value - mean)) / ((speakers - 1.0) * speakers);
        var ofRuns = 0.0;
        if (runs >= LeastRuns && speakers > 1)
        {
            var interaction = 0.0;
            for (var run = 0; run < runs; run++)
                for (var speaker = 0; speaker < speakers; speaker++)
                    interaction += Math.Pow(table[run][speaker] - byRun[run] - bySpeaker[speaker] + mean, 2);
            interaction /= (runs - 1.0) * (speakers - 1);
            var between = byRun.Sum(value => (value - mean) * (value - mean)) * speakers / (runs - 1.0);
            ofRuns = Math.Max(0, between - interaction) / ((double)runs * speakers);
        }
        return new Estimate { Value = mean, SpeakerVariance = ofSpeakers, RunVariance = ofRuns, Speakers = speakers, Runs = runs >= LeastRuns ? runs : 1, table = table };
    }

    /// <summary>This one less another on the same speakers and runs.</summary>
    internal Estimate Minus(Estimate other) => Of([.. table.Zip(other.table, (mine, theirs) => mine.Zip(theirs, (one, two) => one - two).ToArray())]) with { Value = Value - other.Value };

    /// <summary>The mean of several on the same speakers and runs.</summary>
    internal static Estimate Mean(IReadOnlyList<Estimate> estimates) =>
        Of([.. estimates[0].table.Select((run, r) => run.Select((_, speaker) => estimates.Average(estimate => estimate.table[r][speaker])).ToArray())]) with { Value = estimates.Average(estimate => estimate.Value) };

    /// <summary>How probable a value as far from zero is where the true one is zero; below 1 − level exactly where <see cref="Difference"/>'s interval leaves zero out.</summary>
    internal double PValue
    {
        get
        {
            if (Value == 0 || Speakers == 1) return 1;
            var distance = Math.Abs(Value);
            if (RunVariance == 0)
                return Math.Max(StudentT.TwoSided(distance / Math.Sqrt(SpeakerVariance), Speakers - 1), StudentT.TwoSided(distance / (LeastShare * ClipError), Math.Max(1, Clips - 1)));
            // The interval grows as its level does: the p value is where it comes to reach zero.
            var (low, high) = (-700.0, 0.0); // logarithms
            for (var step = 0; step < 60; step++)
            {
                var middle = (low + high) / 2;
                if (HalfWidth(Math.Exp(middle)) > distance) low = middle;
                else high = middle;
            }
            return Math.Exp((low + high) / 2);
        }
    }

    /// <summary>A difference of scores, −1 … 1.</summary>
    internal Interval Difference(double level)
    {
        var half = Speakers == 1 ? 2 : HalfWidth(1 - Checked(level));
        return Around(level, Math.Max(-1, Value - half), Math.Min(1, Value + half));
    }

    /// <summary>A mean of any numbers.</summary>
    internal Interval AnyNumber(double level)
    {
        var half = Speakers == 1 ? double.PositiveInfinity : HalfWidth(1 - Checked(level));
        return Around(level, Value - half, Value + half);
    }

    /// <summary>A score, 0 … 1: on the logit scale, and never narrower than Wilson's interval for as many independent clips.</summary>
    internal Interval Score(double level, int clips)
    {
        Checked(level);
        if (Speakers == 1) return Around(level, 0, 1);
        var z = StudentT.Quantile(1 - level, Math.Max(1, clips - 1));
        var (middle, half) = ((Value + z * z / (2 * clips)) / (1 + z * z / clips), z / (1 + z * z / clips) * Math.Sqrt(Value * (1 - Value) / clips + z * z / (4.0 * clips * clips)));
        var (low, high) = (Math.Max(0, middle - half), Math.Min(1, middle + half));
        if (Value is > 0 and < 1)
        {
            var (logit, width) = (Math.Log(Value / (1 - Value)), HalfWidth(1 - level) / (Value * (1 - Value)));
            (low, high) = (Math.Min(low, Logistic(logit - width)), Math.Max(high, Logistic(logit + width)));
        }
        return Around(level, Math.Min(low, Value), Math.Max(high, Value));
    }

    private double HalfWidth(double probability)
    {
        var total = SpeakerVariance + RunVariance;
        var weighted = StudentT.Quantile(probability, Speakers - 1) * SpeakerVariance;
        if (RunVariance > 0) weighted += StudentT.Quantile(probability, Runs - 1) * RunVariance;
        return Math.Max(total > 0 ? weighted / Math.Sqrt(total) : 0, ClipError > 0 ? StudentT.Quantile(probability, Math.Max(1, Clips - 1)) * LeastShare * ClipError : 0);
    }

    private Interval Around(double level, double low, double high) => new() { Value = Value, Low = low, High = high, Speakers = Speakers, Runs = Runs, Level = level };

    private static double Checked(double level) => Require.Between(0.5, 0.9999, level, nameof(level));

    private static double Logistic(double value) => 1 / (1 + Math.Exp(-value));
}
