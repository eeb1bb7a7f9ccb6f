namespace Affect.Kernel.Tests.Notebooks;

public sealed class NotebookDocumentTests
{
    private const string Kernel = """ "metadata": {"kernelspec": {"language": "C#", "name": ".net-csharp"}}, "nbformat": 4, "nbformat_minor": 5 """;

    [Fact]
    public void A_notebook_is_laid_out_byte_for_byte_as_nbformat_does()
    {
        var text = File.ReadAllText(Repository.Golden("notebook", "layout.ipynb"));
        Assert.Equal(text, NotebookDocument.Parse(text, "layout").ToText());
    }

    [Theory]
    [InlineData("{\n \"cells\": [\n", "n.ipynb:3: a notebook must be JSON, but this is not: ")]
    [InlineData("", "a notebook must be JSON, but this is not: ")]
    [InlineData("[1]", "a notebook must be a JSON object, but this is Array.")]
    [InlineData("null", "a notebook must be a JSON object, but this is null.")]
    [InlineData("{\"nbformat\": 3}", "nbformat must be 4, but is 3.")]
    [InlineData("{\"cells\": []}", "nbformat must be 4, but is missing.")]
    [InlineData("{\"nbformat\": 4}", "must have a list of cells, but this has none.")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"metadata\": {}}", "does not say which language it is in: metadata.kernelspec must be")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"metadata\": {\"kernelspec\": {\"name\": \"python3\", \"language\": \"python\"}}}", "the notebook is in python, but only C# can be run")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"metadata\": {\"kernelspec\": {\"name\": \"ir\"}}}", "the language of the kernel 'ir', but only C# can be run")]
    [InlineData("{\"nbformat\": 4, \"cells\": [], \"cells\": []}", "a notebook must be JSON, but this is not: ")]
    [InlineData("{\"cells\": [{\"source\": \"\"}]," + Kernel + "}", "n.ipynb: cell 1 of 1 must be an object with a cell_type.")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\"}]," + Kernel + "}", "n.ipynb: cell 1 of 1 has no source.")]
    [InlineData("{\"cells\": [{\"cell_type\": \"code\", \"source\": \"1\", \"metadata\": {\"polyglot_notebook\": {\"kernelName\": \"fsharp\"}}}]," + Kernel + "}", "cell 1 of 1 is in fsharp, but only C# can be run.")]
    public void What_is_no_notebook_of_ours_is_told(string text, string message)
    {
        var error = Assert.Throws<FormatException>(() => NotebookDocument.Parse(text, "n.ipynb"));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("n.ipynb", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BytePosition", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("There is no notebook gone.ipynb.", Assert.Throws<FileNotFoundException>(() => NotebookDocument.Read("gone.ipynb")).Message, StringComparison.Ordinal);

    [Fact]
    public void Source_may_be_lines_or_one_text()
    {
        var notebook = NotebookDocument.Parse("{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"a\\n\", \"b\"]}, {\"cell_type\": \"markdown\", \"source\": \"c\\nd\", \"metadata\": {\"tags\": [\"t\"]}}]," + Kernel + "}", "n");
        Assert.Equal(["a\nb", "c\nd"], notebook.Cells.Select(cell => cell.Source));
        Assert.Equal([true, false], notebook.Cells.Select(cell => cell.IsCode));
        Assert.Equal(["t"], notebook.Cells[1].Tags);
    }

    [Fact]
    public async Task A_notebook_that_is_a_pipe_or_a_device_is_refused_at_once()
    {
        var folder = Directory.CreateTempSubdirectory("affect-odd-").FullName;
        var pipe = Path.Combine(folder, "pipe.ipynb");
        using (var make = Process.Start("mkfifo", [pipe])) make.WaitForExit();
        foreach (var (path, kind) in new[] { (pipe, "a named pipe"), ("/dev/zero", "a device") })
        {
            var read = Task.Factory.StartNew(() => NotebookDocument.Read(path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Assert.Same(read, await Task.WhenAny(read, Task.Delay(TimeSpan.FromMinutes(1))));
            var error = Assert.IsType<IOException>(read.Exception!.InnerException);
            Assert.Contains($"{path} must be a file on disk, but is {kind}", error.Message, StringComparison.Ordinal);
        }
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_notebook_nested_without_end_is_no_notebook()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 200_000));
        Assert.Contains("must be JSON", Assert.Throws<FormatException>(() => NotebookDocument.Parse(deep, "n.ipynb")).Message, StringComparison.Ordinal);
        Assert.Contains("must be JSON", Assert.Throws<FormatException>(() => NotebookDocument.Parse("{\"metadata\": " + deep, "n.ipynb")).Message, StringComparison.Ordinal);
    }
}
