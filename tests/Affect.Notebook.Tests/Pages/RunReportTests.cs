namespace Affect.Tests.Pages;

public sealed class RunReportTests : IDisposable
{
    private static readonly string[] Sets = ["acoustic", "visual", "acoustic+visual"];

    private readonly string folder = Directory.CreateTempSubdirectory("affect-report-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Shows_variants_with_paired_differences_missing_modalities_confusion_and_training()
    {
        Record();
        var html = new RunReport(RunRecord.FindAll(folder)).ToHtml();
        Assert.Contains("Synthetic data", html, StringComparison.Ordinal);
        Assert.Contains("come from 4 speakers only", html, StringComparison.Ordinal);
        Assert.Contains("What does each variant score on test?", html, StringComparison.Ordinal);
        Assert.Contains("difference from acoustic + visual: attention", html, StringComparison.Ordinal);
        Assert.Contains("What is left when modalities are missing?", html, StringComparison.Ordinal);
        Assert.Contains("acoustic + visual: attention' recognise?", html.Replace("&#39;", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("F1 by emotion, with 95 % intervals", html, StringComparison.Ordinal);
        Assert.Contains("toy (training)", html, StringComparison.Ordinal);
        Assert.Contains("\"seeds\": 2", html.Replace("&quot;", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("2 seeds, taken together; the intervals cover other speakers, not other seeds.", html, StringComparison.Ordinal);
        // Numbers of the page are those of the decisions: one of eight is wrong for sound alone, none for both.
        Assert.Contains("1.000 [0.589, 1.000]", html, StringComparison.Ordinal);
        Assert.Contains("Δ", html + new AblationFigure(Data()).Subtitle, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_that_were_trained_otherwise_are_not_taken_together_whatever_they_are_called()
    {
        foreach (var (name, recipe, seeds) in ((string, string?, int[])[])[("one", "rate 0.1", [1, 2, 3]), ("other", "rate 0.2", [1, 2, 3]), ("more", "rate 0.1", [4]), ("old", null, [1])])
        {
            using var log = RunLog.Open(Path.Combine(folder, name));
            log.Start("adapt", new { });
            foreach (var seed in seeds) log.WriteResult(Result("bottleneck", "acoustic", "acoustic", seed, wrong: name == "one" ? 1 : 3) with { Recipe = recipe });
        }
        var html = new RunReport(RunRecord.FindAll(folder)).ToHtml();
        Assert.Contains("4 seeds, taken together", html, StringComparison.Ordinal); // one and more
        foreach (var row in (string[])["acoustic: bottleneck (more)", "acoustic: bottleneck (other)", "acoustic: bottleneck (old)"]) Assert.Contains(row, html, StringComparison.Ordinal);
        Assert.DoesNotContain("acoustic: bottleneck (one)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_results_of_one_seed_are_never_two_seeds()
    {
        foreach (var name in (string[])["here", "there"])
        {
            using var log = RunLog.Open(Path.Combine(folder, name));
            log.Start("adapt", new { });
            log.WriteResult(Result("bottleneck", "acoustic", "acoustic", 1, wrong: 1) with { Recipe = "the same" });
        }
        var html = new RunReport(RunRecord.FindAll(folder)).ToHtml();
        Assert.Contains("1 seed, taken together", html, StringComparison.Ordinal);
        Assert.Contains("acoustic: bottleneck (there)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Decisions_of_several_seeds_are_not_called_clips()
    {
        Record();
        var html = new RunReport(RunRecord.FindAll(folder)).ToHtml();
        Assert.Contains(">decisions</th>", html, StringComparison.Ordinal);
        Assert.Contains(">8</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Folds_of_one_seed_share_a_figure()
    {
        Record();
        foreach (var (seed, fold) in new[] { (1, 0), (1, 1), (2, 0) })
        {
            using var log = RunLog.Open(Path.Combine(folder, FormattableString.Invariant($"acoustic+visual-seed{seed}-fold{fold}")));
            log.Start("Fusing both", new { Epochs = 1 });
            foreach (var step in Enumerable.Range(1, 5)) log.Write("step", new { Step = step, Loss = 2.0 / step });
        }
        var html = new RunReport(RunRecord.FindAll(folder)).ToHtml();
        Assert.Contains("step</th><th style=\"text-align:right\">fold 0</th><th style=\"text-align:right\">fold 1</th></tr>", html, StringComparison.Ordinal);
        Assert.Contains("Fusing both, seed 1", html, StringComparison.Ordinal);
        Assert.Contains("Fusing both, seed 2", html, StringComparison.Ordinal);
        Assert.DoesNotContain("(acoustic+visual-seed1-fold1)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_from_a_record_are_text_and_never_markup()
    {
        using (var log = RunLog.Open(folder))
        {
            log.Start("<script>alert(1)</script>", new { Note = "<b>" });
            log.WriteResult(Result("<img src=x>", "acoustic", "acoustic", 1, wrong: 1));
        }
        var html = new RunReport(RunRecord.FindAll(folder)).ToHtml();
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_was_not_shown_a_set_is_named()
    {
        RunResult[] results = [Result("one", "acoustic+visual", "acoustic", 1, 0), Result("two", "acoustic+visual", "acoustic", 1, 0), Result("two", "acoustic+visual", "visual", 1, 0)];
        var error = Assert.Throws<ArgumentException>(() => MissingModalityFigure.Of("?", results));
        Assert.StartsWith("'one' must have been shown every set of modalities that others were, but not 'visual'.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_matrix_shows_each_set_and_the_mean()
    {
        var results = new[] { "attention", "with dropout" }.SelectMany(variant => Sets.Select((set, index) => Result(variant, "acoustic+visual", set, 1, wrong: 2 - index))).ToArray();
        var figure = MissingModalityFigure.Of("What is left?", results);
        Assert.Equal(["there", "attention", "with dropout", "ceiling"], figure.Table.Columns);
        Assert.Equal(["acoustic", "visual", "acoustic + visual", "mean"], figure.Table.Rows.Select(row => row[0]));
        Assert.Equal("1.000 [0.589, 1.000]", figure.Table.Rows[2][1]);
        Assert.Contains("synthetic", figure.Title, StringComparison.Ordinal);
    }

    private void Record()
    {
        using (var log = RunLog.Open(Path.Combine(folder, "fuse")))
        {
            log.Start("fuse", new { Seeds = 2 });
            foreach (var seed in new[] { 1, 2 })
            {
                foreach (var variant in new[] { "attention", "concatenation" })
                    foreach (var (index, set) in Sets.Index()) log.WriteResult(Result(variant, "acoustic+visual", set, seed, wrong: variant == "attention" ? 2 - index : 1));
                log.WriteResult(Result("attention", "acoustic", "acoustic", seed, wrong: 1));
            }
        }
        using (var log = RunLog.Open(Path.Combine(folder, "training")))
        {
            log.Start("toy", new { Epochs = 1 });
            foreach (var step in Enumerable.Range(1, 5)) log.Write("step", new { Step = step, Loss = 2.0 / step });
            log.Write("end", new { });
        }
    }

    private static AblationData Data() => new()
    {
        Title = "x",
        ComparedWith = "y",
        Chance = 0.5,
        Clips = 8,
        Speakers = 4,
        IsSynthetic = true,
        Rows = [new AblationRow { Name = "z", Score = new Interval { Value = 0.5, Low = 0.4, High = 0.6 } }],
    };

    private static RunResult Result(string variant, string trained, string present, int seed, int wrong)
    {
        int[] target = [0, 1, 0, 1, 0, 1, 0, 1];
        return new RunResult
        {
            Variant = variant,
            Trained = trained,
            Present = present,
            Seed = seed,
            Ceiling = 0.9,
            IsSynthetic = true,
            Decisions = new Decisions(
                ["happy", "sad"], [.. target.Select((_, clip) => $"clip {clip}")], [.. target.Select((_, clip) => $"speaker {clip / 2}")], target,
                [.. target.Select((label, clip) => (clip < wrong ? 1 - label : label) == 0 ? new[] { 0.8, 0.2 } : [0.3, 0.7])]),
        };
    }
}
