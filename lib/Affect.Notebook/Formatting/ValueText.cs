using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Affect.Data;

namespace Affect.Notebook.Formatting;

/// <summary>Values as short plain text, with numbers as they are written everywhere (a point, no groups).</summary>
internal static class ValueText
{
    private const int MostItems = 100;
    private const int MostCellItems = 8;
    private const int WidestCell = 80;

    /// <summary>A value in full.</summary>
    internal static string Of(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool isTrue => isTrue ? "true" : "false",
        Type type => TypeNames.Of(type),
        ITuple tuple => $"({string.Join(", ", Enumerable.Range(0, tuple.Length).Select(index => Cell(tuple[index])))})",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable items when !HasOwnText(items.GetType()) => List(items, MostItems, Of),
        _ when HasOwnText(value.GetType()) => value.ToString() ?? "",
        _ => Structure(value),
    };

    /// <summary>A value in a cell of a table or inside another value: numbers to four digits, long text cut.</summary>
    internal static string Cell(object? value)
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
    internal static bool IsList(IEnumerable items) =>
        HasOwnText(items.GetType()) || items is not IDictionary && items.Cast<object?>().Take(MostItems).All(item => item is null || IsPlain(item) && !IsPair(item.GetType()));

    /// <summary>Whether a value is told by its text alone.</summary>
    internal static bool IsPlain(object value) => value switch
    {
        Clip => false,
        string or bool or Type or IFormattable or ITuple => true,
        IEnumerable items => IsList(items),
        _ => HasOwnText(value.GetType()),
    };

    /// <summary>What can be read of a type's values.</summary>
    internal static IReadOnlyList<PropertyInfo> Properties(Type type) =>
        [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanRead && property.GetMethod!.IsPublic && property.GetIndexParameters().Length == 0)];

    /// <summary>A property's value, or why it has none.</summary>
    internal static object? Value(PropertyInfo property, object owner)
    {
        try
        {
            return property.GetValue(owner);
        }
        catch (TargetInvocationException error)
        {
            return $"({error.InnerException?.Message ?? error.Message})";
        }
    }

    private static bool IsPair(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>);

    // A record's own ToString comes from the compiler and says less than a table does.
    private static bool HasOwnText(Type type)
    {
        if (IsPair(type)) return false;
        var declared = type.GetMethod(nameof(ToString), Type.EmptyTypes)!;
        return declared.DeclaringType != typeof(object) && declared.DeclaringType != typeof(ValueType)
            && !declared.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && !type.Name.Contains("AnonymousType", StringComparison.Ordinal)
            && declared.DeclaringType!.Namespace?.StartsWith("System.Collections", StringComparison.Ordinal) != true;
    }

    private static string List(IEnumerable items, int most, Func<object?, string> text)
    {
        var shown = new List<string>();
        var more = 0L;
        foreach (var item in items)
            if (shown.Count < most) shown.Add(item is string quoted ? quoted : text(item));
            else more++;
        return $"[{string.Join(", ", shown)}{(more > 0 ? string.Create(CultureInfo.InvariantCulture, $", … {more} more") : "")}]";
    }

    private static string Structure(object value)
    {
        var parts = Properties(value.GetType()).Select(property => $"{property.Name} = {Short(Value(property, value))}");
        var body = string.Join(", ", parts);
        return $"{TypeNames.Of(value.GetType())}{(body.Length > 0 ? $" {{ {body} }}" : "")}".TrimStart();
    }

    // Objects within objects are named, not opened: they may point back.
    private static string Short(object? value) => value is null || IsPlain(value) ? Cell(value) : TypeNames.Of(value.GetType());

    private static string Number(double number) => number == 0 || !double.IsFinite(number) || Math.Abs(number) is >= 1e-3 and < 1e7
        ? Math.Round(number, Math.Abs(number) >= 1000 ? 1 : 4).ToString("0.####", CultureInfo.InvariantCulture)
        : number.ToString("0.###e+0", CultureInfo.InvariantCulture);
}
