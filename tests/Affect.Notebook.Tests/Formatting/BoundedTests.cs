namespace Affect.Tests.Formatting;

/// <summary>Whatever a value is, showing it ends, and what it shows has an end.</summary>
public sealed class BoundedTests
{
    public static TheoryData<string, string> Repeating => new()
    {
        { "list", "[[...]]" },
        { "two lists", "[[[...]], 1]" },
        { "array", "[1, [...]]" },
        { "grid", "0  1\n1  [...]" },
        { "enumerates itself", "[[...]]" },
        { "dictionary", "key   value\nself  [...]" },
        { "tuple", "((...), 1)" },
        { "record in its list", "Entry\nItems  [Entry]" },
    };

    [Theory]
    [MemberData(nameof(Repeating))]
    public void What_holds_itself_is_marked_where_it_repeats(string kind, string text) => Assert.Equal(text, Shown.Text(Made(kind)));

    [Fact]
    public void A_mark_stands_in_the_markup_too()
    {
        Assert.Contains("[...]", Shown.Forms(Made("dictionary"))["text/html"].ToString(), StringComparison.Ordinal);
        Assert.Contains("...", Shown.Forms(Naturals().Select(number => new { number }))["text/html"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sequence_without_end_shows_its_first_elements()
    {
        Assert.Equal($"[{string.Join(", ", Enumerable.Range(0, 100))}, ...]", Shown.Text(Naturals()));
        var rows = Shown.Text(Naturals().Select(number => new { number, square = number * number })).Split('\n');
        Assert.Equal(22, rows.Length);
        Assert.EndsWith("...", rows[^1], StringComparison.Ordinal);
        Assert.Equal("a  1\nb  [0, 1, 2, 3, 4, 5, 6, 7, ...]", Shown.Text(new { a = 1, b = Naturals() }));
    }

    [Fact]
    public void A_sequence_is_walked_through_once_and_left_in_order()
    {
        var counted = new Counted();
        Shown.Forms(counted);
        Assert.Equal((1, 1), (counted.Begun, counted.Left));
    }

    [Fact]
    public void What_new_sequences_nest_in_one_another_without_end_is_cut()
    {
        Assert.InRange(Shown.Text(new Brood()).Length, 10, 200_000);
        object nested = 1;
        for (var depth = 0; depth < 100_000; depth++) nested = new[] { nested };
        Assert.Contains("...", Shown.Text(nested), StringComparison.Ordinal);
        object tuple = 1;
        for (var depth = 0; depth < 100_000; depth++) tuple = Tuple.Create(tuple);
        Assert.Contains("...", Shown.Text(tuple), StringComparison.Ordinal);
        Chain? chain = null;
        for (var depth = 0; depth < 100_000; depth++) chain = new Chain { Next = chain };
        Assert.Equal("Chain\nNext  Chain", Shown.Text(chain));
    }

    [Fact]
    public void A_sequence_that_throws_shows_what_came_before()
    {
        Assert.Equal("[0, 1, (broken off)]", Shown.Text(Failing()));
        Assert.Contains("(broken off)", Shown.Text(Failing().Select(number => new { number })), StringComparison.Ordinal);
        Assert.Equal("[1, 2]", Shown.Text(new Liar([1, 2])));
    }

    [Fact]
    public void Code_of_a_value_that_throws_is_told_and_the_rest_is_shown()
    {
        Assert.Equal("(Mute, whose text throws NotSupportedException: no text)", Shown.Text(new Mute()));
        Assert.Equal("[1, (Mute, whose text throws NotSupportedException: no text)]", Shown.Text(new object[] { 1, new Mute() }));
        Assert.Contains("whose text throws FormatException", Shown.Text(new Unformattable()), StringComparison.Ordinal);
        Assert.Contains("Length   3", Shown.Text(new Spanned()), StringComparison.Ordinal);
        Assert.Equal("(1, (no element))", Shown.Text(new OddTuple()));
    }

    [Fact]
    public void What_is_still_to_come_is_neither_awaited_nor_made()
    {
        var made = 0;
        var lazy = new Lazy<int>(() => ++made);
        Assert.Equal("Lazy<Int32>, not made yet: its Value makes it", Shown.Text(lazy));
        Assert.Equal(0, made);
        Assert.Equal(1, lazy.Value);
        Assert.Equal("Lazy<Int32>: 1", Shown.Text(lazy));
        Assert.Equal("Task<Int32>, still running: await it", Shown.Text(new TaskCompletionSource<int>().Task));
        Assert.Equal("Task<Int32>: 5", Shown.Text(Task.FromResult(5)));
        Assert.Equal("Task, done", Shown.Text(Task.CompletedTask));
        Assert.Equal("Task<Int32>, failed: FormatException: wrong", Shown.Text(Task.FromException<int>(new FormatException("wrong"))));
        Assert.Equal("IAsyncEnumerable<Int32>: await foreach reads it", Shown.Text(Later()));
        Assert.Equal("a  1\nb  Task<Int32>, still running: await it", Shown.Text(new { a = 1, b = new TaskCompletionSource<int>().Task }));
    }

    [Fact]
    public void Very_long_text_is_cut_and_says_by_how_much()
    {
        Assert.Equal($"{new string('a', 100_000)}... 900000 more characters", Shown.Text(new string('a', 1_000_000)));
        Assert.InRange(Shown.Text(Enumerable.Repeat(new string('a', 1_000_000), 100)).Length, 100_000, 110_000);
        // No half of a character stands at the end.
        Assert.StartsWith($"{new string('a', 99_999)}... ", Shown.Text($"{new string('a', 99_999)}😀😀"), StringComparison.Ordinal);
    }

    [Fact]
    public void Large_arrays_tables_and_tensors_show_their_first_values_without_being_copied()
    {
        Assert.EndsWith(", … 99999900 more]", Shown.Text(new byte[100_000_000]), StringComparison.Ordinal);
        using var repeated = torch.ones(1).expand(1L << 40, 4);
        Assert.Contains($"{1L << 42} values, too many to be measured here\n[1, 1, 1, 1, 1, 1, …]", Shown.Text(repeated), StringComparison.Ordinal);
        using var counted = torch.arange(60, torch.float32).reshape(3, 4, 5).transpose(0, 2);
        Assert.EndsWith("[0, 20, 40, 5, 25, 45, …]", Shown.Text(counted), StringComparison.Ordinal);
        using var table = new DataTable();
        table.Columns.Add("n", typeof(int));
        for (var row = 0; row < 500; row++) table.Rows.Add(row);
        Assert.Contains("of 500 rows", Shown.Text(table.DefaultView), StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_tells_its_causes_once_and_survives_its_own_code()
    {
        var inner = new InvalidOperationException("inner");
        var outer = new FormatException("outer", inner);
        SetCause(inner, outer);
        Assert.Equal("FormatException: outer\ncaused by InvalidOperationException: inner\ncaused by ...", Shown.Text(outer));
        Assert.Equal("Nameless: (its Message throws NotSupportedException)", Shown.Text(new Nameless()));
        Exception deep = new FormatException("deepest");
        for (var depth = 0; depth < 10_000; depth++) deep = new InvalidOperationException("one", deep);
        Assert.InRange(Shown.Text(deep).Split('\n').Length, 10, 30);
        Exception[] held = [new FormatException("one")];
        var several = new AggregateException(held);
        typeof(AggregateException).GetField("_innerExceptions", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(several, new Exception[] { several });
        Assert.Contains("too deep in one another", Shown.Text(several), StringComparison.Ordinal);
    }

    [Fact]
    public void Work_that_is_to_stop_is_not_held_up_by_what_catches_everything()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var flow = new Thread(() =>
        {
            Interruption.Hear(source.Token);
            Assert.Throws<NotSupportedException>(() => Shown.Text(new { broken = new Mute() }));
        });
        flow.Start();
        flow.Join();
    }

    private static void SetCause(Exception error, Exception cause) =>
        typeof(Exception).GetField("_innerException", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(error, cause);

    private static object Made(string kind)
    {
        var list = new List<object>();
        switch (kind)
        {
            case "list": list.Add(list); return list;
            case "two lists": list.Add(new List<object> { list }); list.Add(1); return list;
            case "array": var array = new object[2]; (array[0], array[1]) = (1, array); return array;
            case "grid": var grid = new object[1, 2]; (grid[0, 0], grid[0, 1]) = (1, grid); return grid;
            case "enumerates itself": return new Self();
            case "dictionary": var map = new Dictionary<string, object>(); map["self"] = map; return map;
            case "tuple": var tuple = new Box(); tuple.First = tuple; return tuple;
            default: var entry = new Entry(list); list.Add(entry); return entry;
        }
    }

    private static IEnumerable<long> Naturals()
    {
        for (var number = 0L; ; number++) yield return number;
    }

    private static IEnumerable<int> Failing()
    {
        yield return 0;
        yield return 1;
        throw new InvalidOperationException("broken off");
    }

    private static async IAsyncEnumerable<int> Later()
    {
        await Task.Yield();
        yield return 1;
    }

    private sealed record Entry(List<object> Items);

    private sealed record Chain
    {
        public Chain? Next { get; init; }
    }

    private sealed class Self : IEnumerable<Self>
    {
        public IEnumerator<Self> GetEnumerator()
        {
            yield return this;
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Brood : IEnumerable<Brood>
    {
        public IEnumerator<Brood> GetEnumerator()
        {
            while (true) yield return new Brood();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Counted : IEnumerable<int>
    {
        public int Begun { get; private set; }

        public int Left { get; private set; }

        public IEnumerator<int> GetEnumerator()
        {
            Begun++;
            try
            {
                while (true) yield return 1;
            }
            finally
            {
                Left++;
            }
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Liar(int[] items) : IReadOnlyCollection<int>
    {
        public int Count => throw new InvalidOperationException("uncounted");

        public IEnumerator<int> GetEnumerator() => items.AsEnumerable().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class Mute
    {
        public override string ToString() => throw new NotSupportedException("no text");
    }

    private sealed class Spanned
    {
        public Span<int> Numbers => default;

        public int Length => 3;
    }

    private sealed class Unformattable : IFormattable
    {
        public string ToString(string? format, IFormatProvider? formatProvider) => throw new FormatException("no format");
    }

    private sealed class OddTuple : ITuple
    {
        public int Length => 2;

        public object this[int index] => index == 0 ? 1 : throw new InvalidOperationException("no element");
    }

    private sealed class Box : ITuple
    {
        public object? First { get; set; }

        public int Length => 2;

        public object? this[int index] => index == 0 ? First : 1;
    }

    private sealed class Nameless : Exception
    {
        public override string Message => throw new NotSupportedException();
    }
}
