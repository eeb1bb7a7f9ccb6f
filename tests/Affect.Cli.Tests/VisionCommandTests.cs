namespace Affect.Cli.Tests;

public sealed class VisionCommandTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-vision-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_small_clip_is_pretrained_looks_at_a_corpus_and_is_probed()
    {
        var (clip, corpus, stores) = (Path.Combine(folder, "my-clip"), Path.Combine(folder, "mimic"), Path.Combine(folder, "stores"));
        var (code, output, errors) = LabProcess.Run("pretrain", "clip", "--out", clip, "--quick");
        Assert.True(code == 0, errors);
        Assert.Contains("288 synthetic pictures", output, StringComparison.Ordinal);
        var card = File.ReadAllText(Path.Combine(clip, "README.md"));
        Assert.StartsWith("# my-clip\n", card, StringComparison.Ordinal);
        Assert.Contains(CLIPPretrainingRecord.Read(clip).Fingerprint, card, StringComparison.Ordinal);

        (code, _, errors) = LabProcess.Run("corpus", "mimic", "--out", corpus, "--clips", "24");
        Assert.True(code == 0, errors);
        (code, output, errors) = LabProcess.Run("frames", "--corpus", corpus, "--encoder", clip, "--out", stores, "--count", "3");
        Assert.True(code == 0, errors);
        Assert.Contains("24 clips with 72 pictures", output, StringComparison.Ordinal);
        (code, output, errors) = LabProcess.Run("probe", Assert.Single(Directory.GetDirectories(stores)), "--corpus", corpus, "--folds", "2", "--label", "face_expresses", "--penalties", "0.1");
        Assert.True(code == 0, errors);
        Assert.Contains("WAF", output, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encoder_that_is_not_there_ends_with_one_line()
    {
        var (code, _, errors) = LabProcess.Run("frames", "--corpus", folder, "--encoder", "nowhere", "--out", folder);
        Assert.Equal(2, code);
        Assert.Contains("encoder must be a folder with config.json (clip or vit)", Assert.Single(errors.Trim().Split('\n')), StringComparison.Ordinal);
        (code, _, errors) = LabProcess.Run("frames", "--corpus", folder, "--encoder", Repository.Golden("hubert-base-tiny"), "--out", folder);
        Assert.Equal(2, code);
        Assert.Contains("holds a model of type 'hubert'", errors, StringComparison.Ordinal);
    }
}
