namespace Affect.Kernel.Tests.Showing;

/// <summary>Showing a value calls the value's own code, which may throw, never return, or call itself for ever: the cell goes on.</summary>
public sealed class ShowingTests() : CellTests(new SessionOptions { ShowPatience = Late })
{
    // What comes to no end is given up soon; everything else has all the time that a busy machine needs.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Late = TimeSpan.FromHours(1);

    private static TimeSpan PatienceFor(string expected) => expected.Contains("TimeoutException", StringComparison.Ordinal) || expected.Contains("ThreadInterruptedException", StringComparison.Ordinal) ? Soon : Late;

    [Theory]
    [InlineData("public override string ToString() => throw new Exception(\"no\");", "(Odd, whose text throws Exception: no)")]
    [InlineData("public override string ToString() => ToString();", "(Odd, whose text throws RecursionException: calls went too deep")]
    [InlineData("public override string ToString() => $\"{this}\";", "(Odd, whose text throws RecursionException: calls went too deep")]
    [InlineData("public override string ToString() => \"\" + this;", "(Odd, whose text throws RecursionException: calls went too deep")]
    [InlineData("public Odd Other; public override string ToString() => \"a\" + (Other ?? this);", "(Odd, whose text throws RecursionException: calls went too deep")]
    [InlineData("public override string ToString() { while (true) { } }", "(Odd, whose text throws TimeoutException: gave no answer within 2 s)")]
    [InlineData("public override string ToString() { while (true) try { while (true) { } } catch { } }", "(Odd, whose text throws TimeoutException: gave no answer within 2 s)")]
    [InlineData("public override string ToString() { System.Threading.Thread.Sleep(-1); return \"\"; }", "(Odd, whose text throws ThreadInterruptedException")]
    [InlineData("public override string ToString() => new TaskCompletionSource<string>().Task.Result;", "(Odd, whose text throws ThreadInterruptedException")]
    [InlineData("public override string ToString() => null;", "")]
    public void A_text_that_a_value_cannot_give_is_told_and_the_cell_goes_on(string member, string text)
    {
        using var own = new RecordedCells(new SessionOptions { ShowPatience = PatienceFor(text) });
        own.Run($"class Odd {{ {member} }}");
        Assert.StartsWith(text, own.Value("new Odd()"), StringComparison.Ordinal);
        own.Run("var odd = new Odd();");
        Assert.Equal(CellStatus.Succeeded, own.Run("#!whos\n1").Status);
        Assert.Equal("2", own.Value("1 + 1"));
    }

    [Theory]
    [InlineData("public int A => throw new Exception(\"no\");", "Exception")]
    [InlineData("public int A => A;", "RecursionException")]
    [InlineData("public int A => B; public int B => A;", "RecursionException")]
    [InlineData("public int A { get { for (;;); } }", "TimeoutException")]
    [InlineData("public int A { get { System.Threading.Thread.Sleep(-1); return 1; } }", "ThreadInterruptedException")]
    [InlineData("public int A => new System.Threading.Tasks.TaskCompletionSource<int>().Task.Result;", "ThreadInterruptedException")]
    [InlineData("static Odd Made = new(); public static Odd operator +(Odd a, Odd b) => a + b; public object A => Made + Made;", "RecursionException")]
    public void A_property_that_gives_no_value_is_told_and_the_others_are_shown(string member, string error)
    {
        using var own = new RecordedCells(new SessionOptions { ShowPatience = PatienceFor(error), Formatter = new PropertyFormatter() });
        own.Run($"class Odd {{ {member} public int Last => 7; }}");
        var text = own.Value("new Odd()");
        Assert.Contains($"A: {error}", text, StringComparison.Ordinal);
        Assert.Contains("Last: 7", text, StringComparison.Ordinal);
        Assert.Equal(CellStatus.Succeeded, own.Run("1 + 1").Status);
    }

    [Theory]
    [InlineData("public int A { get { System.Threading.Thread.Sleep(-1); return 1; } }", "ThreadInterruptedException")]
    [InlineData("public int A { get { for (;;); } }", "TimeoutException")]
    public void The_next_property_has_its_whole_while_however_long_an_exception_takes_its_way(string member, string error)
    {
        var patience = Soon / 4;
        using var own = new RecordedCells(new SessionOptions { ShowPatience = patience, Formatter = new PropertyFormatter { WayOut = patience } });
        own.Run($"class Odd {{ {member} public int Last => 7; }}");
        Assert.Equal($"A: {error}; Last: 7", own.Value("new Odd()"));
    }

    [Fact]
    public void A_sequence_that_walks_through_itself_does_not_end_the_process()
    {
        var error = cells.Fails("using System.Collections;\nclass Me : IEnumerable<int> { public IEnumerator<int> GetEnumerator() { foreach (var one in this) yield return one; } IEnumerator IEnumerable.GetEnumerator() => GetEnumerator(); }\nforeach (var one in new Me()) { }");
        Assert.Equal("RecursionException", error.Name);
    }

    [Theory]
    [InlineData("class Odd { public override string ToString() { Console.Write(\"begun\"); while (true) { } } }\nnew Odd()")]
    [InlineData("class Odd { public override string ToString() { Console.Write(\"begun\"); System.Threading.Thread.Sleep(-1); return \"\"; } }\nnew Odd()")]
    [InlineData("class Odd { public override string ToString() { Console.Write(\"begun\"); while (true) try { while (true) { } } catch { } } }\n#nullable enable\nnew Odd()")]
    public async Task A_value_that_is_still_being_shown_can_be_interrupted(string code)
    {
        using var patient = new RecordedCells(new SessionOptions { ShowPatience = Late });
        using var source = new CancellationTokenSource();
        var running = Task.Run(() => patient.Run(code, source.Token));
        while (!patient.Said.Contains("stdout: begun") && !running.IsCompleted) await Task.Delay(10);
        await source.CancelAsync();
        Assert.Equal(CellStatus.Interrupted, (await running).Status);
        Assert.False(patient.Session.IsLost);
        Assert.Equal("2", patient.Value("1 + 1"));
    }

    [Fact]
    public void What_a_task_of_the_cell_still_does_is_not_ended_with_a_value_that_takes_too_long()
    {
        using var own = new RecordedCells(new SessionOptions { ShowPatience = Soon / 4 });
        own.Run("var n = 0;\nvar going = Task.Run(async () => { for (var i = 0; i < 30; i++) { await Task.Delay(100); n++; } });\nclass Odd { public override string ToString() { while (true) { } } }\nnew Odd()");
        Assert.Equal("30", own.Value("await going;\nn"));
    }

    [Fact]
    public void A_value_without_end_is_refused_as_json()
    {
        var endless = cells.Fails("IEnumerable<int> All() { for (var i = 0; ; i++) yield return i; }\ndisplay(All(), \"application/json\");");
        Assert.Equal("IEnumerable cannot be shown as 'application/json': it takes more than 64 MB, or has no end.", endless.Message.Replace(endless.Message.Split(' ')[0], "IEnumerable", StringComparison.Ordinal).Split(" (Parameter")[0]);
        Assert.Contains("it holds itself, or goes too deep", cells.Fails("var list = new List<object>();\nlist.Add(list);\ndisplay(list, \"application/json\");").Message, StringComparison.Ordinal);
        foreach (var mime in (string[])["text/html", "text/plain"])
            Assert.Equal(CellStatus.Succeeded, cells.Run($"display(list, \"{mime}\");\ndisplay(All(), \"{mime}\");").Status);
    }

    [Theory]
    [InlineData("var list = new List<object>();\nfor (var i = 0; i < 19; i++) list.Add(i);\nlist.Add(list);\nobject odd = list;")]
    [InlineData("var array = new object[12];\narray[11] = array;\nobject odd = array;")]
    [InlineData("var list = new List<object>();\nlist.Add(list);\nobject odd = (1, list);")]
    [InlineData("var list = new List<object>();\nlist.Add((1, list));\nobject odd = list;")]
    public void A_sequence_that_holds_itself_wherever_is_told_and_not_opened(string code)
    {
        cells.Run(code);
        cells.Run("display(odd, \"text/html\");");
        Assert.Contains("holds itself or sequences more than", (string?)Assert.Single(cells.Shown).Bundle["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_is_reported_whatever_its_own_code_does()
    {
        Assert.Equal("(its Message throws NotSupportedException)", cells.Fails("class Mute : Exception { public override string Message => throw new NotSupportedException(); }\nthrow new Mute();").Message);
        Assert.Equal("(its Message throws RecursionException)", cells.Fails("class Loop : Exception { public override string Message => $\"{Message}\"; }\nthrow new Loop();").Message);
        const string cause = "typeof(Exception).GetField(\"_innerException\", System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic)";
        var cycle = cells.Fails($"var outer = new FormatException(\"outer\", new Exception(\"inner\"));\n{cause}.SetValue(outer.InnerException, outer);\nthrow outer;");
        Assert.Equal("outer", cycle.Message);
        Assert.InRange(cycle.Traceback.Count, 3, 40);
        Assert.InRange(cells.Fails("Exception deep = new Exception(\"deepest\");\nfor (var i = 0; i < 100_000; i++) deep = new Exception(\"one\", deep);\nthrow deep;").Traceback.Count, 3, 60);
        Assert.InRange(cells.Fails("throw new Exception(new string('x', 10_000_000));").Message.Length, 100, 20_000);
    }

    [Theory]
    [InlineData("list-in-itself.ipynb")]
    [InlineData("endless-sequence.ipynb")]
    public void A_notebook_that_shows_what_has_no_end_comes_to_its_own(string name)
    {
        var folder = Directory.CreateTempSubdirectory("affect-bounded-").FullName;
        try
        {
            var report = new NotebookRunner(new RunnerOptions()).Run(Repository.Golden("bounded", name), Path.Combine(folder, name));
            Assert.Null(report.Error);
            Assert.Contains("after", File.ReadAllText(report.OutputPath), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // As a host's own formatter reads properties, which marks those that throw.
    private sealed class PropertyFormatter : IOutputFormatter
    {
        // How long an exception is on its way, as on a slow machine.
        internal TimeSpan WayOut { get; init; }

        public IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonNode> Format(object? value) => new Dictionary<string, System.Text.Json.Nodes.JsonNode>
        {
            ["text/plain"] = string.Join("; ", value!.GetType().GetProperties().Select(property => $"{property.Name}: {Read(property, value)}")),
        };

        private string Read(System.Reflection.PropertyInfo property, object value)
        {
            try
            {
                return $"{property.GetValue(value)}";
            }
            catch (System.Reflection.TargetInvocationException error)
            {
                var clock = System.Diagnostics.Stopwatch.StartNew();
                while (clock.Elapsed < WayOut) Thread.SpinWait(1000);
                return error.InnerException!.GetType().Name;
            }
        }
    }
}
