namespace Affect.Cli;

/// <summary>What is wrong with a command line, in one line that names the option, the wish and the value.</summary>
internal static class UsageErrors
{
    /// <summary>The first error; null if there is none, or if a command that only holds others shall list them.</summary>
    internal static string? Of(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        var command = parsed.CommandResult.Command;
        if (parsed.Errors.Count == 0 || AsksForHelp(parsed)) return null;
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            var known = command.Subcommands.Count > 0
                ? $"has {string.Join(", ", command.Subcommands.Select(other => other.Name))}"
                : "has no such option or argument";
            return $"'{unknown}' is not understood: {Name(parsed)} {known}; see '{Name(parsed)} --help'.";
        }
        return command is { Subcommands.Count: > 0, Action: null } ? null : Describe(parsed.Errors[0]);
    }

    private static string Describe(ParseError error)
    {
        var given = error.SymbolResult as OptionResult ?? error.SymbolResult?.Parent as OptionResult;
        if (given is not { Tokens.Count: > 0 } || Wish(given.Option) is not { } wish)
            return string.Join(' ', error.Message.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return $"{given.Option.Name} must be {wish}, but is '{string.Join(' ', given.Tokens.Select(token => token.Value))}'.";
    }

    private static string? Wish(Option option) => (Nullable.GetUnderlyingType(option.ValueType) ?? option.ValueType) switch
    {
        _ when option.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label).ToArray() is { Length: > 0 } choices =>
            $"one of {string.Join(", ", choices)}",
        var whole when whole == typeof(int) || whole == typeof(long) => "one whole number",
        var real when real == typeof(double) || real == typeof(float) => "one number",
        var several when several == typeof(int[]) => "whole numbers",
        var several when several == typeof(double[]) => "numbers",
        _ => null,
    };

    private static bool AsksForHelp(ParseResult parsed) => parsed.Tokens.Any(token => token.Value is "-h" or "--help" or "-?" or "--version");

    private static string Name(ParseResult parsed)
    {
        var words = new List<string>();
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult { Parent: not null } command; result = command.Parent)
            words.Insert(0, command.Command.Name);
        return string.Join(' ', ["lab", .. words]);
    }
}
