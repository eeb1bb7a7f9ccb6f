namespace Affect.Cli.Options;

/// <summary>An option whose words stand for something else: a device, a metric, a folder that can be written to.</summary>
internal sealed class ReadOption<TGiven, T>(string name, Func<TGiven?, T> read) : Option<TGiven>(name)
{
    internal T Read(ParseResult parsed) => read(parsed.GetValue(this));
}
