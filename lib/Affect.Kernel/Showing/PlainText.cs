namespace Affect.Kernel.Showing;

/// <summary>The own text of values and exceptions, whatever their code does when it is asked for it, and the names of their types.</summary>
internal static class PlainText
{
    private const int Longest = 100_000;
    private const int LongestMessage = 10_000;
    private const int MostNested = 100;

    /// <summary>What a value's <see cref="object.ToString"/> gives, in the invariant culture where it has a choice; where it throws, a word about it.</summary>
    /// <exception cref="OperationCanceledException">The cell is to stop.</exception>
    internal static string Of(object? value)
    {
        try
        {
            return value is null ? "null" : Shorten(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", Longest);
        }
        catch (Exception error) when (!CellInterrupt.IsStop(error))
        {
            return $"({TypeName(value)}, whose text throws {TypeName(error)}: {MessageOf(error)})";
        }
    }

    /// <summary>An exception's message; where that throws, a word about it.</summary>
    internal static string MessageOf(Exception error)
    {
        // Of several errors in one the runtime makes one text by asking each: without end where one holds itself.
        if (error is AggregateException several && !IsTame(several)) return "Several errors, too deep in one another to be told.";
        try
        {
            return Shorten(error is ExternalException ? NativeExceptions.WithoutTrace(error.Message) : error.Message ?? "", LongestMessage);
        }
        catch (Exception thrown) when (!CellInterrupt.IsStop(thrown))
        {
            return $"(its Message throws {TypeName(thrown)})";
        }
    }

    /// <summary>A value's type as a person writes it.</summary>
    internal static string TypeName(object? value) => value is null ? "null" : NameOf(value.GetType());

    /// <summary>A type as a person writes it.</summary>
    internal static string NameOf(Type type)
    {
        var plain = type.Name.Split('`')[0];
        if (!type.IsNested) return type.IsGenericType ? $"{plain}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : plain;
        return type is { IsGenericParameter: false, DeclaringType: { } outer } && !IsCell(outer) ? $"{NameOf(outer)}.{plain}" : plain;
    }

    /// <summary>The first characters of a text, and in their place how many more there are.</summary>
    internal static string Shorten(string text, int longest)
    {
        var start = Start(text, longest);
        return start.Length == text.Length ? text : FormattableString.Invariant($"{start}... {text.Length - start.Length} more characters");
    }

    /// <summary>The first characters of a text, none of them halved.</summary>
    internal static string Start(string text, int longest) =>
        text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];

    // What a cell declares is nested in the class that its compilation makes.
    private static bool IsCell(Type type) =>
        !type.IsNested && type.Assembly.GetName().Name?.StartsWith(SourceUnit.AssemblyPrefix, StringComparison.Ordinal) == true;

    private static bool IsTame(AggregateException error)
    {
        var seen = 0;
        var open = new Stack<AggregateException>([error]);
        while (open.TryPop(out var next))
        {
            if (++seen > MostNested) return false;
            foreach (var inner in next.InnerExceptions.OfType<AggregateException>()) open.Push(inner);
        }
        return true;
    }
}
