namespace Affect.Cli;

/// <summary>Runs a command and turns what goes wrong into one readable line and an exit code.</summary>
internal static partial class CommandRunner
{
    // After Ctrl-C: what is finished is written, which takes a while where a machine is busy.
    private static readonly TimeSpan CleaningUp = TimeSpan.FromMinutes(1);

    /// <summary>0 done · 1 failed, or some clips failed · 2 wrong usage or input · 130 interrupted.</summary>
    internal static async Task<int> RunAsync(Func<RootCommand> commands, string[] arguments)
    {
        try
        {
            var root = commands();
            var parsed = root.Parse(SettingsFile.Expand(root, arguments));
            if (UsageErrors.Of(parsed) is { } usage)
            {
                await Console.Error.WriteLineAsync($"error: {usage}").ConfigureAwait(false);
                return 2;
            }
            var code = await parsed.InvokeAsync(
                new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = CleaningUp }).ConfigureAwait(false);
            return parsed.Errors.Count > 0 && code != 0 ? 2 : code;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync(
                "Interrupted; what was finished is kept, and the same command goes on from there.").ConfigureAwait(false);
            return 130;
        }
        catch (Exception error) when (IsTheUsers(error))
        {
            await Console.Error.WriteLineAsync($"error: {OneLine(error.Message)}").ConfigureAwait(false);
            return 2;
        }
        catch (ExternalException error)
        {
            await Console.Error.WriteLineAsync($"error: libtorch: {OneLine(Guarded.Explain(error))}").ConfigureAwait(false);
            return 1;
        }
        catch (TypeInitializationException) when (WhyNoTorch() is { } reason)
        {
            await Console.Error.WriteLineAsync($"error: {OneLine(reason)}").ConfigureAwait(false);
            return 1;
        }
    }

    // The runtime puts an argument's actual value onto a line of its own, and before it the name that the argument has in the code, which is nothing
    // to a user.
    private static string OneLine(string message) =>
        string.Join(' ',
            ParameterName().Replace(message, "").Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    // Where TorchSharp finds no library of its own it says so at length and not why; the attempt is made once more for the reason.
    private static string? WhyNoTorch()
    {
        try
        {
            TorchLibrary.Load();
            return null;
        }
        catch (DllNotFoundException unloadable)
        {
            return unloadable.Message;
        }
    }

    // What a wrong file or argument causes is told in a line; anything else is ours and keeps its stack trace.
    private static bool IsTheUsers(Exception error) =>
        error is ArgumentException or FormatException or IOException or UnauthorizedAccessException or InvalidDataException or NotSupportedException;

    [GeneratedRegex(@" \(Parameter '\w+'\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ParameterName();
}
