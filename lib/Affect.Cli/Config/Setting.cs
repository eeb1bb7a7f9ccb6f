namespace Affect.Cli.Config;

/// <summary>An option of a settings file.</summary>
/// <param name="Name">The option's name without dashes.</param>
/// <param name="Values">Its value, or the values of a list.</param>
/// <param name="Line">Where it stands, from 1.</param>
internal sealed record Setting(string Name, IReadOnlyList<string> Values, long Line);
