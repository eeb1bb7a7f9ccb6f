namespace Affect.Cli.Tests;

/// <summary><c>lab notebooks student</c> on a small folder of notebooks.</summary>
public sealed class StudentNotebooksTests : FolderTests
{
    private const string Given = "// Exercise: name a number greater than 3.\nvar number = 4;";

    private string From => In("notebooks");

    public StudentNotebooksTests()
    {
        Directory.CreateDirectory(In("notebooks", "more"));
        File.WriteAllText(In("notebooks", "README.md"), "# Notebooks");
        File.WriteAllText(In("notebooks", "more", "setup.csx"), "var before = 1;");
    }

    [Fact]
    public void Solutions_are_left_to_write_and_nothing_else_changes()
    {
        Write("01.ipynb", ("var seed = 1;", "parameters"), (Given, "solution"), ("Claim.That(number > 3);", "check"));
        Write("02.ipynb", ("// The sum.\nvar sum = 1 + 1;", "solution"), ("sum == 2", "check"), ("var half = 1;", "solution"), ("half == 1", "check"));
        var executed = JsonNode.Parse(File.ReadAllText(In("notebooks", "01.ipynb")))!;
        executed["cells"]![2]!["execution_count"] = 3;
        executed["cells"]![2]!["outputs"] = new JsonArray(new JsonObject { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = "4 > 3" });
        File.WriteAllText(In("notebooks", "01.ipynb"), executed.ToJsonString());
        Directory.CreateDirectory(In("out")); // an empty folder will do
        var output = LabProcess.Done("notebooks", "student", In("out"), "--from", From).Output;
        Assert.StartsWith("01.ipynb: 1 exercise\n02.ipynb: 2 exercises\n", output, StringComparison.Ordinal);

        var first = new NotebookFile(In("out", "01.ipynb"));
        Assert.Equal(
            ["var seed = 1;", "// Exercise: name a number greater than 3.\nthrow new NotImplementedException();", "Claim.That(number > 3);"],
            first.Code.Select(NotebookFile.Source));
        Assert.Equal(["parameters", "solution", "check"], first.Code.SelectMany(NotebookFile.Tags));
        Assert.Empty(first.Outputs);
        Assert.All(first.Code, cell => Assert.Null(cell["execution_count"]));
        var second = new NotebookFile(In("out", "02.ipynb"));
        Assert.Equal(2, second.Code.Count(cell => NotebookFile.Source(cell) ==
            "// Exercise: write what this cell needs; the next cell checks it.\nthrow new NotImplementedException();"));
        Assert.Equal("# Notebooks", File.ReadAllText(In("out", "README.md")));
        Assert.Equal("var before = 1;", File.ReadAllText(In("out", "more", "setup.csx")));
        // The teacher's stay as they are.
        Assert.Contains("number = 4", File.ReadAllText(In("notebooks", "01.ipynb")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_without_an_exercise_or_a_check_of_it_is_refused_before_anything_is_written()
    {
        Write("01.ipynb", (Given, "solution"), ("number > 3", "check"));
        Write("02.ipynb", ("1", "parameters"));
        Assert.Equal($"error: {In("notebooks", "02.ipynb")}: a student's notebook must have an exercise, but no code cell is tagged 'solution'.\n", Refused());
        Write("02.ipynb", (Given, "solution"), ("number", "shown"), ("number > 3", "check"));
        Assert.Equal($"error: {In("notebooks", "02.ipynb")}: cell 1, tagged 'solution', must be followed by a code cell tagged 'check', but is not.\n", Refused());
        Assert.False(Directory.Exists(In("out")));
    }

    [Fact]
    public void A_folder_that_holds_something_is_left_as_it_is()
    {
        Write("01.ipynb", (Given, "solution"), ("number > 3", "check"));
        Directory.CreateDirectory(In("out"));
        File.WriteAllText(In("out", "mine.ipynb"), "work");
        Assert.Contains("must be a folder that does not exist or is empty", Refused(), StringComparison.Ordinal);
        Assert.Equal("work", File.ReadAllText(Assert.Single(Directory.GetFiles(In("out")))));
    }

    [Theory]
    [InlineData("01-check-your-setup.ipynb")]
    [InlineData("02-meet-the-corpus.ipynb")]
    [Trait("Speed", "Slow")]
    public void A_students_notebook_stops_at_the_exercise_and_an_empty_answer_at_its_check(string name)
    {
        foreach (var file in (string[])[name, "setup.csx"]) File.Copy(Path.Combine(NotebookFile.Folder, file), In("notebooks", file));
        Directory.CreateSymbolicLink(In(".artifacts"), Path.Combine(Repository.Root, ".artifacts")); // what setup.csx refers to
        LabProcess.Done("notebooks", "student", In("students"), "--from", From);
        var students = In("students", name);
        Assert.Equal("solution", Failed(students, "NotImplementedException: "));
        File.WriteAllText(students, File.ReadAllText(students).Replace("throw new NotImplementedException();", "", StringComparison.Ordinal));
        Assert.Equal("check", Failed(students, "CS0246: The type or namespace name '"));
    }

    // Runs a notebook that must fail; the tag of the cell that did.
    private string Failed(string notebook, string message)
    {
        string[] run = ["notebooks", "run", notebook, "--out", In("executed"), "--quick", .. notebook.Contains("02-", StringComparison.Ordinal) ? (string[])["--param", "quickClips=48"] : []];
        using var lab = LabProcess.StartWith([$"AFFECT_CACHE={In("cache")}"], run);
        var (code, output, errors) = lab.Wait();
        Assert.True(code == 2 && errors.Contains(message, StringComparison.Ordinal), $"exit code {code}: {errors}{output}");
        var executed = new NotebookFile(In("executed", Path.GetFileName(notebook)));
        var failed = executed.Code.Single(cell => cell["outputs"]!.AsArray().Any(shown => (string?)shown!["output_type"] == "error") && !NotebookFile.Tags(cell).Contains("raises-exception"));
        return Assert.Single(NotebookFile.Tags(failed));
    }

    private string Refused() => LabProcess.Refused("notebooks", "student", In("out"), "--from", From);

    private void Write(string name, params (string Source, string Tag)[] cells) =>
        NotebookFile.Write(In("notebooks", name), cells.Select(cell => NotebookFile.Cell(cell.Source, cell.Tag)));
}
