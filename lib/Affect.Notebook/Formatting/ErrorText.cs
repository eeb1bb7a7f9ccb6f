namespace Affect.Notebook.Formatting;

/// <summary>What an exception says, whatever its own code does when it is asked.</summary>
internal static class ErrorText
{
    private const int Longest = 10_000;
    private const int MostNested = 100;

    /// <summary>Its message; where that throws, a word about it.</summary>
    internal static string MessageOf(Exception error)
    {
        // Of several errors in one the runtime makes one text by asking each: without end where one holds itself.
        if (error is AggregateException several && !IsTame(several)) return "Several errors, too deep in one another to be told.";
        // The kernel wakes by this what waits without end while it is shown.
        if (error is ThreadInterruptedException) return "gave no answer in time";
        return Guarded(() => Shorten(error.Message ?? "", Longest), thrown => $"(its Message throws {TypeNames.Of(thrown.GetType())})");
    }

    /// <summary>What a value's own code gives, or what stands for it where that throws.</summary>
    internal static T Guarded<T>(Func<T> ask, Func<Exception, T> otherwise)
    {
        try
        {
            return ask();
        }
        catch (Exception error) when (!IsStop(error))
        {
            return otherwise(error);
        }
    }

    /// <summary>Whether the cell itself is to stop, so that nothing of it may go on by catching this.</summary>
    internal static bool IsStop(Exception error) =>
        Interruption.Token.IsCancellationRequested || error is OperationCanceledException { CancellationToken: { CanBeCanceled: true } token } && token == Interruption.Token;

    /// <summary>The first characters of a text, and how many more there are.</summary>
    internal static string Shorten(string text, int longest)
    {
        if (text.Length <= longest) return text;
        var end = char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest;
        return $"{text[..end]}... {text.Length - end} more characters";
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
