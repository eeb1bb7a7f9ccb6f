namespace Affect.Cli.Tests.Kernels;

[Collection(Alone.Name)] // some of them ask how soon work is stopped
public sealed class KernelCommandTests : FolderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private static string Program => Path.Combine(AppContext.BaseDirectory, "lab.dll");

    [Fact]
    public void A_kernel_is_started_with_what_the_script_sets_for_libtorch()
    {
        var script = File.ReadAllText(Path.Combine(Repository.Root, "lab"));
        Assert.NotEmpty(KernelSpec.TensorSettings);
        foreach (var (name, value) in KernelSpec.TensorSettings)
        {
            Assert.Contains($"export {name}=${{{name}:-{value}}}", script, StringComparison.Ordinal);
            Assert.Equal(value, KernelSpec.Settings[name]);
        }
    }

    [Fact]
    public void Installed_is_what_Jupyter_starts()
    {
        var output = LabProcess.Done("kernel", "install", "--prefix", Folder, "--name", "mine").Output;
        Assert.Contains(In("share", "jupyter", "kernels", "mine"), output, StringComparison.Ordinal);
        var spec = Assert.Single(KernelSpec.In(JupyterFolders.Below(Folder)));
        Assert.True(spec.IsOurs);
        using var kernel = new KernelProcess(spec.Arguments);
        Assert.Equal("affect", kernel.WaitUntilReady(Patience)?["implementation"]?.ToString());
        Assert.Equal(("ok", "[1, 4, 9]"), kernel.Execute("Enumerable.Range(1, 3).Select(n => n * n).ToArray()", Patience));
        Assert.Equal(("ok", "HubertConfig"), kernel.Execute("using Affect.Encoders.Hubert;\nnameof(HubertConfig)", Patience));
    }

    [Fact]
    public void Another_kernel_keeps_its_name_unless_it_is_forced()
    {
        var kernels = Path.Combine(JupyterFolders.Below(Folder), "kernels", ".net-csharp");
        Directory.CreateDirectory(kernels);
        File.WriteAllText(Path.Combine(kernels, "kernel.json"), "{\"argv\": [\"dotnet\", \"interactive\"], \"display_name\": \".NET (C#)\", \"language\": \"C#\"}");
        var errors = LabProcess.Refused("kernel", "install", "--prefix", Folder, "--name", ".net-csharp");
        Assert.Contains("Another kernel is called .net-csharp: .NET (C#), in", errors, StringComparison.Ordinal);
        Assert.Contains("is left to .NET (C#)", LabProcess.Run("kernel", "install", "--prefix", Folder).Output, StringComparison.Ordinal);
        LabProcess.Done("kernel", "install", "--prefix", Folder, "--name", ".net-csharp", "--force");
        Assert.Equal(2, KernelSpec.In(JupyterFolders.Below(Folder)).Count(spec => spec.IsOurs));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("..")]
    [InlineData("")]
    public void A_name_that_is_no_folders_name_is_refused(string name)
    {
        var errors = LabProcess.Refused("kernel", "install", "--prefix", Folder, "--name", name);
        Assert.Contains("A kernel's name consists of", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void The_doctor_runs_a_cell()
    {
        var (code, output, errors) = LabProcess.Run("kernel", "doctor");
        Assert.True(code == 0, output + errors);
        Assert.Contains("answers: protocol 5.4, ready in", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_file_that_is_none_is_told()
    {
        var file = In("kernel.json");
        File.WriteAllText(file, "{}");
        var errors = LabProcess.Refused("kernel", "start", file);
        Assert.Contains($"error: {file} is no connection file of Jupyter", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kernel_ends_with_the_process_that_started_it()
    {
        var connection = In("connection.json");
        File.WriteAllText(connection, "{\"shell_port\":0,\"iopub_port\":0,\"stdin_port\":0,\"control_port\":0,\"hb_port\":0,\"key\":\"k\"}");
        using var client = Process.Start(new ProcessStartInfo("bash", ["-c", "JPY_PARENT_PID=$$ dotnet \"$0\" kernel start \"$1\" & echo $!; sleep 600", Program, connection]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        using var kernel = Process.GetProcessById(int.Parse(client.StandardOutput.ReadLine()!, System.Globalization.CultureInfo.InvariantCulture));
        Assert.False(kernel.WaitForExit(TimeSpan.FromSeconds(2)));
        client.Kill();
        Assert.True(kernel.WaitForExit(TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public void A_cell_that_ends_the_process_ends_the_kernel()
    {
        using var kernel = new KernelProcess(KernelSpec.Of("any", Program).Arguments);
        Assert.NotNull(kernel.WaitUntilReady(Patience));
        Assert.Null(kernel.Execute("Environment.Exit(3);", Patience));
        Assert.False(kernel.IsAlive);
    }

    [Fact]
    public void A_cell_that_comes_while_the_compiler_warms_up_finds_the_laboratorys_names()
    {
        using var kernel = new KernelProcess(KernelSpec.Of("any", Program).Arguments);
        Assert.NotNull(kernel.WaitUntilReady(Patience));
        Assert.Equal(("ok", "2"), kernel.Execute("1 + 1", Patience));
        Assert.Equal("ok", kernel.Execute("display(1);", Patience)?.Status);
    }

    [Fact]
    public async Task A_training_run_is_stopped_soon_and_keeps_what_it_had()
    {
        using var kernel = new KernelProcess(KernelSpec.Of("any", Program).Arguments);
        Assert.NotNull(kernel.WaitUntilReady(Patience));
        var work = In("work");
        var training = Task.Run(() => kernel.Execute(
            $$"""
            using Affect.Notebook;
            using Affect.Pretraining.Bert;
            var config = new TextPretrainingConfig();
            TextPretraining.Run(config with { Sentences = 4000, Training = config.Training with { SaveEvery = 1 } }, @"{{In("bert")}}", @"{{work}}", new NotebookProgress());
            """,
            Patience));
        while (!training.IsCompleted && !(Directory.Exists(work) && Directory.EnumerateFiles(work, "*", SearchOption.AllDirectories).Any())) await Task.Delay(20);
        await Task.Delay(500);
        Assert.False(training.IsCompleted, training.IsCompleted ? $"{await training}" : "");
        var clock = Stopwatch.StartNew();
        kernel.Interrupt();
        var stopped = await training;
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), $"stopped after {clock.Elapsed}");
        Assert.Equal(("error", "the cell was interrupted"), stopped);
        Assert.NotEmpty(Directory.EnumerateFiles(work, "*", SearchOption.AllDirectories));
        Assert.Equal(("ok", "2"), kernel.Execute("1 + 1", Patience));
    }

    [Fact]
    public async Task An_extraction_is_stopped_soon_and_goes_on_to_the_bytes_of_an_unbroken_one()
    {
        NoiseCorpus.Write(Folder, count: 800);
        using var kernel = new KernelProcess(KernelSpec.Of("any", Program).Arguments);
        Assert.NotNull(kernel.WaitUntilReady(Patience));
        Assert.Equal("ok", kernel.Execute("using Affect;\nusing Affect.Notebook;", Patience)?.Status);
        Assert.Equal(("ok", "600"), Encode(kernel, "whole"));

        var extraction = Task.Run(() => Encode(kernel, "stopped"));
        while (!extraction.IsCompleted && Clips("stopped") < 20) await Task.Delay(5);
        var clock = Stopwatch.StartNew();
        kernel.Interrupt();
        Assert.Equal(("error", "the cell was interrupted"), await extraction);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), $"stopped after {clock.Elapsed}");
        Assert.InRange(Clips("stopped"), 20, 599);

        Assert.Equal(("ok", "600"), Encode(kernel, "stopped"));
        Assert.Equal(Files("whole"), Files("stopped"));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Five_hundred_cells_stay_under_five_hundred_megabytes()
    {
        using var kernel = new KernelProcess(KernelSpec.Of("any", Program).Arguments);
        Assert.NotNull(kernel.WaitUntilReady(Patience));
        Assert.Equal("ok", kernel.Execute("using System.IO;\nvar total = 0L; record Row(int Number, string Name);", Patience)?.Status);
        for (var i = 0; i < 500; i++)
            Assert.Equal("ok", kernel.Execute($"var rows{i} = Enumerable.Range(0, 5).Select(n => new Row(n, $\"row {{n}}\")).ToArray();\nforeach (var row in rows{i}) total += row.Number;\nConsole.WriteLine($\"{{total}} {{Path.GetExtension(rows{i}[0].Name)}}\");", Patience)?.Status);
        Assert.Equal(("ok", "5000"), kernel.Execute("total", Patience));
        Assert.InRange(kernel.ResidentBytes / 1e6, 50, 500);
    }

    private (string Status, string Text)? Encode(KernelProcess kernel, string cache)
    {
        var encoder = Path.Combine(Repository.Root, "tests", "Golden", "hubert-base-tiny");
        return kernel.Execute($"var lab = new Laboratory(progress: new NotebookProgress(), cache: @\"{In(cache)}\");\nlab.Encode(lab.Open(@\"{In("manifest.csv")}\"), @\"random:{encoder}\").Corpus.Clips.Count", Patience);
    }

    private int Clips(string cache)
    {
        var features = In(cache, "features");
        return Directory.Exists(features) ? Directory.EnumerateFiles(features, "*.safetensors", SearchOption.AllDirectories).Count() : 0;
    }

    // Without the memory of hashes, which is no result: it leaves out files that were written a moment ago, as the first run's are on a quick machine.
    private Dictionary<string, string> Files(string cache) => Directory.EnumerateFiles(In(cache), "*", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path) != "media-hashes.csv")
        .ToDictionary(path => Path.GetRelativePath(In(cache), path), path => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));
}
