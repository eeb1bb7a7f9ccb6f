namespace Affect.Tests.Alignment.Studies;

/// <summary>What a report says of retrieval, from folds put together by hand.</summary>
public sealed class AlignmentReportTests
{
    // Speakers of unlike numbers of clips.
    private static readonly string[] Speakers = [.. Enumerable.Range(0, 8).SelectMany(speaker => Enumerable.Repeat($"s{speaker}", 3 + speaker))];
    private static readonly string[] Clips = [.. Enumerable.Range(0, Speakers.Length).Select(clip => $"clip {clip}")];

    [Fact]
    public void The_lead_in_retrieval_pairs_clips_by_name_whatever_their_order_and_folds()
    {
        var better = Report(seed => clip => clip % 5 == 0 ? 2 : 1, shuffles: true);
        var worse = Report(seed => clip => clip % 5 == 0 ? 2 : 1 + (clip % 3), shuffles: false);
        var lead = better.RetrievalLead(worse);
        Assert.Equal(Enumerable.Range(0, Clips.Length).Average(clip => clip % 5 == 0 ? 0 : 1 - (1.0 / (1 + (clip % 3)))), lead.Value, 12);
        Assert.True(lead.LiesAbove(0), $"{lead}");
        Assert.Equal((8, 3), (lead.Speakers, lead.Runs));
        var turned = worse.RetrievalLead(better);
        Assert.Equal((-lead.Value, -lead.High, -lead.Low), (turned.Value, turned.Low, turned.High));
        // Each seed is as much better as another is worse: nothing is told.
        var none = Report(seed => clip => seed == 1 ? 1 : 2, shuffles: true).RetrievalLead(Report(seed => clip => seed == 2 ? 1 : 2, shuffles: false));
        Assert.Equal(0, none.Value, 12);
        Assert.True(none.Low < -0.1 && none.High > 0.1, $"{none}");
    }

    [Fact]
    public void The_gain_in_retrieval_is_the_lead_over_the_same_network_before_training()
    {
        var report = Report(_ => _ => 1, shuffles: true);
        var gain = report.RetrievalGain; // before training every rank is 4
        Assert.Equal(0.75, gain.Value, 12);
        Assert.Throws<ArgumentException>(() => report.RetrievalLead(Report(_ => _ => 1, shuffles: true, firstSeed: 7)));
    }

    private static AlignmentReport Report(Func<int, Func<int, double>> ranks, bool shuffles, int firstSeed = 1)
    {
        var folds = new List<AlignedFold>();
        foreach (var seed in Enumerable.Range(firstSeed, 3))
        {
            int[] order = [.. Enumerable.Range(0, Clips.Length)];
            if (shuffles) new SeededRandom(seed).Shuffle<int>(order);
            foreach (var (number, part) in order.Chunk(20).Index())
            {
                RetrievalScore Score(Func<int, double> rank) => new() { Ranks = [.. part.Select(rank)], Candidates = [.. part.Select(_ => part.Length)] };
                folds.Add(new AlignedFold
                {
                    Seed = seed,
                    Fold = number,
                    LearnedFrom = 1,
                    Learned = [],
                    Taught = [],
                    Held = [],
                    Clips = [.. part.Select(clip => Clips[clip])],
                    BestEpoch = 1,
                    Losses = [],
                    Seconds = 1,
                    Weights = 1,
                    Temperature = 1,
                    Retrieval = Score(ranks(seed)),
                    WithinSpeaker = Score(ranks(seed)),
                    UntrainedRetrieval = Score(_ => 4),
                    CkaBefore = 0,
                    CkaUntrained = 0,
                    CkaAfter = 0,
                });
            }
        }
        var curve = new FractionCurve { Name = "by hand", Config = new FractionConfig(), Points = [], ClipIds = Clips, Targets = [.. Clips.Select(_ => 0)], Speakers = Speakers, Classes = 2 };
        return new AlignmentReport { Teacher = "by hand", IsControl = false, Config = new AlignmentConfig(), Folds = folds, Before = curve, Untrained = curve, After = curve, Both = curve, BothUntrained = curve };
    }
}
