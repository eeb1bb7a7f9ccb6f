namespace Affect.Frames;

/// <summary>Lists of records as frames: every result of the library or of a cell that has no frame of its own.</summary>
/// <remarks>
/// Frames are for looking, filtering and joining. Take no score from them: the mean of a group in Microsoft.Data.Analysis 0.23 divides by the group's
/// rows, those without a value included (a test of ours measures it), and decisions of one speaker are no independent draws. Scores, intervals and
/// comparisons are <see cref="Scores"/>, <see cref="SpeakerJackknife"/> and <see cref="PairedComparison"/>.
/// </remarks>
public static class RecordFrames
{
    private const int Deepest = 3;

    /// <summary>A row per record, a column per property, named in snake case as in run records (<c>MacroF1</c> is <c>macro_f1</c>).</summary>
    /// <param name="records">The records.</param>
    /// <returns>
    /// Numbers, text and truth values are columns of their type; an <see cref="Interval"/> is three columns (<c>waf</c>, <c>waf_low</c>, <c>waf_high</c>); the
    /// properties of a record within the record follow its name (<c>retrieval_median_rank</c>), and so do the entries of a table of numbers. What is missing is null;
    /// lists are left out.
    /// </returns>
    /// <exception cref="ArgumentException">The type has no property that a column can hold.</exception>
    public static DataFrame ToDataFrame<T>(this IEnumerable<T> records)
    {
        object?[] rows = [.. records.Cast<object?>()];
        var frame = new FrameBuilder();
        if (!TryColumn(frame, "value", typeof(T), rows)) Columns(frame, "", typeof(T), rows, depth: 1);
        var built = frame.Build();
        return built.Columns.Count > 0
            ? built
            : throw new ArgumentException($"records must have properties that are numbers, text or truth values, but {typeof(T).Name} has none.",
                nameof(records));
    }

    private static void Columns(FrameBuilder frame, string prefix, Type type, object?[] rows, int depth)
    {
        foreach (var property in ValueText.Properties(type))
        {
            var name = prefix + JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);
            object?[] values = [.. rows.Select(row => row is null ? null : Value(property, row))];
            if (TryColumn(frame, name, property.PropertyType, values)) continue;
            if (depth < Deepest && IsRecord(property.PropertyType)) Columns(frame, name + "_", property.PropertyType, values, depth + 1);
        }
    }

    private static bool TryColumn(FrameBuilder frame, string name, Type type, object?[] values)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(string)) frame.Text(name, values.Cast<string?>());
        else if (type.IsEnum) frame.Text(name, values.Select(value => value?.ToString()));
        else if (type == typeof(bool)) frame.Flag(name, values.Cast<bool?>());
        else if (type == typeof(int)) frame.Whole(name, values.Cast<int?>());
        else if (type == typeof(long)) frame.Long(name, values.Cast<long?>());
        else if (type == typeof(double)) frame.Number(name, values.Cast<double?>());
        else if (type == typeof(float)) frame.Number(name, values.Select(value => (double?)(float?)value));
        else if (type == typeof(Interval)) frame.Score(name, [.. values.Cast<Interval?>()]);
        else if (typeof(IReadOnlyDictionary<string, double>).IsAssignableFrom(type))
            frame.Entries($"{name}_", [.. values.Cast<IReadOnlyDictionary<string, double>?>()]);
        else return false;
        return true;
    }

    // What others define may be anything, the whole of a network included: only our own results and what a cell put together are opened.
    private static bool IsRecord(Type type) =>
        !typeof(IEnumerable).IsAssignableFrom(type) && (type.Namespace is null || type.Namespace.Split('.')[0] == nameof(Affect)) && !typeof(IDisposable).IsAssignableFrom(type);

    private static object? Value(PropertyInfo property, object owner)
    {
        try
        {
            return property.GetValue(owner);
        }
        catch (TargetInvocationException)
        {
            return null; // a clip without a file has no path, say
        }
    }
}
