namespace Affect.Notebook.Formatting;

/// <summary>Writes one value that is shown, and what it holds.</summary>
/// <remarks>
/// Values may hold themselves, be endless or too deep, and their own code may throw: what is being written is remembered from the outermost in, so that
/// a repetition is marked (<c>[...]</c>); collections are opened once, no more than so many in all; each piece of text has its longest length.
/// </remarks>
internal sealed class ValueWriter
{
    private const int MostCellItems = 8;
    private const int WidestCell = 80;
    private const int Deepest = 16;
    private const int MostOpened = 1000;
    private const int LongestText = 100_000;

    private readonly Dictionary<object, Sample> samples = new(ReferenceEqualityComparer.Instance);
    private readonly List<object> path = [];

    /// <summary>A value in full.</summary>
    internal string Of(object? value) => ErrorText.Shorten(Full(value), LongestText);

    /// <summary>A value in a cell of a table or inside another value: numbers to four digits, long text cut.</summary>
    internal string Cell(object? value)
    {
        var text = value switch
        {
            null => "",
            double number => Number(number),
            float number => Number(number),
            Half number => Number((double)number),
            TimeSpan time => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.##} s"),
            IEnumerable items and not string when !HasOwnText(items.GetType()) => List(items, MostCellItems, Cell),
            _ => Of(value),
        };
        return text.Length <= WidestCell ? text : $"{text[..(char.IsHighSurrogate(text[WidestCell - 2]) ? WidestCell - 2 : WidestCell - 1)]}…";
    }

    /// <summary>Whether a collection is shown as a list, not as a table: its elements say what they are in a word.</summary>
    internal bool IsList(IEnumerable items)
    {
        if (HasOwnText(items.GetType())) return true;
        if (items is IDictionary) return false;
        // What repeats is a mark, which is a word.
        return Within(items, () => true, () => SampleOf(items).Items.All(item => item is null || IsPlain(item) && !IsPair(item.GetType())));
    }

    /// <summary>Whether a value is told by its text alone.</summary>
    internal bool IsPlain(object value) => value switch
    {
        Clip => false,
        string or bool or Type or IFormattable or ITuple => true,
        IEnumerable items => IsList(items),
        _ => Deferred.Is(value) || HasOwnText(value.GetType()),
    };

    /// <summary>The first elements of a collection, which is walked through once however often this is called.</summary>
    internal Sample SampleOf(IEnumerable items)
    {
        if (samples.TryGetValue(items, out var known)) return known;
        return samples.Count >= MostOpened ? Sample.Unopened : samples[items] = Sample.Of(items);
    }

    /// <summary>Writes what a value holds while it is remembered.</summary>
    /// <param name="value">The value.</param>
    /// <param name="repeated">What stands for it where it is inside itself, or too deep.</param>
    /// <param name="write">Writes what it holds.</param>
    internal T Within<T>(object value, Func<T> repeated, Func<T> write)
    {
        if (path.Count >= Deepest || path.Exists(outer => ReferenceEquals(outer, value))) return repeated();
        path.Add(value);
        try
        {
            return write();
        }
        finally
        {
            path.RemoveAt(path.Count - 1);
        }
    }

    /// <summary>The elements of a tuple; of one that claims to have very many, the first.</summary>
    internal static IEnumerable<object?> Elements(ITuple tuple) => Enumerable.Range(0, Math.Clamp(LengthOf(tuple), 0, Sample.Most))
        .Select(index => ErrorText.Guarded(() => tuple[index], error => $"({ErrorText.MessageOf(error)})"));

    // Anyone may write a tuple, and its length.
    private static int LengthOf(ITuple tuple) => ErrorText.Guarded(() => tuple.Length, _ => 0);

    private string Full(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool isTrue => isTrue ? "true" : "false",
        Type type => TypeNames.Of(type),
        ITuple tuple => Within(value, () => "(...)", () => $"({string.Join(", ", Elements(tuple).Select(Cell))}{(LengthOf(tuple) > Sample.Most ? ", ..." : "")})"),
        IFormattable formattable => Told(value, () => formattable.ToString(null, CultureInfo.InvariantCulture)),
        IEnumerable items when !HasOwnText(items.GetType()) => List(items, Sample.Most, Full),
        _ when Deferred.Is(value) => Deferred.Text(value, Cell),
        _ when HasOwnText(value.GetType()) => Told(value, value.ToString),
        _ => Within(value, () => TypeNames.Of(value.GetType()), () => Structure(value)),
    };

    private static string Told(object value, Func<string?> own) => ErrorText.Guarded(
        () => own() ?? "", error =>
            $"({TypeNames.Of(value.GetType())}, whose text throws {TypeNames.Of(error.GetType())}: {ErrorText.MessageOf(error)})");

    internal static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    // A record's own ToString comes from the compiler and says less than a table does.
    private static bool HasOwnText(Type type)
    {
        if (IsPair(type)) return false;
        var declared = type.GetMethod(nameof(ToString), Type.EmptyTypes)!;
        return declared.DeclaringType != typeof(object) && declared.DeclaringType != typeof(ValueType) && declared.DeclaringType != typeof(MarshalByValueComponent)
            && !declared.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !type.Name.Contains("AnonymousType", StringComparison.Ordinal)
            && declared.DeclaringType!.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) != true;
    }

    private string List(IEnumerable items, int most, Func<object?, string> text) => Within(items, () => "[...]", () =>
    {
        var sample = SampleOf(items);
        var shown = new List<string>();
        var length = 0;
        foreach (var item in sample.Items.Take(most))
        {
            var piece = ErrorText.Shorten(item as string ?? text(item), LongestText);
            shown.Add(piece);
            if ((length += piece.Length) > LongestText) break;
        }
        var left = sample.Items.Count - shown.Count;
        if (sample.Failure is { } failure && left == 0) shown.Add(failure);
        else if (sample.More is not { } more) shown.Add("...");
        else if (left + more > 0) shown.Add(string.Create(CultureInfo.InvariantCulture, $"… {left + more} more"));
        return $"[{string.Join(", ", shown)}]";
    });

    private string Structure(object value)
    {
        var parts = ValueText.Properties(value.GetType()).Select(property => $"{property.Name} = {Short(ValueText.Value(property, value))}");
        var body = string.Join(", ", parts);
        return $"{TypeNames.Of(value.GetType())}{(body.Length > 0 ? $" {{ {body} }}" : "")}".TrimStart();
    }

    // Objects within objects are named, not opened: they may point back.
    private string Short(object? value) => value is null || IsPlain(value) ? Cell(value) : TypeNames.Of(value.GetType());

    private static string Number(double number) => number == 0 || !double.IsFinite(number) || Math.Abs(number) is >= 1e-3 and < 1e7
        ? Math.Round(number, Math.Abs(number) >= 1000 ? 1 : 4).ToString("0.####", CultureInfo.InvariantCulture)
        : number.ToString("0.###e+0", CultureInfo.InvariantCulture);
}
