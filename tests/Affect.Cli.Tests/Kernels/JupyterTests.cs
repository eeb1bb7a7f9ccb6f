namespace Affect.Cli.Tests.Kernels;

/// <summary>The kernel as others see it: Jupyter's own tests, Jupyter's own runner of notebooks.</summary>
[Collection(Alone.Name)]
[Trait("Speed", "Slow")]
public sealed class JupyterTests : FolderTests
{
    private readonly JupyterRunner jupyter;

    public JupyterTests() => jupyter = new JupyterRunner(Folder);

    [JupyterFact("jupyter_kernel_test", "python3-jupyter-kernel-test")]
    public void Jupyters_own_tests_of_kernels_pass_and_none_is_left_out()
    {
        // Jupyter's tests wait a tenth of a second for a message that may be left over; a machine that is busy for longer fails them whatever the kernel does.
        var (code, errors) = (1, "");
        for (var attempt = 0; attempt < 3 && code != 0; attempt++) (code, _, errors) = jupyter.Run("conformance.py");
        Assert.True(code == 0, errors);
        Assert.Contains("Ran 12 tests", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("skipped", errors, StringComparison.Ordinal);
    }

    [JupyterFact("nbclient", "python3-nbclient")]
    public void A_notebook_runs_in_Jupyters_runner_as_it_does_in_ours()
    {
        var notebook = Write("figures.ipynb",
            $"#!import \"{Path.Combine(Repository.Root, "notebooks", "setup.csx")}\"",
            "var shown = display(\"begun\");",
            "shown.Update(\"done\");",
            "Claim.That(1 + 1 == 2, $\"one and one are {1 + 1}\");",
            "Console.Write(\"printed\"); new[] { 1, 2 }.Select(n => n * n).ToArray()");
        var (code, _, errors) = jupyter.Execute(notebook);
        Assert.True(code == 0, errors);
        LabProcess.Done("notebooks", "run", notebook, "--out", In("ours"));
        Assert.Equal(Outputs(In("ours", "figures.ipynb")), Outputs(notebook));
        Assert.Contains(Outputs(notebook), output => output.Contains("one and one are 2", StringComparison.Ordinal));
    }

    [JupyterFact("nbclient", "python3-nbclient")]
    public void A_cell_that_fails_ends_the_notebook_with_its_line()
    {
        var (code, _, errors) = jupyter.Execute(Write("fails.ipynb", "var x = 1;", "// first\nthrow new FormatException(\"wrong\");", "x"));
        Assert.NotEqual(0, code);
        Assert.Contains("cell[2]:line 2", errors, StringComparison.Ordinal);
        Assert.Contains("CellExecutionError", errors, StringComparison.Ordinal);
    }

    [JupyterFact("nbclient", "python3-nbclient")]
    public void Wrong_shapes_of_a_product_are_an_error_of_their_cell_and_the_next_one_runs()
    {
        // TorchSharp catches no error of matmul or of autograd.grad, nor of a script's compiler; uncaught they end the process.
        string[] cells =
        [
            "using TorchSharp;\nusing static TorchSharp.torch;\nvar (a, b) = (rand(2, 3), rand(4, 5));",
            "// wrong\na.matmul(b)",
            "autograd.grad([a.sum()], [a])",
            "jit.compile(\"def f(x):\\n    return unknown(x)\\n\")",
            "a.matmul(b[..3, ..2]).shape.Sum()",
        ];
        var notebook = NotebookFile.Write(In("shapes.ipynb"), cells.Select(cell => NotebookFile.Cell(cell, "raises-exception")));
        LabProcess.Done("notebooks", "run", notebook, "--out", In("ours"));
        var (code, _, errors) = jupyter.Execute(notebook);
        Assert.True(code == 0, errors);
        foreach (var executed in new[] { notebook, In("ours", "shapes.ipynb") })
        {
            var outputs = JsonNode.Parse(File.ReadAllText(executed))!["cells"]!.AsArray().Select(cell => cell!["outputs"]!.AsArray().SingleOrDefault()).ToArray();
            Assert.Equal("NativeException", (string?)outputs[1]!["ename"]);
            Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)", (string?)outputs[1]!["evalue"]);
            Assert.Contains("cell[2]:line 2", outputs[1]!["traceback"]!.ToJsonString(), StringComparison.Ordinal);
            Assert.Contains("does not require grad", (string?)outputs[2]!["evalue"], StringComparison.Ordinal);
            Assert.Contains("undefined value unknown", (string?)outputs[3]!["evalue"], StringComparison.Ordinal);
            Assert.Equal("4", Text(outputs[4]).Split('=', ';')[1]);
        }
    }

    [JupyterFact("nbclient", "python3-nbclient")]
    public void A_cell_that_ends_the_process_is_reported()
    {
        var (code, _, errors) = jupyter.Execute(Write("dies.ipynb", "Environment.Exit(3);"));
        Assert.NotEqual(0, code);
        Assert.Contains("DeadKernelError", errors, StringComparison.Ordinal);
    }

    private string Write(string name, params string[] cells) => NotebookFile.Write(In(name), cells);

    private static string[] Outputs(string notebook) =>
        [.. JsonNode.Parse(File.ReadAllText(notebook))!["cells"]!.AsArray().Select(cell => string.Concat(cell!["outputs"]!.AsArray().Select(Text)))];

    // Text is a list of lines or one text, as the writer likes.
    private static string Text(JsonNode? output) => string.Concat(
        ((output!["data"] ?? new JsonObject { ["text"] = output["text"]?.DeepClone() }) as JsonObject)!.OrderBy(form => form.Key, StringComparer.Ordinal)
            .Select(form => $"{form.Key}={(form.Value is JsonArray lines ? string.Concat(lines.Select(line => line!.ToString())) : form.Value?.ToJsonString())};".Replace("\\n", "\n", StringComparison.Ordinal).Replace("\"", "", StringComparison.Ordinal)));
}
