namespace Affect.Kernel.Tests.Scripting;

/// <summary>What is put into a cell's code changes neither what it means nor where it stands.</summary>
public sealed class RewritingTests : CellTests
{
    [Theory]
    [InlineData("int Sum(int n)\n{\n#if NEVER\n    nonsense\n#else\n    var s = 0;\n#endif\n    for (var i = 0; i < n; i++)\n#pragma warning disable CS0168\n        s += i;\n    return s;\n}\nSum(4)", "6")]
    [InlineData("#region first\nvar a = 1; // a comment\n#endregion\n/* b */ a += 1;\na", "2")]
    [InlineData("var n = 0;\nforeach (var (x, y) in new[] { (1, 2), (3, 4) }) n += x * y;\nn", "14")]
    [InlineData("IEnumerable<int> Two() { yield return 1; yield return 2; }\nTwo().Sum()", "3")]
    [InlineData("var list = new List<int>();\nEnumerable.Range(0, 3).ToList().ForEach(x => list.Add(x));\nlist.Count", "3")]
    [InlineData("new[] { 1, 2 }.AsQueryable().Where(x => x > 1).Select(x => x * 2).Single()", "4")]
    [InlineData("Func<int, int[]> pair = x => [x, x];\nFunc<string?> none = () => null;\npair(2).Length + (none()?.Length ?? 5)", "7")]
    [InlineData("Func<int, int> check = x => x > 0 ? x : throw new ArgumentException();\nFunc<int> throws = () => throw new Exception();\ncheck(3)", "3")]
    [InlineData("async Task<int> Late(int x) => await Task.FromResult(x);\nFunc<int, Task<int>> later = async x => await Late(x) + 1;\nawait later(1)", "2")]
    [InlineData("int[] field = [1, 2, 3];\nref int First() => ref field[0];\nFirst() = 5;\nfield[0]", "5")]
    [InlineData("class Counter { int n; public int Next() => ++n; public void Reset() => n = 0; public int N { get => n; set { n = value; } } }\nvar c = new Counter { N = 4 };\nc.Next()", "5")]
    [InlineData("var s = 0;\nfor (var i = 0; ; i++) { if (i > 3) break; if (i == 1) continue; s += i; }\ndo s++; while (s < 10);\ns", "10")]
    [InlineData("switch (2) { case 1: goto case 3; case 2: goto done; case 3: break; }\ndone: ;\n\"there\"", "there")]
    [InlineData("delegate int Op(int a);\nOp twice = delegate (int a) { return 2 * a; };\ntwice(4)", "8")]
    [InlineData("System.Linq.Expressions.Expression<Func<int, int>> data = x => x + 1;\ndata.Compile()(1)", "2")]
    [InlineData("unsafe int Deref() { int x = 3; int* p = &x; while (*p < 5) (*p)++; return x; }\nDeref()", "5")]
    [InlineData("class Box { int[] n = [1, 2]; public Box(int a) { n[0] = a; }\n public int First => n[0]; // a comment\n public int this[int i] => n[i];\n public ref int Last => ref n[^1]; public int Twice { get => 2 * First; init => n[1] = value / 2; }\n public int Never => throw new Exception(); }\nvar b = new Box(3) { Twice = 8 };\nb.Last++;\n$\"{b.First} {b[1]} {b.Twice}\"", "3 5 6")]
    [InlineData("class Empty { public Empty() { } public int X { get; set; } = 3; event Action? E { add { } remove { } } public int Y => X; // the last line\n}\nnew Empty().Y", "3")]
    [InlineData("struct Pair { public int A; public readonly int B => A + 1; public static implicit operator int(Pair p) => p.B; }\ninterface IHas { int N => 4; int Get(); }\n(int)new Pair { A = 1 }", "2")]
    public void Code_means_what_it_says(string code, string value) => Assert.Equal(value, cells.Value(code));

    [Theory]
    [InlineData("void F() {\n  // comment\n\n  throw new Exception();\n}\nF();", 4)]
    [InlineData("void F() =>\n  throw new Exception();\nF();", 2)]
    [InlineData("while (true)\n\n  throw new Exception();", 3)]
    [InlineData("var xs = new[] { 1 }\n  .Select(x =>\n    1 / (x - 1))\n  .ToArray();", 3)]
    [InlineData("#region a\n\n#endregion\nthrow new Exception();", 4)]
    [InlineData("class C {\n  public int A =>\n    throw new Exception();\n}\nnew C().A", 3)]
    [InlineData("class C {\n  public int A\n  {\n    get => 1 / Zero;\n  }\n  int Zero => 0;\n}\nnew C().A", 4)]
    [InlineData("class C {\n  int Zero => 0; // a comment\n\n  public C() {\n    if (Zero == 0) throw new Exception();\n  }\n}\nnew C()", 5)]
    [InlineData("if (1 < 2)\n{\n  foreach (var x in new[] { 0 }) {\n    var y = 1 / x;\n  }\n}", 4)]
    public void Lines_stay_where_they_are(string code, int line) => Assert.Equal($"cell[1]:line {line}", cells.Fails(code).Place);

    /// <remarks>Without the question the process ends, and the test run with it.</remarks>
    [Theory]
    [InlineData("int F(int n) => F(n + 1) + 1;\nF(0)", 1)]
    [InlineData("void F()\n{\n  G();\n}\nvoid G() { F(); }\nF();", null)]
    [InlineData("class C {\n  public int X => X;\n}\nnew C().X", 2)]
    [InlineData("class C {\n  int x;\n  public int X { get { return x; } set { X = value; } }\n}\nnew C().X = 1;", 3)]
    [InlineData("class C {\n  public int this[int i] => this[i + 1];\n}\nnew C()[0]", 2)]
    [InlineData("class C {\n  public C() {\n    new C();\n  }\n}\nnew C();", 3)]
    [InlineData("Func<int, int>? f = null;\nf = x => f!(x + 1) + 1;\nf(1)", 2)]
    [InlineData("async Task F(int n)\n{\n  await F(n + 1);\n}\nawait F(0);", null)]
    [InlineData("Action? a = null;\na = () => { a!(); a!(); };\nTask.Run(a).Wait();", 2)]
    public void Recursion_without_end_is_an_error_like_any_other(string code, int? line)
    {
        cells.Run("var kept = 5;");
        var error = cells.Fails(code);
        Assert.Contains("something calls itself, without end or too often", string.Join('\n', error.Traceback), StringComparison.Ordinal);
        if (line is not null) Assert.Equal($"cell[2]:line {line}", error.Place);
        Assert.Equal("5", cells.Value("kept"));
    }
}
