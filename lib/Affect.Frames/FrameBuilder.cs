namespace Affect.Frames;

/// <summary>Puts a frame together column by column; names that come twice are told apart by a number.</summary>
internal sealed class FrameBuilder
{
    private readonly List<DataFrameColumn> columns = [];
    // DataFrame finds columns whatever their capitals.
    private readonly HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);

    // Whoever makes a frame may show it.
    internal FrameBuilder() => FrameCells.Register();

    internal DataFrame Build() => new(columns);

    internal FrameBuilder Text(string name, IEnumerable<string?> values) => Add(new StringDataFrameColumn(Unique(name), values!));

    internal FrameBuilder Whole(string name, IEnumerable<int?> values) => Add(new Int32DataFrameColumn(Unique(name), values));

    internal FrameBuilder Whole(string name, IEnumerable<int> values) => Add(new Int32DataFrameColumn(Unique(name), values));

    internal FrameBuilder Long(string name, IEnumerable<long?> values) => Add(new Int64DataFrameColumn(Unique(name), values));

    internal FrameBuilder Number(string name, IEnumerable<double?> values) => Add(new DoubleDataFrameColumn(Unique(name), values));

    internal FrameBuilder Number(string name, IEnumerable<double> values) => Add(new DoubleDataFrameColumn(Unique(name), values));

    internal FrameBuilder Flag(string name, IEnumerable<bool?> values) => Add(new BooleanDataFrameColumn(Unique(name), values));

    internal FrameBuilder Flag(string name, IEnumerable<bool> values) => Add(new BooleanDataFrameColumn(Unique(name), values));

    /// <summary>A column for each key of tables of numbers.</summary>
    internal FrameBuilder Entries(string prefix, IReadOnlyList<IReadOnlyDictionary<string, double>?> tables)
    {
        foreach (var key in tables.SelectMany(table => table?.Keys ?? []).Distinct(StringComparer.Ordinal))
            Number(prefix + key, tables.Select(table => table is not null && table.TryGetValue(key, out var value) ? value : (double?)null));
        return this;
    }

    /// <summary>What was decided on clips: <c>clip, speaker, emotion, predicted, correct</c>.</summary>
    internal FrameBuilder Decided(
        IEnumerable<string> clips, IEnumerable<string> speakers, IReadOnlyList<int> target, IReadOnlyList<int> predicted,
        Func<int, int, string> nameOf) =>
        Text("clip", clips).Text("speaker", speakers).Text("emotion", target.Select((label, row) => nameOf(row, label)))
            .Text("predicted", predicted.Select((label, row) => nameOf(row, label)))
            .Flag("correct", target.Zip(predicted, (truth, decided) => truth == decided));

    /// <summary>A score and its interval: three columns.</summary>
    internal FrameBuilder Score(string name, IReadOnlyList<Interval?> values) =>
        Number(name, values.Select(score => score?.Value)).Number($"{name}_low", values.Select(score => score?.Low)).Number($"{name}_high", values.Select(score => score?.High));

    /// <summary>Text that is numbers, or scores with their intervals, throughout becomes numbers; anything else stays text. Empty text is a missing value.</summary>
    internal FrameBuilder Read(string name, IReadOnlyList<string?> texts)
    {
        string?[] cells = [.. texts.Select(text => string.IsNullOrEmpty(text) ? null : text)];
        var (integers, numbers, scores) = (Parsed(IntegerOf), Parsed(NumberOf), cells.Select(text => text is null ? null : ScoreOf(text)).ToArray());
        var some = Enumerable.Range(0, cells.Length).Where(row => cells[row] is not null).ToArray();
        if (some.Length == 0) return Text(name, cells);
        if (some.All(row => integers[row] is not null)) return Whole(name, integers);
        if (some.All(row => numbers[row] is not null)) return Number(name, numbers);
        if (!some.All(row => numbers[row] is not null || scores[row] is not null)) return Text(name, cells);
        return Number(name, scores.Select((score, row) => score?.Value ?? numbers[row]))
            .Number($"{name}_low", scores.Select(score => score?.Low)).Number($"{name}_high", scores.Select(score => score?.High));

        T?[] Parsed<T>(Func<string, T?> parse)
            where T : struct => [.. cells.Select(text => text is null ? null : parse(text))];
    }

    private FrameBuilder Add(DataFrameColumn column)
    {
        columns.Add(column);
        return this;
    }

    private string Unique(string name)
    {
        var unique = name;
        for (var number = 2; !names.Add(unique); number++) unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
        return unique;
    }

    // A name such as 03a08b01 or 007 is no number: only what is written as one, without zeros in front.
    private static int? IntegerOf(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value.ToString(CultureInfo.InvariantCulture) == text ? value : null;

    private static double? NumberOf(string text)
    {
        if (text.TrimStart('-', '+', '−') is not [>= '0' and <= '9', ..] digits || digits is ['0', >= '0' and <= '9', ..]) return null;
        var isNumber = double.TryParse(text.Replace('−', '-'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value);
        return isNumber && double.IsFinite(value) ? value : null;
    }

    // As in 0.412 [0.380, 0.445], or with what it rests on behind, (12 speakers).
    private static Interval? ScoreOf(string text) =>
        Bare(text) is var bare && bare.Split([" [", ", ", "]"], StringSplitOptions.None) is [var value, var low, var high, ""] && bare.EndsWith(']')
        && NumberOf(value) is { } middle && NumberOf(low) is { } least && NumberOf(high) is { } most
            ? new Interval { Value = middle, Low = least, High = most }
            : null;

    private static string Bare(string text) => text.EndsWith(')') && text.IndexOf("] (", StringComparison.Ordinal) is >= 0 and var end ? text[..(end + 1)] : text;
}
