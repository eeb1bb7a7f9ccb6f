namespace Affect.Cli.Tests;

public sealed class PretrainCommandTests : IDisposable
{
    private static readonly string Shipped = Path.Combine(Repository.Root, "data", "checkpoints", "mimic-hubert");

    private readonly string folder = Directory.CreateTempSubdirectory("affect-pretrain-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_card_is_written_from_the_record_alone()
    {
        var copy = Directory.CreateDirectory(Path.Combine(folder, "my-hubert")).FullName;
        File.Copy(Path.Combine(Shipped, HubertPretrainingRecord.FileName), Path.Combine(copy, HubertPretrainingRecord.FileName));
        var (code, _, errors) = LabProcess.Run("pretrain", "card", copy);
        Assert.Equal((0, ""), (code, errors));
        var (card, record) = (File.ReadAllText(Path.Combine(copy, "README.md")), HubertPretrainingRecord.Read(Shipped));
        Assert.StartsWith("# my-hubert\n", card, StringComparison.Ordinal);
        Assert.Contains(record.Fingerprint, card, StringComparison.Ordinal);
        Assert.Contains("\nHas seen: 1.50 hours of Mimic's voices (1164 clips, 242 speakers, none with the accent and timbre of a speaker of Mimic 1's corpus of seed 1; of Mimic 2, some)", card, StringComparison.Ordinal);
        Assert.Contains("![Cross-entropy of hidden frames by step](training.svg)", card, StringComparison.Ordinal);
        Assert.Contains("</svg>", File.ReadAllText(Path.Combine(copy, "training.svg")), StringComparison.Ordinal);
        // Recipe, units and losses of the shipped card were written from the same record.
        var shared = card[card.IndexOf("## Recipe", StringComparison.Ordinal)..card.IndexOf("## Losses", StringComparison.Ordinal)];
        var shipped = File.ReadAllText(Path.Combine(Shipped, "README.md"));
        Assert.All(shared.Split('\n'), line => Assert.Contains(line, shipped, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_checkpoint_of_ours_says_first_what_it_has_seen()
    {
        var checkpoints = Directory.GetDirectories(Path.GetDirectoryName(Shipped)!);
        Assert.True(checkpoints.Length >= 3);
        Assert.All(checkpoints, checkpoint => Assert.StartsWith("Has seen: ", File.ReadAllLines(Path.Combine(checkpoint, "README.md"))[2], StringComparison.Ordinal));
    }

    [Fact]
    public void Wrong_settings_end_with_one_line()
    {
        var (code, _, errors) = LabProcess.Run("pretrain", "hubert", "--out", Path.Combine(folder, "out"), "--hours", "0");
        Assert.Equal(2, code);
        Assert.StartsWith("error: Hours must be between 0.001 and 1000.", errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(folder, "out.work")));

        var (noRecord, _, why) = LabProcess.Run("pretrain", "card", folder);
        Assert.Equal(2, noRecord);
        Assert.Contains("training.json does not exist; 'lab pretrain hubert' writes it.", why, StringComparison.Ordinal);
    }
}
