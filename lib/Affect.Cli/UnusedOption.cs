namespace Affect.Cli;

/// <summary>Options that would be read by nobody: who gives one believes that it changes something.</summary>
internal static class UnusedOption
{
    /// <summary>Refuses an option that was given where it has no say.</summary>
    /// <param name="parsed">The command line, a settings file's values included.</param>
    /// <param name="option">The option.</param>
    /// <param name="isUsed">Whether it has a say.</param>
    /// <param name="why">What it is for, and what was asked for instead, to go on "--option ...".</param>
    /// <exception cref="ArgumentException">It was given and has none.</exception>
    internal static void Refuse(ParseResult parsed, Option option, bool isUsed, string why)
    {
        if (!isUsed && parsed.GetResult(option) is { Implicit: false }) throw new ArgumentException($"{option.Name} {why}; leave it out.", option.Name);
    }
}
