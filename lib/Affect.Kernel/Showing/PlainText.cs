namespace Affect.Kernel.Showing;

/// <summary>The own text of values and exceptions, whatever their code does when it is asked for it.</summary>
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
            return $"({ExceptionReport.Readable(value!.GetType())}, whose text throws {ExceptionReport.Readable(error.GetType())}: {MessageOf(error)})";
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
            return $"(its Message throws {ExceptionReport.Readable(thrown.GetType())})";
        }
    }

    /// <summary>The first characters of a text, and how many more there are.</summary>
    internal static string Shorten(string text, int longest)
    {
        if (text.Length <= longest) return text;
        var end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return string.Create(CultureInfo.InvariantCulture, $"{text[..end]}... {text.Length - end} more characters");
    }

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
