using Affect.Data;
using Affect.Media;

namespace Affect.Cli.Tests;

/// <summary><c>lab adapt</c> on a small corpus of loud and quiet noise.</summary>
public sealed class AdaptCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-adapt-").FullName;

    public AdaptCommandTests()
    {
        var random = new SeededRandom(1);
        var clips = new List<Clip>();
        for (var i = 0; i < 32; i++)
        {
            var isLoud = i % 2 == 0;
            var path = Path.Combine(folder, "sound", $"{i}.wav");
            WaveFile.Write(path, [.. Enumerable.Range(0, 3000 + 300 * (i % 3)).Select(_ => (float)((isLoud ? 0.3 : 0.02) * random.Between(-1, 1)))]);
            clips.Add(new Clip { Id = $"clip {i}", AudioPath = path, Speaker = $"speaker {i / 4}", Emotion = isLoud ? "angry" : "sad", Split = i >= 24 ? SplitNames.Test : SplitNames.Train });
        }
        Manifest.Write(Path.Combine(folder, "manifest.csv"), clips);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_says_what_trains_scores_on_the_test_part_and_keeps_adapter_head_and_decisions()
    {
        var output = Path.Combine(folder, "out");
        var (code, text, errors) = LabProcess.Run(
            "adapt", "--corpus", Path.Combine(folder, "manifest.csv"), "--encoder", "random-hubert-tiny", "--layers", "2-3", "--width", "4", "--epochs", "2", "--mask-epochs", "1", "--out", output);
        Assert.True(code == 0, errors);
        Assert.Contains("bottleneck of width 4 after each block", text, StringComparison.Ordinal);
        Assert.Contains("of full fine-tuning's", text, StringComparison.Ordinal);
        Assert.Contains("test WAF", text, StringComparison.Ordinal);
        Assert.Equal(9, File.ReadAllLines(Path.Combine(output, "seed-1", "clips.csv")).Length);
        foreach (var file in new[] { "adapted/adapter_config.json", "adapted/adapter_model.safetensors", "adapted/head.json", "labelled/run.jsonl", "masked/run.jsonl" })
            Assert.True(File.Exists(Path.Combine(output, "seed-1", file)), file);
    }

    [Theory]
    [InlineData("3-5", "--layers must be all, chosen, a layer as in 6, or a range as in 5-8, within 1 to 3, but is '3-5'")]
    [InlineData("none", "but is 'none'")]
    public void Layers_that_the_encoder_does_not_have_are_refused_in_one_line(string layers, string message)
    {
        var (code, _, errors) = LabProcess.Run("adapt", "--corpus", Path.Combine(folder, "manifest.csv"), "--encoder", "random-hubert-tiny", "--layers", layers);
        Assert.Equal(2, code);
        Assert.Contains(message, errors, StringComparison.Ordinal);
    }
}
