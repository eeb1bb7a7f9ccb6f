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
    public void Variants_are_needed_and_must_be_numbers()
    {
        Assert.StartsWith("An ablation needs at least one variant, but got none.",
            Assert.Throws<ArgumentException>(() => new AblationFigure(Samples.Ablation with { Rows = [] })).Message, StringComparison.Ordinal);
        var row = new AblationRow { Name = "a", Score = new Interval { Value = double.NaN, Low = 0, High = 1 } };
        Assert.StartsWith("Variant \"a\" must have a finite score with low at most high, but has NaN [0, 1].",
            Assert.Throws<ArgumentException>(() => new AblationFigure(Samples.Ablation with { Rows = [row] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_layers_sum_to_one()
    {
        Assert.StartsWith("weights must be at least 0 and sum to 1, but 2 weights sum to 1.4.",
            Assert.Throws<ArgumentException>(() => new LayerWeightsFigure("t", [0.7, 0.7], [], 0, isSynthetic: false)).Message, StringComparison.Ordinal);
        var figure = new LayerWeightsFigure("Which?", [0.2, 0.5, 0.3], [[0.2, 0.5, 0.3]], firstLayer: 1, isSynthetic: false);
        Assert.EndsWith("Heaviest: layer 2, 0.500; lightest: layer 1, 0.200.", figure.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Ceilings_of_Mimic_are_those_of_its_table()
    {
        var rows = ModalityFigure.OfMimic().Table.Rows;
        Assert.Equal(["acoustic", "visual", "lexical", "acoustic + visual", "acoustic + lexical", "visual + lexical", "acoustic + visual + lexical", "chance"], rows.Select(row => row[0]));
        Assert.Equal(MimicCeiling.Of(Modalities.All).Waf.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture), rows[6][1]);
    }

    [Fact]
    public void A_row_of_modalities_needs_something_to_show()
    {
        var error = Assert.Throws<ArgumentException>(() => new ModalityFigure("t", [new ModalityScore { Modalities = Modalities.All }], 0.2, isSynthetic: false));
        Assert.StartsWith("Row \"acoustic + visual + lexical\" must have a ceiling or a score, but has neither.", error.Message, StringComparison.Ordinal);
    }
}
