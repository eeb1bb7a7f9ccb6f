namespace Affect.Kernel.Tests;

/// <summary>What is put into a cell's code changes neither what it means nor where it stands.</summary>
public sealed class RewritingTests : IDisposable
{
    private readonly RecordedCells cells = new();

    public void Dispose() => cells.Dispose();

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
    public void Code_means_what_it_says(string code, string value) => Assert.Equal(value, cells.Value(code));

    [Theory]
    [InlineData("void F() {\n  // comment\n\n  throw new Exception();\n}\nF();", 4)]
    [InlineData("void F() =>\n  throw new Exception();\nF();", 2)]
    [InlineData("while (true)\n\n  throw new Exception();", 3)]
    [InlineData("var xs = new[] { 1 }\n  .Select(x =>\n    1 / (x - 1))\n  .ToArray();", 3)]
    [InlineData("#region a\n\n#endregion\nthrow new Exception();", 4)]
    [InlineData("if (1 < 2)\n{\n  foreach (var x in new[] { 0 }) {\n    var y = 1 / x;\n  }\n}", 4)]
    public void Lines_stay_where_they_are(string code, int line) => Assert.Equal($"cell[1]:line {line}", cells.Fails(code).Place);
}
