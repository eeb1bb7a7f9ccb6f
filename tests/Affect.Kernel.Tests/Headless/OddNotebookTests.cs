namespace Affect.Kernel.Tests.Headless;

public sealed class OddNotebookTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-odd-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_notebook_that_is_a_pipe_or_a_device_is_refused_at_once()
    {
        var pipe = Path.Combine(folder, "pipe.ipynb");
        using (var make = Process.Start("mkfifo", [pipe])) make.WaitForExit();
        foreach (var (path, kind) in new[] { (pipe, "a named pipe"), ("/dev/zero", "a device") })
        {
            var read = Task.Factory.StartNew(() => NotebookDocument.Read(path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Assert.Same(read, await Task.WhenAny(read, Task.Delay(TimeSpan.FromMinutes(1))));
            var error = Assert.IsType<IOException>(read.Exception!.InnerException);
            Assert.Contains($"{path} must be a file on disk, but is {kind}", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_notebook_nested_without_end_is_no_notebook()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 200_000));
        Assert.Contains("must be JSON", Assert.Throws<FormatException>(() => NotebookDocument.Parse(deep, "n.ipynb")).Message, StringComparison.Ordinal);
        Assert.Contains("must be JSON", Assert.Throws<FormatException>(() => NotebookDocument.Parse("{\"metadata\": " + deep, "n.ipynb")).Message, StringComparison.Ordinal);
    }
}
