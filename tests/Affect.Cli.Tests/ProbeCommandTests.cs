namespace Affect.Cli.Tests;

/// <summary>Two emotions that differ in loudness and colour, six speakers, features of two encoders.</summary>
public sealed class ProbedCorpus : IDisposable
{
    public ProbedCorpus()
    {
        var random = new SeededRandom(1);
        var clips = new List<Clip>();
        for (var i = 0; i < 36; i++)
        {
            var isLoud = i % 2 == 0;
            var waveform = new float[4000 + random.Below(4000)];
            for (var j = 0; j < waveform.Length; j++) waveform[j] = (float)((isLoud ? 0.1 : 0.02) * random.Between(-1, 1)) + (isLoud || j == 0 ? 0 : 0.8f * waveform[j - 1]);
            var path = Path.Combine(Folder, "sound", $"{i}.wav");
            WaveFile.Write(path, waveform);
            clips.Add(new Clip { Id = $"clip {i}", AudioPath = path, Speaker = $"speaker {i / 6}", Emotion = isLoud ? "angry" : "sad" });
        }
        Manifest.Write(Corpus, clips);
        foreach (var encoder in new[] { "mfcc", "random-hubert-tiny" })
        {
            LabProcess.Done("extract", "--corpus", Corpus, "--encoder", encoder, "--out", Store(encoder));
        }
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("affect-probe-").FullName;

    public string Corpus => Path.Combine(Folder, "manifest.csv");

    public string Store(string encoder) => Path.Combine(Folder, encoder);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

/// <summary><c>lab probe</c> from features to table and file.</summary>
public sealed class ProbeCommandTests(ProbedCorpus probed) : IClassFixture<ProbedCorpus>
{
    [Fact]
    public void Emotions_that_differ_in_loudness_and_colour_are_read_from_mfcc_statistics()
    {
        var file = Path.Combine(probed.Folder, "curve.json");
        var (code, output, errors) = Probe("mfcc", "--out", file);
        Assert.True(code == 0, errors);
        Assert.Contains("36 clips of 6 speakers, 2 emotions, 5 speaker-disjoint folds", output, StringComparison.Ordinal);
        Assert.Contains("chance  0.500", output, StringComparison.Ordinal);
        Assert.Contains("by leaving out each of 6 speakers in turn", output, StringComparison.Ordinal);
        var curve = LayerCurve.Load(file);
        Assert.True(curve.Layers[0].Waf.Value > 0.95, $"{curve.Layers[0].Waf}");
        Assert.Contains($"{curve.Layers[0].Waf}", output, StringComparison.Ordinal);
        Assert.Null(curve.Range);
    }

    [Fact]
    public void Layers_give_a_range_and_a_weighted_sum()
    {
        var (code, output, errors) = Probe("random-hubert-tiny", "--width", "2", "--criterion", "uar", "--folds", "3", "--json");
        Assert.True(code == 0, errors);
        var path = Path.Combine(probed.Folder, "printed.json");
        File.WriteAllText(path, output);
        var curve = LayerCurve.Load(path);
        Assert.Equal(4, curve.Layers.Count);
        Assert.Equal(2, curve.Range!.Range.Width);
        Assert.Equal(Affect.Evaluation.Metric.Uar, curve.Range.Criterion);
        Assert.Equal(curve.BestRange(2, Affect.Evaluation.Metric.Uar).Sentence, curve.Range.Sentence);
        Assert.Equal(4, curve.WeightedSum!.Weights.Count);
        Assert.Equal(3, curve.Folds);
        Assert.EndsWith(", mean over time", curve.Encoder, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--width", "3", "--width must be between 1 and 2, so that a layer remains to compare with, but is 3")]
    [InlineData("--criterion", "f1", ", but is 'f1'")]
    [InlineData("--folds", "9", "has 6 speakers with labelled clips, too few for 9 speaker-disjoint folds")]
    [InlineData("--penalties", "1 0.1", "Penalties must hold positive values of C in ascending order, but holds [1, 0.1].")]
    [InlineData("--normalise", "session", "session")]
    public void Wrong_options_are_told(string option, string value, string message)
    {
        var (code, output, errors) = Probe("random-hubert-tiny", [option, .. value.Split(' ')]);
        Assert.NotEqual(0, code);
        Assert.Contains(message, errors + output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_features_is_told()
    {
        var errors = LabProcess.Refused("probe", probed.Folder, "--corpus", probed.Corpus);
        Assert.Contains("holds no feature store", errors, StringComparison.Ordinal);
    }

    private (int ExitCode, string Output, string Errors) Probe(string encoder, params string[] more) =>
        LabProcess.Run(["probe", probed.Store(encoder), "--corpus", probed.Corpus, .. more]);
}
