namespace Affect.Cli.Tests.Notebooks;

/// <summary>The rules for the code of notebooks, each on code that breaks it and on code that does not.</summary>
public sealed class CodeRulesTests
{
    private const string Solution = "// Exercise: write Half.\npublic sealed record Half(double Of) { public double Value => Of / 2; }";
    private const string Check = "var half = new Half(3).Value;\nClaim.That(half == 1.5, \"half of 3\");";

    [Fact]
    public void Lines_are_at_most_100_columns_wide()
    {
        var line = $"var a = \"{new string('x', 89)}\";";
        Assert.Empty(CodeRules.WideLines([NotebookFile.Cell($"var b = 1;\n{line}")]));
        Assert.Equal([$"cell 2, line 2: 101 columns, at most 100: {line} "], CodeRules.WideLines([NotebookFile.Cell("1"), NotebookFile.Cell($"var b = 1;\n{line} ")]));
    }

    [Theory]
    [InlineData("var a = 1; var b = 2;", 1)]
    [InlineData("var a = 1; Show(a);", 1)]
    [InlineData("#!import \"setup.csx\"\nShow(1); Show(2);", 2)]
    [InlineData("if (a)\n{\n    Show(1); Show(2);\n}", 3)]
    [InlineData("if (a) Show(1); else Show(2);", 1)]
    [InlineData("if (a) { Show(1); Show(2); }", 1)]
    [InlineData("numbers.ForEach(n => { n++; Show(n); });", 1)]
    [InlineData("Show(1); numbers.ForEach(n => Show(n));", 1)]
    [InlineData("int F(int n) { n++; return n; }", 1)]
    [InlineData("class A\n{\n    int b; int c;\n}", 3)]
    [InlineData("class A { int B; int C; }", 1)]
    [InlineData("switch (a)\n{\n    case 1: Show(1); break;\n}", 3)]
    [InlineData("var a = 1; a", 1)]
    public void Two_statements_on_a_line_are_found(string source, int line) =>
        Assert.StartsWith($"cell 1, line {line}: a second statement begins here", Assert.Single(CodeRules.CrowdedLines([NotebookFile.Cell(source)])), StringComparison.Ordinal);

    [Theory]
    [InlineData("var (a, b) = (1, 2);\nint c = 3, d = 4;\na")]
    [InlineData("if (a) Show(1);\nelse Show(2);\nforeach (var n in numbers) Show(n);")]
    [InlineData("using (var stream = Open())\n    Read(stream);")]
    [InlineData("for (var i = 0; i < 3; i++) Show(i);")]
    [InlineData("int F(int n) => n + 1;\nint G(int n) { return n; }\nnumbers.Select(n => { return n; })")]
    [InlineData("if (a)\n{\n    Show(1);\n}\nelse\n{\n    Show(2);\n}")]
    [InlineData("enum E { One, Two }\nrecord R(int A) { public int B { get; init; } }")]
    public void One_statement_on_a_line_is_left_alone(string source) => Assert.Empty(CodeRules.CrowdedLines([NotebookFile.Cell(source)]));

    [Theory]
    [InlineData("var a = new Data\n{0};")]
    [InlineData("Data a = new()\n{0};")]
    [InlineData("var a = b with\n{0};")]
    [InlineData("var a = new\n{0};")]
    [InlineData("using (Data a = new()\n{0}) a.Show();")]
    public void Initialisers_have_at_most_seven_lines(string form)
    {
        string Source(int lines) => form.Replace("{0}", $"{{\n{string.Concat(Enumerable.Range(0, lines - 2).Select(n => $"    P{n} = {n},\n"))}}}", StringComparison.Ordinal);
        Assert.Empty(CodeRules.LongInitialisers([NotebookFile.Cell(Source(7))]));
        var fault = Assert.Single(CodeRules.LongInitialisers([NotebookFile.Cell(Source(8))]));
        Assert.Matches("^cell 1, line [12]: an initialiser of 8 lines, at most 7$", fault);
    }

    [Fact]
    public void Collections_count_as_initialisers()
    {
        Assert.Single(CodeRules.LongInitialisers([NotebookFile.Cell($"int[] a =\n[\n{string.Concat(Enumerable.Repeat("    1,\n", 6))}];")]));
        Assert.Single(CodeRules.LongInitialisers([NotebookFile.Cell($"var a = new[] {{\n{string.Concat(Enumerable.Repeat("    1,\n", 6))}}};")]));
    }

    [Fact]
    public void An_exercise_with_a_class_and_a_check_of_it_is_enough() => Assert.Empty(Faults(("var a = 1;", ""), (Solution, "solution"), (Check, "check"), ("new Half(2)", "")));

    [Fact]
    public void Without_an_exercise_something_is_missing() => Assert.Equal(["no cell is tagged 'solution'"], Faults(("var a = 1;", "")));

    [Fact]
    public void A_check_follows_its_solution()
    {
        string[] fault = ["cell 1: the code cell after a solution must be tagged 'check'"];
        Assert.Equal(fault, Faults((Solution, "solution")));
        Assert.Equal(fault, Faults((Solution, "solution"), ("var a = 1;", ""), (Check, "check")));
    }

    [Fact]
    public void A_solution_says_its_task_and_one_is_a_class()
    {
        Assert.Equal(["cell 1, line 1: a solution begins with '// Exercise: '"], Faults((Solution["// Exercise: write Half.\n".Length..], "solution"), (Check, "check")));
        Assert.Equal(
            ["no solution declares a class or a record"],
            Faults(("// Exercise: write Half.\nIHalf Half(double of) => null;", "solution"), ("Claim.That(Half(3) is null, \"none\");", "check")));
    }

    [Theory]
    [InlineData("Claim.That(true, \"nothing is used\");")]
    [InlineData("Claim.That(lab.Half > 1, \"another's member\");")]
    [InlineData("Claim.That(new { Half = 1 }.Half == 1, \"a property\");")]
    [InlineData("Claim.That(new Half2 { Half = 1 } != null, \"a property\");")]
    [InlineData("Claim.That(shared > 0, \"declared elsewhere too\");")]
    public void A_check_that_doing_nothing_passes_is_found(string check) => Assert.Equal(
        ["cell 3: doing nothing passes this check: it uses no name that only the solution declares (Half, own)"],
        Faults(("var (shared, other) = (1, 2);", ""), ($"{Solution}\nvar shared = 2;\nvar own = 3;", "solution"), (check, "check")));

    [Theory]
    [InlineData("new Half(3)")]
    [InlineData("Claim.Check(new Half(3).Value == 1.5, \"goes on\");")]
    [InlineData("if (new Half(3).Value > 0) Claim.That(false, \"perhaps\");")]
    [InlineData("Claim.That(new Half(3).Value > 0, \"not last\");\nvar after = 1;")]
    public void A_check_ends_in_a_claim_that_stops(string check) =>
        Assert.Equal(["cell 2: a check ends in Claim.That(...), which stops the notebook"], Faults((Solution, "solution"), (check, "check")));

    private static IEnumerable<string> Faults(params (string Source, string Tag)[] cells) =>
        CodeRules.Exercises([.. cells.Select(cell => cell.Tag.Length == 0 ? NotebookFile.Cell(cell.Source) : NotebookFile.Cell(cell.Source, cell.Tag))]);
}
