namespace Affect.Kernel.Tests.Notebooks;

public sealed class ParameterCellTests
{
    private const string Committed =
        "// what can be changed\nvar seed = 1; // any\nvar rate = -0.5;\nfloat small = 1e-3f;\nvar name = \"a\";\nstring? corpus = null;\nvar quick = false;\nvar layers = 0..13;\nvar many = 5L;";

    [Theory]
    [InlineData("seed", "7", "var seed = 7;")]
    [InlineData("seed", "-7", "var seed = -7;")]
    [InlineData("rate", "2", "var rate = 2d;")]
    [InlineData("rate", "1e-4", "var rate = 0.0001d;")]
    [InlineData("small", "0.25", "float small = 0.25f;")]
    [InlineData("name", "q\"\\ \n ü", "var name = \"q\\\"\\\\ \\n ü\";")]
    [InlineData("name", "5", "var name = \"5\";")]
    [InlineData("corpus", "data/a b.csv", "string? corpus = \"data/a b.csv\";")]
    [InlineData("quick", "TRUE", "var quick = true;")]
    [InlineData("layers", "2..^1", "var layers = 2..^1;")]
    [InlineData("many", "12345678901", "var many = 12345678901L;")]
    public void A_value_takes_the_type_of_the_committed_one(string name, string value, string line) =>
        Assert.Equal($"// Parameters\n{line}", Inject(new() { [name] = value }).Cells[2].Source);

    [Theory]
    [InlineData("seed", "1.5", "the parameter seed must be a whole number (int), as in var seed = 1;, but was '1.5'.")]
    [InlineData("rate", "fast", "the parameter rate must be a number (double), as in var rate = -0.5;, but was 'fast'.")]
    [InlineData("rate", "0,5", "must be a number (double)")]
    [InlineData("quick", "1", "the parameter quick must be true or false")]
    [InlineData("layers", "1; Bad()", "the parameter layers must be an expression of C#")]
    [InlineData("epochs", "5", "n.ipynb has no parameter 'epochs'; it has seed, rate, small, name, corpus, quick, layers, many.")]
    public void A_value_of_another_type_and_an_unknown_name_are_told(string name, string value, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => Inject(new() { [name] = value })).Message, StringComparison.Ordinal);

    [Fact]
    public void The_new_cell_follows_the_parameters_and_replaces_that_of_an_earlier_run()
    {
        var notebook = Inject(new() { ["seed"] = "2", ["name"] = "b" });
        Assert.Equal(["markdown", "code", "code", "code"], notebook.Cells.Select(cell => (string?)cell.Json["cell_type"]));
        Assert.Equal(["injected-parameters"], notebook.Cells[2].Tags);
        Assert.Equal("injected-parameters", (string?)notebook.Cells[2].Json["id"]);
        ParameterCell.Inject(notebook, new Dictionary<string, string> { ["seed"] = "3" }, isQuick: false, "n.ipynb");
        Assert.Equal(4, notebook.Cells.Count);
        Assert.Equal("// Parameters\nvar seed = 3;", notebook.Cells[2].Source);
    }

    [Fact]
    public void Quick_is_set_where_there_is_such_a_parameter_only()
    {
        Assert.Equal("// Parameters\nvar quick = true;", Inject([], isQuick: true).Cells[2].Source);
        Assert.Equal("// Parameters\nvar quick = false;", Inject(new() { ["quick"] = "false" }, isQuick: true).Cells[2].Source);
        Assert.Equal(3, Inject([], isQuick: true, committed: "var seed = 1;").Cells.Count);
        Assert.Equal(3, Inject([], isQuick: false).Cells.Count);
    }

    [Fact]
    public void A_notebook_without_parameters_says_so()
    {
        var notebook = Notebook("var seed = 1;", tag: "other");
        var error = Assert.Throws<FormatException>(() => ParameterCell.Inject(notebook, new Dictionary<string, string> { ["seed"] = "1" }, isQuick: false, "n.ipynb"));
        Assert.Equal("n.ipynb takes no parameters: none of its code cells is tagged 'parameters'.", error.Message);
        ParameterCell.Inject(notebook, new Dictionary<string, string>(), isQuick: true, "n.ipynb");
        Assert.Equal(3, notebook.Cells.Count);
    }

    private static NotebookDocument Inject(Dictionary<string, string> values, bool isQuick = false, string committed = Committed)
    {
        var notebook = Notebook(committed, ParameterCell.Tag);
        ParameterCell.Inject(notebook, values, isQuick, "n.ipynb");
        return notebook;
    }

    private static NotebookDocument Notebook(string code, string tag)
    {
        var builder = new NotebookBuilder().Markdown("# Title").Code(code, tag).Code("seed");
        return NotebookDocument.Parse(builder.ToText(), "n.ipynb");
    }
}
