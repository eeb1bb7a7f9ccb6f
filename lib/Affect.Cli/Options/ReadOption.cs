namespace Affect.Cli.Options;

/// <summary>An option whose words stand for something else: a device, a metric, a folder that can be written to.</summary>
/// <typeparam name="TGiven">What is typed.</typeparam>
/// <typeparam name="T">What it stands for.</typeparam>
/// <param name="name">The option.</param>
/// <param name="read">Turns one into the other; throws where it cannot.</param>
internal sealed class ReadOption<TGiven, T>(string name, Func<TGiven?, T> read) : Option<TGiven>(name)
{
    internal T Read(ParseResult parsed) => read(parsed.GetValue(this));
}
