namespace Affect.Cli.Options;

/// <summary>What a command was given: its options' values, the way to show progress, and how it is told to end.</summary>
internal sealed class Given(ParseResult parsed, CancellationToken cancel) : IDisposable
{
    private ConsoleProgress? progress;

    internal CancellationToken Cancel => cancel;

    internal ConsoleProgress Progress => progress ??= new ConsoleProgress();

    /// <summary>Every option as it is after file, command line and defaults, for the run's record.</summary>
    internal object Settings => SettingsFile.Merged(parsed);

    internal T Of<T>(Option<T> option) => parsed.GetValue(option)!;

    internal T[] Of<T>(Option<T[]> option) => parsed.GetValue(option) ?? [];

    internal T Of<TGiven, T>(ReadOption<TGiven, T> option) => option.Read(parsed);

    /// <summary>The word that was typed, or that stands where none was.</summary>
    internal string? Text(Option<string?> option) => parsed.GetValue(option);

    internal T Of<T>(Argument<T> argument) => parsed.GetValue(argument)!;

    /// <summary>Whether the user gave it, be it the value that it has anyway.</summary>
    internal bool Has(Option option) => parsed.GetResult(option) is { Implicit: false };

    /// <summary>Refuses an option that was given where it has no say: who gives one believes that it changes something.</summary>
    internal void Refuse(Option option, bool isUsed, string why)
    {
        if (!isUsed && Has(option)) throw Wrong(option, $"{why}; leave it out.");
    }

    /// <summary>The error of an option that cannot be as it is given.</summary>
    internal static ArgumentException Wrong(Option option, string what) => new($"{option.Name} {what}", option.Name);

    public void Dispose() => progress?.Dispose();
}
