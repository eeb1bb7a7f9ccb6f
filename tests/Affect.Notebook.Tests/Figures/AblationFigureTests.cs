namespace Affect.Tests.Figures;

public sealed class AblationFigureTests
{
    [Fact]
    public void The_summary_names_every_score_and_every_difference()
    {
        var summary = new AblationFigure(Samples.Ablation with { Rows = [.. Samples.Ablation.Rows.Take(2)] }).Summary;
        Assert.Equal(
            "What does each part add? (synthetic data). WAF (weighted F1). n = 480 clips of 16 speakers. Bars: 95 % intervals over speakers. "
            + "Δ: difference from all layers on the same clips. all layers: 0.520 [0.480, 0.565]. "
            + "only the chosen range of layers: 0.535 [0.495, 0.580], Δ +0.015 [−0.012, +0.041]. Chance 0.165, ceiling of the voice 0.712.",
            summary);
    }

    [Fact]
    public void A_row_of_a_comparison_has_its_score_and_difference()
    {
        var comparison = PairedComparison.Of([0, 1, 0, 1], [0, 1, 0, 1], [0, 0, 0, 1], 2, ["a", "a", "b", "b"]);
        var row = AblationRow.Of("trained", comparison);
        Assert.Equal((comparison.First, comparison.Difference), (row.Score, row.Difference));
    }

    [Fact]
    public void Runs_become_rows_the_baseline_first_each_variant_with_its_corrected_difference()
    {
        Decisions[] baseline = [Decided(2), Decided(3)], better = [Decided(1), Decided(0)], fewer = [Decided(5)];
        var figure = AblationFigure.Of(("plain", baseline), [("better", better), ("one seed", fewer)], isSynthetic: true,
            ceilings: [new ScoreLevel("best", 0.95)], metric: Metric.Uar);
        var compared = ComparisonFamily.Correct(
            [Decisions.Compare(better, baseline, Metric.Uar), Decisions.Compare(fewer, [baseline[0]], Metric.Uar)]);
        var made = new AblationFigure(new AblationData
        {
            Title = "What does each variant change beside plain?",
            Metric = Metric.Uar,
            ComparedWith = "plain",
            Rows =
            [
                new AblationRow { Name = "plain", Score = Decisions.Score(baseline, Metric.Uar) },
                AblationRow.Of("better", compared[0]),
                AblationRow.Of("one seed", compared[1]),
            ],
            Chance = 0.5,
            Ceilings = [new ScoreLevel("best", 0.95)],
            Clips = 12,
            Speakers = 6,
            IsSynthetic = true,
        });
        Assert.Equal(made.ToSvg(), figure.ToSvg());
        Assert.EndsWith("Δ: difference from plain on the same clips, corrected for 2 comparisons.", figure.Subtitle, StringComparison.Ordinal);
    }

    [Fact]
    public void Comparisons_that_are_there_already_stay_as_they_are()
    {
        var (baseline, comparison) = (new[] { Decided(2) }, Decisions.Compare([Decided(0)], [Decided(2)]) with { Family = 7 });
        var figure = AblationFigure.Of(("plain", baseline), [("better", comparison)], isSynthetic: false, title: "Does it help?");
        Assert.Equal("Does it help?", figure.Title);
        Assert.Contains("corrected for 7 comparisons", figure.Subtitle, StringComparison.Ordinal);
        Assert.Equal(["plain", "better", "chance"], figure.Table.Rows.Select(row => row[0]));
        Assert.Equal(["", FormattableString.Invariant($"+{comparison.Difference.Value:0.000}")], figure.Table.Rows.Take(2).Select(row => row[2].Split(' ')[0]));
    }

    [Fact]
    public void The_heaviest_and_the_lightest_layer_are_named()
    {
        var figure = new LayerWeightsFigure("Which?", [0.2, 0.5, 0.3], [[0.2, 0.5, 0.3]], firstLayer: 1, isSynthetic: false);
        Assert.EndsWith("Heaviest: layer 2, 0.500; lightest: layer 1, 0.200.", figure.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Ceilings_of_Mimic_are_those_of_its_table()
    {
        var rows = ModalityFigure.OfMimic().Table.Rows;
        Assert.Equal(["acoustic", "visual", "lexical", "acoustic + visual", "acoustic + lexical", "visual + lexical", "acoustic + visual + lexical", "chance"], rows.Select(row => row[0]));
        Assert.Equal(MimicCeiling.Of(Modalities.All).Waf.ToString("0.000", CultureInfo.InvariantCulture), rows[6][1]);
    }

    // Twelve clips of six speakers, the first ones told wrongly.
    private static Decisions Decided(int wrong)
    {
        int[] clips = [.. Enumerable.Range(0, 12)];
        return new Decisions(
            ["happy", "sad"], [.. clips.Select(clip => $"clip {clip}")], [.. clips.Select(clip => $"speaker {clip / 2}")],
            [.. clips.Select(clip => clip % 2)],
            [.. clips.Select(clip => (clip < wrong ? 1 - clip % 2 : clip % 2) == 0 ? new[] { 0.8, 0.2 } : [0.3, 0.7])]);
    }
}
