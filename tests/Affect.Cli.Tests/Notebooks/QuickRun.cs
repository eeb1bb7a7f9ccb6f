namespace Affect.Cli.Tests.Notebooks;

/// <summary>All committed notebooks, run once as <c>lab run --quick</c> runs them.</summary>
public sealed class QuickRun : IDisposable
{
    public QuickRun()
    {
        var (code, output, errors) = LabProcess.Run("run", "--quick", "--out", Report, "--cache", Cache);
        Assert.True(code == 0, errors + output);
        Said = errors;
    }

    /// <summary>What it said on its way.</summary>
    public string Said { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("affect-run-").FullName;

    public string Report => Path.Combine(Folder, "report");

    public string Cache => Path.Combine(Folder, "cache");

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
