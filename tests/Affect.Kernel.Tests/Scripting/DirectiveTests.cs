namespace Affect.Kernel.Tests.Scripting;

public sealed class DirectiveTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-cells-").FullName;
    private readonly RecordedCells cells;

    public DirectiveTests() => cells = new RecordedCells(new SessionOptions { WorkingDirectory = folder, References = [typeof(SharedWithCells).Assembly.Location] });

    public void Dispose()
    {
        cells.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void Loaded_files_run_first_and_their_usings_and_variables_hold()
    {
        Write("_shared/setup.csx", "#load \"deeper/more.csx\"\nusing System.IO;\nvar root = more + 1;\nConsole.Write(\"setup \");");
        Write("_shared/deeper/more.csx", "#!csharp\nvar more = 41;");
        Assert.Equal("42 b", cells.Value("#load \"_shared/setup.csx\"\n$\"{root} {Path.GetFileName(\"/a/b\")}\""));
        Assert.Equal(["stdout: setup ", "result: 42 b"], cells.Said);
        Assert.Equal("42", cells.Value("root"));
    }

    [Fact]
    public void Errors_of_a_loaded_file_name_its_line()
    {
        Write("setup.csx", "var x = 0;\nvar y = 1 / x;");
        var thrown = cells.Fails("\n#load \"setup.csx\"\n1");
        Assert.Equal("setup.csx:line 2: DivideByZeroException: Attempted to divide by zero.", thrown.Summary);
        Write("setup.csx", "var ok = 1;\nint wrong = \"text\";");
        Assert.Equal("setup.csx:line 2", cells.Fails("#load \"setup.csx\"").Place);
        Write("setup.csx", "while (true) { }");
        using var impatient = new RecordedCells(new SessionOptions { WorkingDirectory = folder, CellTimeout = TimeSpan.FromSeconds(0.3) });
        Assert.Equal("setup.csx:line 1", impatient.Run("#load \"setup.csx\"").Error!.Place);
    }

    [Fact]
    public void A_file_that_is_missing_or_loads_itself_is_told_with_the_line()
    {
        var missing = cells.Fails("var x = 1;\n#load \"gone.csx\"");
        Assert.Equal("CS8098", missing.Name); // after code, the compiler's own words
        missing = cells.Fails("// comment\n#load \"gone.csx\"\n1");
        Assert.Equal("cell[2]:line 2", missing.Place);
        Assert.Contains($"there is no file {Path.Combine(folder, "gone.csx")}.", missing.Message, StringComparison.Ordinal);
        Write("a.csx", "#load \"b.csx\"");
        Write("b.csx", "#load \"a.csx\"");
        Assert.Contains("loads itself, by way of a.csx, b.csx", cells.Fails("#load \"a.csx\"").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("#r \"gone/Library.dll\"", "gone/Library.dll, and the runtime has no assembly of that name")]
    [InlineData("#r \"No.Such.Assembly\"", "No.Such.Assembly, and the runtime has no assembly of that name")]
    [InlineData("#r \"nuget: no name, 5.0.0\"", "'no name' is no name of a package. Write #r \"nuget: NAME, VERSION\".")]
    [InlineData("#!share --from fsharp x", "#!share is not known here; known are #!about, #!csharp, #!help,")]
    public void What_a_cell_asks_for_in_vain_is_told(string directive, string message)
    {
        var error = cells.Fails($"{directive}\n1");
        Assert.Equal("cell[1]:line 1", error.Place);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("    " + directive, error.Traceback[1]);
        Assert.Equal("2", cells.Value("1 + 1"));
    }

    [Fact]
    public void Assemblies_of_the_runtime_are_found_by_name() =>
        Assert.Equal("<a />", cells.Value("#r \"System.Xml.XDocument\"\nnew System.Xml.Linq.XElement(\"a\").ToString()"));

    [Fact]
    public void A_library_is_found_beside_the_file_that_refers_to_it_with_the_native_library_beside_it()
    {
        var beside = Directory.CreateDirectory(Path.Combine(folder, "_shared", "bin")).FullName;
        NativeProbe.Write(beside, beside);
        Write("_shared/setup.csx", "#r \"bin/Probe.dll\"");
        Assert.Equal($"{Environment.ProcessId}", cells.Value("#load \"_shared/setup.csx\"\nProbe.Pid()"));
        Assert.Equal($"{Environment.ProcessId}", cells.Value("#r \"_shared/bin/Probe.dll\"\nProbe.Pid()"));
    }

    [Fact]
    public void The_hosts_assemblies_are_the_hosts_even_if_a_copy_is_referred_to()
    {
        var copy = Path.Combine(folder, "Affect.Kernel.Tests.dll");
        File.Copy(typeof(SharedWithCells).Assembly.Location, copy);
        var shared = new SharedWithCells();
        using (SharedWithCells.Offer(shared))
            cells.Run("#r \"Affect.Kernel.Tests.dll\"\nAffect.Kernel.Tests.SharedWithCells.Offered.Text = \"from the cell\";");
        Assert.Empty(cells.Said);
        Assert.Equal("from the cell", shared.Text);
    }

    [Fact]
    public void A_file_that_is_no_assembly_is_an_error_of_the_cell()
    {
        Write("text.dll", "no assembly");
        var error = cells.Fails("#r \"text.dll\"\n1");
        Assert.Equal("CS0009", error.Name);
        Assert.Contains("text.dll", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Variables_are_listed_with_their_types_and_values()
    {
        cells.Run("var b = 2; var a = new[] { 1 }; string? none = null;");
        cells.Run("b = 3; int Twice(int n) => 2 * n;");
        cells.Run("#!who");
        Assert.Equal(["display: a, b, none"], cells.Said);
        cells.Run("var b = \"later\";\n");
        cells.Run("#!whos\n1");
        Assert.Equal(["display: variable  type     value\na         Int32[]  System.Int32[]\nb         String   later\nnone      String   null", "result: 1"], cells.Said);
    }

    [Fact]
    public void Text_of_another_language_is_shown_and_not_compiled()
    {
        cells.Runs("#!markdown\n# Title\n\n#!time is a word here");
        Assert.Equal(["display: text/markdown"], cells.Said);
        Assert.Equal("# Title\n\n#!time is a word here", cells.Shown[0].Bundle["text/markdown"].ToString());
        cells.Runs("#!html\n<b>x</b>");
        Assert.Equal(["display: text/html"], cells.Said);
        Assert.Equal("<b>x</b>", cells.Shown[0].Bundle["text/html"].ToString());
    }

    [Fact]
    public void Directives_list_themselves_and_the_kernel_says_what_it_is()
    {
        cells.Run("#!lsmagic");
        Assert.Contains("#!whos      lists the variables with their types and values", cells.Said[0], StringComparison.Ordinal);
        cells.Run("#!about");
        Assert.Contains("a kernel for C#", cells.Said[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Help_is_for_the_pager()
    {
        cells.Run("int Twice(int n) => 2 * n;");
        Assert.Equal("int Twice(int n)", cells.Run("#!help Twice").Page);
        Assert.Contains("Nothing is known of 'Thrice'", cells.Fails("#!help Thrice").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_and_notebooks_are_imported()
    {
        Write("more.cs", "int Twice(int n) => 2 * n;");
        Write("part.ipynb", """
            {"cells": [{"cell_type": "markdown", "metadata": {}, "source": ["text"]},
             {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": ["using System.IO;\n", "var root = Twice(4);"]},
             {"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": ["\n", "var last = 1 / (root - 8);"]}],
             "metadata": {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"}}, "nbformat": 4, "nbformat_minor": 5}
            """);
        Assert.Equal("6", cells.Value("#!import more.cs\nTwice(3)"));
        Assert.Equal("part.ipynb[2]:line 2", cells.Fails("#!import \"part.ipynb\"").Place);
        Assert.Equal("8 b", cells.Value("$\"{root} {Path.GetFileName(\"/a/b\")}\""));
        Assert.Contains("gone.cs cannot be imported", cells.Fails("#!import gone.cs").Message, StringComparison.Ordinal);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
