namespace Affect.Cli.Tests.Notebooks;

/// <summary>What holds for every notebook of the laboratory, as far as a program can tell.</summary>
public sealed partial class NotebookRulesTests
{
    private const int MostCells = 40;
    private const int MostLines = 12;
    private const int MostLinesOfAClass = 15; // one thing, that reads in one go
    private const int MostMedianStatements = 5;
    private const int MostLinesOfAMethod = 8;
    private const int MostWords = 90;
    private const int MostWordsOfTheTitle = 120;
    private const int MostOutput = 200_000;
    private const string ClaimMime = "application/vnd.affect.claim+json";
    private const string ResultMime = "application/vnd.affect.result+json";

    private static readonly string[] Sections = ["Setup", "Parameters", "Data", "Method", "Result", "Answer", "Try it yourself", "Sources"];

    public static TheoryData<string> Notebooks => [.. NotebookFile.All().Select(notebook => notebook.Name)];

    [Fact]
    public void There_are_notebooks_with_names_in_order() =>
        Assert.Equal(
            Enumerable.Range(1, NotebookFile.All().Count).Select(number => number.ToString("00-", CultureInfo.InvariantCulture)),
            NotebookFile.All().Select(notebook => notebook.Name[..3]));

    [Theory, MemberData(nameof(Notebooks))]
    public void Its_title_asks_one_question_and_its_sections_stand_in_order(string name)
    {
        var prose = Open(name).Cells.Where(cell => (string?)cell["cell_type"] == "markdown").Select(NotebookFile.Source).ToList();
        Assert.Matches(@"^# [^\n]*\?(\n|$)", prose[0]);
        Assert.Equal(Sections, prose.SelectMany(text => text.Split('\n')).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]));
        Assert.Single(prose.SelectMany(text => text.Split('\n')), line => line.StartsWith("# ", StringComparison.Ordinal));
        Assert.Equal(3, prose.Single(text => text.StartsWith("## Try", StringComparison.Ordinal)).Split('\n').Count(line => ExerciseMark().IsMatch(line)));
        Assert.Contains(prose, text => text.Contains("### One failure on purpose", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void Its_cells_are_few_and_small(string name)
    {
        var notebook = Open(name);
        Assert.InRange(notebook.Cells.Count, 1, MostCells);
        foreach (var cell in notebook.Code)
            Assert.InRange(NotebookFile.Lines(cell).Length, 1, CellSyntax.IsType(cell) ? MostLinesOfAClass : MostLines);
        // A long statement fills several lines; what is to be understood at once are the statements.
        var statements = notebook.Code.Select(cell => CellSyntax.Of(cell).Members.Count).Order().ToList();
        Assert.InRange(statements[statements.Count / 2], 0, MostMedianStatements);
        foreach (var method in notebook.Code.Select(NotebookFile.Source).SelectMany(source => MethodBody().Matches(source)))
            Assert.InRange(method.Groups["body"].Value.Count(character => character == '\n'), 0, MostLinesOfAMethod);
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void Its_code_is_laid_out_to_be_read(string name)
    {
        var cells = Open(name).Cells;
        AssertNone([.. CodeRules.WideLines(cells), .. CodeRules.CrowdedLines(cells), .. CodeRules.LongInitialisers(cells)]);
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void It_has_an_exercise_that_is_answered_by_a_class_and_checked(string name) => AssertNone([.. CodeRules.Exercises(Open(name).Cells)]);

    [Theory, MemberData(nameof(Notebooks))]
    public void Its_prose_is_short(string name)
    {
        var prose = Open(name).Cells.Where(cell => (string?)cell["cell_type"] == "markdown").Select(NotebookFile.Source).ToList();
        Assert.InRange(Words(prose[0]), 1, MostWordsOfTheTitle);
        // Sources are references, not reading.
        Assert.All(prose.Skip(1).Where(text => !text.StartsWith("## Sources", StringComparison.Ordinal)), text => Assert.True(Words(text) <= MostWords, $"{Words(text)} words: {text}"));
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void It_begins_with_the_one_line_of_setup_and_has_one_cell_of_literal_parameters(string name)
    {
        var notebook = Open(name);
        Assert.Equal("#!import \"setup.csx\"", NotebookFile.Lines(notebook.Code[0])[0]);
        var parameters = Assert.Single(notebook.Code, cell => NotebookFile.Tags(cell).Contains("parameters"));
        Assert.Same(notebook.Code[1], parameters);
        Assert.All(NotebookFile.Lines(parameters), line => Assert.Matches("""^var \w+ *= (-?[\d.]+(e-?\d+)?|true|false|"[^"]*"); *// .+""", line));
        Assert.Contains(NotebookFile.Lines(parameters), line => line.StartsWith("var quick ", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void It_draws_with_the_library_and_stays_within_the_clone(string name)
    {
        var code = string.Join('\n', Open(name).Code.Select(NotebookFile.Source));
        Assert.DoesNotMatch("<svg|<path|SvgCanvas|Plotly|ScottPlot|https?:", code);
        Assert.DoesNotMatch("""#r |#i |"(/|[A-Z]:\\)|Environment\.SetEnv|Process\.Start""", code);
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void It_was_run_from_top_to_bottom_and_says_so(string name)
    {
        var notebook = Open(name);
        Assert.Equal(Enumerable.Range(1, notebook.Code.Count), notebook.Code.Select(cell => (int?)cell["execution_count"] ?? 0));
        foreach (var cell in notebook.Code)
        {
            var failed = cell["outputs"]!.AsArray().Any(output => (string?)output!["output_type"] == "error");
            Assert.Equal(NotebookFile.Tags(cell).Contains("raises-exception"), failed);
            // What fails on purpose fails by what it shows, not because it does not compile.
            Assert.DoesNotContain(cell["outputs"]!.AsArray(), output => CompilerError().IsMatch($"{output!["ename"]}"));
        }
        var claims = notebook.Outputs.Select(output => output["data"]?[ClaimMime]).OfType<JsonNode>().ToList();
        Assert.NotEmpty(claims);
        Assert.All(claims, claim => Assert.True((bool)claim["passed"]!, (string)claim["text"]!));
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void Its_recorded_results_are_each_called_by_a_name_that_programs_can_use(string name)
    {
        var names = Open(name).Outputs.Select(output => output["data"]?[ResultMime]).OfType<JsonNode>().Select(result => (string)result["name"]!).ToList();
        Assert.All(names, result => Assert.Matches("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", result));
        Assert.Equal(names.Distinct(), names);
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void Its_outputs_are_light_and_name_no_machine(string name)
    {
        var notebook = Open(name);
        Assert.InRange(notebook.Outputs.Sum(output => output.ToJsonString().Length), 1, MostOutput);
        Assert.DoesNotContain("Plotly.register", notebook.Text, StringComparison.Ordinal); // the library itself is not committed
        // Spelled in parts, so that no other rule finds them here.
        foreach (var mark in (string[])["/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/", "/Us" + "ers/", "C:\\\\Us" + "ers"])
            Assert.DoesNotContain(mark, notebook.Text, StringComparison.Ordinal);
        Assert.Equal((".net-csharp", "C#"), ((string?)notebook.Metadata["kernelspec"]!["name"], (string?)notebook.Metadata["kernelspec"]!["language"]));
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void The_table_of_notebooks_lists_it_under_its_question(string name)
    {
        var question = NotebookFile.Lines(Open(name).Cells[0])[0][2..];
        var table = File.ReadAllText(Path.Combine(NotebookFile.Folder, "README.md"));
        Assert.Contains($"| [{question}]({name}) |", table, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void Its_minutes_in_the_table_are_those_that_its_committed_run_took(string name)
    {
        var said = Open(name).Outputs.Select(output => output["data"]?["text/plain"]).OfType<JsonNode>().Select(text => Took().Match(string.Concat(text.AsArray().Select(line => (string?)line)))).Last(match => match.Success);
        var minutes = Math.Max(0.1, Math.Round(double.Parse(said.Groups["seconds"].Value, CultureInfo.InvariantCulture) / 60, 1, MidpointRounding.ToEven));
        var row = File.ReadAllLines(Path.Combine(NotebookFile.Folder, "README.md")).Single(line => line.Contains($"]({name}) |", StringComparison.Ordinal));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"]({name}) | {minutes:0.0} |"), row, StringComparison.Ordinal);
        // Written by hand they would go stale.
        Assert.DoesNotMatch(@"\bminutes?\b", NotebookFile.Source(Open(name).Cells[0]));
    }

    [Theory, MemberData(nameof(Notebooks))]
    public void The_front_page_shows_a_figure_of_it_as_it_was_run_last(string name)
    {
        var home = Path.GetDirectoryName(NotebookFile.Folder)!;
        var page = File.ReadAllText(Path.Combine(home, "README.md"));
        var shown = FrontPageFigure().Match(page.Split('\n').Single(line => line.Contains($"(notebooks/{name})", StringComparison.Ordinal)));
        if (!shown.Success) shown = FrontPageFigure().Match(page); // "the curve above"
        var drawn = Open(name).Outputs.SelectMany(output => Picture().Matches(string.Concat(output["data"]?["text/html"]?.AsArray().Select(line => (string?)line) ?? [])))
            .Select(picture => Encoding.UTF8.GetString(Convert.FromBase64String(picture.Groups["data"].Value)));
        Assert.Contains(File.ReadAllText(Path.Combine(home, shown.Groups["path"].Value)).Trim(), drawn.Select(svg => svg.Trim()));
    }

    private static void AssertNone(IReadOnlyList<string> faults) => Assert.True(faults.Count == 0, string.Join('\n', faults));

    private static NotebookFile Open(string name) => new(Path.Combine(NotebookFile.Folder, name));

    private static int Words(string text) => text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length;

    [GeneratedRegex(@"^(?!.*\b(class|record)\b)[^\s#/{}][^\n;]*\)\n\{\n(?<body>.*?)^\}", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex MethodBody();

    [GeneratedRegex(@"\]\((?<path>data/figures/[\w-]+\.svg)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex FrontPageFigure();

    [GeneratedRegex(@"data:image/svg\+xml;base64,(?<data>[A-Za-z0-9+/=]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Picture();

    [GeneratedRegex(@"This notebook took (?<seconds>\d+) s", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Took();

    [GeneratedRegex(@"^CS\d{4}$", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex CompilerError();

    [GeneratedRegex(@"^\d\. ", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex ExerciseMark();
}
