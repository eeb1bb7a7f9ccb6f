namespace Affect.Cli.Tests;

/// <summary><c>lab adapt</c> on a small corpus of loud and quiet noise.</summary>
public sealed class AdaptCommandTests : FolderTests
{
    // The clips of the first two speakers have no labels.
    public AdaptCommandTests() => NoiseCorpus.Write(Folder, clip => clip.Speaker is "speaker 0" or "speaker 1" ? clip with { Emotion = null, Split = SplitNames.Unlabelled } : clip);

    [Fact]
    public void It_says_what_trains_scores_on_the_test_part_and_keeps_adapter_head_and_decisions()
    {
        var output = In("out");
        var text = LabProcess.Done(
            "adapt", "--corpus", In("manifest.csv"), "--encoder", "random-hubert-tiny", "--layers", "2-3", "--width", "4", "--epochs", "2", "--mask-epochs", "1", "--out", output).Output;
        Assert.Contains("bottleneck of width 4 after each block", text, StringComparison.Ordinal);
        Assert.Contains("of full fine-tuning's", text, StringComparison.Ordinal);
        Assert.Contains("test WAF", text, StringComparison.Ordinal);
        Assert.Equal(9, File.ReadAllLines(Path.Combine(output, "seed-1", "clips.csv")).Length);
        foreach (var file in new[] { "adapted/adapter_config.json", "adapted/adapter_model.safetensors", "adapted/head.json", "labelled/run.jsonl", "masked/run.jsonl" })
            Assert.True(File.Exists(Path.Combine(output, "seed-1", file)), file);
    }

    [Fact]
    public void Runs_on_the_same_clips_are_compared_by_the_report_with_paired_intervals()
    {
        foreach (var method in (string[])["bottleneck", "frozen"])
        {
            LabProcess.Done(
                "adapt", "--corpus", In("manifest.csv"), "--encoder", "random-hubert-tiny", "--method", method, "--layers", "2-3", "--epochs", "1", "--mask-epochs", "0",
                "--folds", "3", "--seed", "1", "--seed", "2", "--out", In("runs", method));
        }
        var page = In("page.html");
        var report = LabProcess.Run("report", In("runs"), "--out", page);
        Assert.True(report.ExitCode == 0, report.Errors);
        var html = File.ReadAllText(page);
        Assert.Contains("What does each variant score on 3 folds?", html, StringComparison.Ordinal);
        Assert.Contains("frozen encoder", html, StringComparison.Ordinal);
        Assert.Contains("difference from acoustic: bottleneck of width 64", html, StringComparison.Ordinal);
        Assert.Contains("2 seeds, taken together", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_that_folds_choose_are_recorded_as_chosen_and_never_taken_together_with_all()
    {
        string[] common = ["adapt", "--corpus", In("manifest.csv"), "--encoder", "random-hubert-tiny", "--width", "4", "--epochs", "1", "--mask-epochs", "0", "--folds", "3"];
        foreach (var layers in (string[])["chosen", "all"])
        {
            var errors = LabProcess.Done([.. common, "--layers", layers, "--seed", layers == "all" ? "2" : "1", "--max-seconds", "0.2", "--out", In("runs", layers)]).Errors;
            Assert.Contains("clips are longer than 0.2 s", errors, StringComparison.Ordinal);
        }
        var record = File.ReadAllText(In("runs", "chosen", "run.jsonl"));
        Assert.Contains("\"variant\":\"bottleneck, layers chosen in every fold\"", record, StringComparison.Ordinal);
        Assert.Matches("seed 1, fold 3: bottleneck of width 4 after each block in the usual modules of layers? ", record);
        var page = In("page.html");
        LabProcess.Done("report", In("runs"), "--out", page);
        Assert.Contains("1 seed, taken together", File.ReadAllText(page), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--seed 1 1", "--seed must differ, but are 1, 1")]
    [InlineData("--rank 4", "--rank is of lora, rslora and dora, but --method is bottleneck; leave it out.")]
    [InlineData("--method lora --width 4", "--width is of bottleneck, parallel and prefix, but --method is lora; leave it out.")]
    public void What_would_change_nothing_is_refused(string options, string message)
    {
        var errors = LabProcess.Refused(["adapt", "--corpus", In("manifest.csv"), "--encoder", "random-hubert-tiny", "--layers", "2-3", .. options.Split(' ')]);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3-5", "--layers must be all, chosen, a layer as in 6, or a range as in 5-8, within 1 to 3, but is '3-5'")]
    [InlineData("none", "but is 'none'")]
    public void Layers_that_the_encoder_does_not_have_are_refused_in_one_line(string layers, string message)
    {
        var errors = LabProcess.Refused("adapt", "--corpus", In("manifest.csv"), "--encoder", "random-hubert-tiny", "--layers", layers);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }
}
