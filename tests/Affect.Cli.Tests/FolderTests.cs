namespace Affect.Cli.Tests;

/// <summary>Tests that work in a folder of their own, which is gone afterwards.</summary>
public abstract class FolderTests : IDisposable
{
    protected string Folder { get; } = Directory.CreateTempSubdirectory("affect-cli-").FullName;

    protected string In(params ReadOnlySpan<string> names) => Path.Combine([Folder, .. names]);

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
    }
}
