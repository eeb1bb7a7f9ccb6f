namespace Affect.Cli.Tests.Kernels;

[Collection(Alone.Name)]
[Trait("Speed", "Slow")]
public sealed class BrowserTests : FolderTests
{
    private const string Whole = "var quick       = false;";
    private const string Quick = "var quick       = true;";

    [BrowserFact(FrontEnd.Notebook)]
    public void A_reader_of_the_Notebook_runs_a_notebook_and_sees_what_it_says() => ReadIn(FrontEnd.Of(FrontEnd.Notebook));

    [BrowserFact(FrontEnd.Lab)]
    public void A_reader_of_JupyterLab_runs_a_notebook_and_sees_what_it_says() => ReadIn(FrontEnd.Of(FrontEnd.Lab));

    private void ReadIn(FrontEnd front)
    {
        const string name = "03-which-hubert-layers-hear-emotion.ipynb";
        const string layerCurve = "1";
        var notebook = File.ReadAllText(Path.Combine(Repository.Root, "notebooks", name));
        Assert.Contains(Whole, notebook, StringComparison.Ordinal);
        notebook = notebook.Replace(Whole, Quick, StringComparison.Ordinal).Replace("setup.csx", Path.Combine(Repository.Root, "notebooks", "setup.csx"), StringComparison.Ordinal);
        File.WriteAllText(In(name), notebook);
        var port = FreePort();
        using var jupyter = LabProcess.StartWith(
            [$"PATH={front.SearchPath()}", $"AFFECT_CACHE={In("cache")}"],
            "jupyter", "--", "--no-browser", $"--port={port}", $"--{front.Token}=t", "--allow-root", $"--notebook-dir={Folder}");
        try
        {
            WaitFor(port, jupyter);
            var (code, output, errors) = Drive($"http://127.0.0.1:{port}/{front.Address}/{name}?token=t&reset", layerCurve);
            Assert.True(code == 0, output + errors);
            Assert.Equal(
                [
                    "kernel: .net-csharp", "ran in order: true", "figures: 5", "progress: one line", "completed: Enumerable.Repeat", "explained: Enumerable.Repeat",
                    "answered: true", "interrupted within a second: true", "error names its line: true", "drawn by plotly: true", "restarted: true",
                ],
                output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            jupyter.Terminate();
        }
    }

    private (int Code, string Output, string Errors) Drive(string url, string figure)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "tests", "Affect.Cli.Tests", "Kernels", "browser.mjs"), url, Folder, figure])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    private static void WaitFor(int port, LabProcess jupyter)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalMinutes < 10 && !jupyter.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException)
            {
                Thread.Sleep(200);
            }
        }
        throw new TimeoutException("Jupyter did not start.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
