namespace Affect.Cli.Options;

/// <summary>A command that declares each of its options in one line, and then what it does.</summary>
internal sealed partial class LabCommand(string name, string about) : Command(name, about)
{
    /// <summary>Adds an option or an argument, and gives it back.</summary>
    internal T With<T>(T symbol)
        where T : Symbol
    {
        if (symbol is Option option) Options.Add(option);
        if (symbol is Argument argument) Arguments.Add(argument);
        return symbol;
    }

    /// <summary>An option with a value of its own where none is given.</summary>
    internal Option<T> Standard<T>(string name, T value, string help) =>
        With(new Option<T>(name) { Description = help, DefaultValueFactory = _ => value });

    /// <summary>An option that may be left out: null, or false for a switch.</summary>
    internal Option<T> Optional<T>(string name, string help) => With(new Option<T>(name) { Description = help });

    internal Option<T> Required<T>(string name, string help) => With(new Option<T>(name) { Description = help, Required = true });

    /// <summary>An option with any number of values; those that hold where none is given.</summary>
    internal Option<T[]> Several<T>(string name, string help, params T[] standard)
    {
        var option = new Option<T[]>(name) { Description = help, AllowMultipleArgumentsPerToken = true };
        if (standard.Length > 0) option.DefaultValueFactory = _ => standard;
        return With(option);
    }

    /// <summary>An option with one of some words, each with what it stands for; null as the standard stands for nothing.</summary>
    internal ReadOption<string?, T?> Choice<T>(string name, string? standard, string help, params (string Word, T Meaning)[] choices)
    {
        var option = new ReadOption<string?, T?>(name, word => choices.FirstOrDefault(choice => choice.Word == word).Meaning) { Description = help };
        if (standard is not null) option.DefaultValueFactory = _ => standard;
        option.AcceptOnlyFromAmong([.. choices.Select(choice => choice.Word)]);
        return With(option);
    }

    internal Option<string> Word(string name, string standard, string help, params IEnumerable<string> words)
    {
        var option = Standard(name, standard, help);
        option.AcceptOnlyFromAmong([.. words]);
        return option;
    }

    internal Argument<string> File(string name, string help) => With(new Argument<string>(name) { Description = help });

    internal Argument<string[]> Files(string name, string help, bool isNeeded = false) =>
        With(new Argument<string[]>(name) { Description = help, Arity = isNeeded ? ArgumentArity.OneOrMore : ArgumentArity.ZeroOrMore });

    /// <summary>Work that takes a while: Ctrl-C asks it to end by <see cref="Given.Cancel"/>, and what is finished is kept.</summary>
    internal LabCommand RunsLong(Func<Given, int> work)
    {
        SetAction((parsed, cancel) => Task.Run(() => Run(work, parsed, cancel), CancellationToken.None));
        return this;
    }

    /// <summary>Work that Ctrl-C ends with the process.</summary>
    internal LabCommand Runs(Func<Given, int> work)
    {
        SetAction(parsed => Run(work, parsed, CancellationToken.None));
        return this;
    }

    private static int Run(Func<Given, int> work, ParseResult parsed, CancellationToken cancel)
    {
        using var given = new Given(parsed, cancel);
        return work(given);
    }
}
