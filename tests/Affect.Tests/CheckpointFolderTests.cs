namespace Affect.Tests;

public sealed class CheckpointFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_name_is_one_folder_among_the_checkpoints_and_leads_nowhere_else()
    {
        Directory.CreateDirectory(folder.In("checkpoints/mine"));
        Directory.CreateDirectory(folder.In("other"));
        var checkpoints = folder.In("checkpoints");
        Assert.Equal(folder.In("checkpoints/mine"), CheckpointFolder.Find("mine", checkpoints));
        Assert.Equal(folder.In("other"), CheckpointFolder.Find(folder.In("other"), checkpoints));
        Assert.Null(CheckpointFolder.Find("missing", checkpoints));
        Assert.Null(CheckpointFolder.Find("../no-such-other", checkpoints));
        Assert.Null(CheckpointFolder.Find("mine", null));
        Assert.Null(CheckpointFolder.Find("", checkpoints));
    }
}
