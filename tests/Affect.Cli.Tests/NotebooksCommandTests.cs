namespace Affect.Cli.Tests;

public sealed class NotebooksCommandTests : FolderTests
{
    [Fact]
    public void Cells_use_the_library_and_its_displays()
    {
        var notebook = Save("all.ipynb", "using Affect.Notebook;\nusing static TorchSharp.torch;\nvar shown = display(\"first\");\nConsole.WriteLine(\"printed\");", "shown.Update(\"second\");", "ones(2, 3)", "Claim.That(1 < 2, $\"{1} is less than {2}\");", "Affect.Data.EmotionSet.Mer2024.Count");
        var run = LabProcess.Run("notebooks", "run", notebook, "--out", In("out"));
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Matches(@"^all\.ipynb: 5 cells in [\d.]+ s, 1 of 1 claims hold: ", run.Output);
        var outputs = Outputs(In("out/all.ipynb"));
        Assert.Equal("display_data", (string?)outputs[0][0]!["output_type"]);
        Assert.Equal("second", Text(outputs[0][0]));
        Assert.Equal("printed\n", NotebookFile.TextOf(outputs[0][1]!["text"]));
        Assert.StartsWith("[2, 3] float32", Text(outputs[2][0]), StringComparison.Ordinal);
        Assert.Equal("{\"passed\":true,\"text\":\"1 is less than 2\"}", outputs[3][0]!["data"]!["application/vnd.affect.claim+json"]!.ToJsonString());
        Assert.Equal("6", Text(outputs[4][0]));
    }

    [Fact]
    public void An_exception_on_a_thread_of_a_cell_does_not_end_the_run()
    {
        var notebook = Save("n.ipynb", "var thread = new System.Threading.Thread(() => throw new InvalidOperationException(\"alone\"));\nthread.Start();\nthread.Join();", "1 + 1");
        var run = LabProcess.Run("notebooks", "run", notebook, "--out", In("out"));
        Assert.True(run.ExitCode == 0, run.Errors);
        var outputs = Outputs(In("out/n.ipynb"));
        Assert.Equal("stderr", (string?)outputs[0][0]!["name"]);
        Assert.Equal("What the cell has started, and does not wait for, ended with InvalidOperationException: alone\n", (string?)outputs[0][0]!["text"]![0]);
        Assert.Equal("2", Text(outputs[1][0]));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Long_work_of_the_library_ends_at_the_timeout()
    {
        // One short sound under many names: minutes of encoding from one file.
        Affect.Media.WaveFile.Write(In("sound.wav"), [.. Enumerable.Range(0, 32000).Select(n => 0.3f * MathF.Sin(0.05f * n))]);
        File.WriteAllLines(In("manifest.csv"), ["clip,audio,speaker,emotion", .. Enumerable.Range(0, 20000).Select(n => FormattableString.Invariant($"c{n},sound.wav,s{n % 4},{(n % 2 == 0 ? "happy" : "sad")}"))]);
        var notebook = Save("n.ipynb", $"var lab = new Affect.Laboratory(cache: \"{In("cache")}\");", $"lab.Encode(lab.Open(\"{In("manifest.csv")}\"), \"random-hubert-tiny\");");
        var clock = Stopwatch.StartNew();
        var run = LabProcess.Refused("notebooks", "run", notebook, "--out", In("out"), "--timeout", "4");
        Assert.Contains("cell[2]:line 1: the cell took longer than 4 s", run, StringComparison.Ordinal);
        Assert.DoesNotContain("could not be stopped", run, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(20), $"ended after {clock.Elapsed}");
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void A_cell_that_cannot_be_stopped_fails_its_notebook_and_the_process_ends_with_the_same_code()
    {
        var notebook = Save("n.ipynb", "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern uint sleep(uint seconds);\nsleep(7200);");
        var clock = Stopwatch.StartNew();
        var run = LabProcess.Refused("notebooks", "run", notebook, "--out", In("out"), "--timeout", "1");
        Assert.Contains("it could not be stopped", run, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(20), $"ended after {clock.Elapsed}");
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Of_several_notebooks_those_that_cannot_run_are_listed_and_the_others_run()
    {
        File.WriteAllText(In("broken.ipynb"), "{\"cells\": [");
        var anonymous = JsonNode.Parse(File.ReadAllText(Save("anonymous.ipynb", "1")))!;
        anonymous["metadata"]!.AsObject().Remove("kernelspec");
        File.WriteAllText(In("anonymous.ipynb"), anonymous.ToJsonString());
        Save("reference.ipynb", "1", "#r \"gone/Library.dll\"");
        Save("endless.ipynb", "var n = 0;\nwhile (true)\n    n++;");
        Save("good.ipynb", "var n = 1;", "n");
        var before = File.ReadAllText(In("reference.ipynb"));
        var run = LabProcess.Run("notebooks", "run", In("broken.ipynb"), In("anonymous.ipynb"), In("reference.ipynb"), In("endless.ipynb"), In("good.ipynb"), "--out", In("out"), "--timeout", "10");
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("good.ipynb: 2 cells in ", run.Output, StringComparison.Ordinal);
        var listed = run.Errors[run.Errors.IndexOf("4 of 5 notebooks failed:", StringComparison.Ordinal)..].Split('\n');
        Assert.Contains("a notebook must be JSON, but this is not", listed[1], StringComparison.Ordinal);
        Assert.Contains("does not say which language it is in", listed[2], StringComparison.Ordinal);
        Assert.StartsWith($"  reference.ipynb: cell[2]:line 1: Directive: there is no file {In("gone/Library.dll")}", listed[3], StringComparison.Ordinal);
        Assert.Equal("  endless.ipynb: cell[1]:line 3: Timeout: the cell took longer than 10 s", listed[4]);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
        Assert.Equal(["endless.ipynb", "good.ipynb", "reference.ipynb"], Directory.GetFiles(In("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(before, File.ReadAllText(In("reference.ipynb")));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Parameters_are_injected_and_a_notebook_is_replaced_only_if_it_ran_to_its_end()
    {
        var notebook = NotebookFile.Write(In("p.ipynb"),
        [
            NotebookFile.Cell("var seed = 1;\nvar quick = false;", "parameters"),
            NotebookFile.Cell("$\"{seed} {quick}\""),
            NotebookFile.Cell("if (seed == 3) throw new Exception(\"three\");"),
        ]);
        LabProcess.Done("notebooks", "run", notebook, "--in-place", "--param", "seed=2", "--quick");
        Assert.Equal("2 True", Text(Outputs(notebook)[2][0]));
        var executed = File.ReadAllText(notebook);
        var failed = LabProcess.Refused("notebooks", "run", notebook, "--in-place", "--param", "seed=3");
        Assert.Contains("error: p.ipynb: cell 4 failed", failed, StringComparison.Ordinal);
        Assert.Equal(executed, File.ReadAllText(notebook));
        var unknown = LabProcess.Run("notebooks", "run", notebook, "--out", In("out"), "--param", "epochs=3");
        Assert.Equal((2, "error: p.ipynb has no parameter 'epochs'; it has seed, quick.\n"), (unknown.ExitCode, unknown.Errors));
    }

    [Theory]
    [InlineData("--param", "seed", "--param must be written as name=value, but was 'seed'.")]
    [InlineData("--timeout", "0", "--timeout must be a number of seconds above 0, but was 0.")]
    [InlineData("--out", ".", "would overwrite")]
    public void Wrong_options_are_one_line(string option, string value, string message)
    {
        var notebook = Save("n.ipynb", "1");
        var run = LabProcess.Refused("notebooks", "run", notebook, option, value == "." ? Folder : value);
        Assert.Contains(message, run, StringComparison.Ordinal);
        Assert.Single(run.Trim().Split('\n'));
    }

    [Fact]
    public void Interrupted_it_ends_soon_and_writes_nothing()
    {
        var notebook = Save("n.ipynb", $"System.IO.File.WriteAllText(@\"{In("begun")}\", \"\");", "while (true) { }");
        using var lab = LabProcess.Start("notebooks", "run", notebook, "--out", In("out"));
        lab.WaitUntil(() => File.Exists(In("begun")));
        var clock = Stopwatch.StartNew();
        lab.Interrupt();
        var (code, _, errors) = lab.Wait();
        Assert.True(code == 130, $"{code}: {errors}");
        Assert.Contains("Interrupted; no executed copy of n.ipynb was written.", errors, StringComparison.Ordinal);
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(5), $"ended after {clock.Elapsed}");
        Assert.False(Directory.Exists(In("out")));
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void Five_hundred_cells_stay_under_500_megabytes()
    {
        if (!OperatingSystem.IsLinux()) return; // the peak is read from /proc
        var notebook = Save("many.ipynb", [.. Enumerable.Range(0, 500).Select(i => i == 0 ? "var i = 1;" : "1 + i")]);
        using var lab = LabProcess.Start("notebooks", "run", notebook, "--out", In("out"));
        var peak = 0L;
        while (!lab.HasExited)
        {
            peak = Math.Max(peak, PeakKilobytes(lab.Id));
            Thread.Sleep(20);
        }
        var (code, output, errors) = lab.Wait();
        Assert.True(code == 0, errors);
        Assert.StartsWith("many.ipynb: 500 cells in ", output, StringComparison.Ordinal);
        // Measured: 229 MB; 160 MB after one cell.
        Assert.InRange(peak / 1024, 50, 500);
    }

    private static long PeakKilobytes(int process)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/status")).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line["VmHWM:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0; // it has just ended
        }
    }

    private string Save(string name, params string[] cells) => NotebookFile.Write(In(name), cells);

    private static JsonArray[] Outputs(string notebook) => [.. new NotebookFile(notebook).Code.Select(cell => cell["outputs"]!.AsArray())];

    private static string Text(JsonNode? output) => NotebookFile.TextOf(output!["data"]!["text/plain"]);
}
