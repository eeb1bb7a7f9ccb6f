namespace Affect.Cli.Config;

/// <summary>
/// A YAML file that gives options their values: <c>epochs: 10</c> stands for <c>--epochs 10</c>. What the command line says goes before it. A key
/// that is a command's name holds options of that command alone, so that one file can describe an experiment of several commands.
/// </summary>
internal static class SettingsFile
{
    /// <summary>Names the file; every command takes it.</summary>
    internal static Option<string?> Option { get; } = new("--config")
    {
        Description = "A YAML file with options (epochs: 10), those of a command perhaps in a section of its name; the command line goes before it",
        Recursive = true,
    };

    /// <summary>The arguments, with those options added that only the file gives.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">It is not YAML, or names options that the command does not have.</exception>
    internal static string[] Expand(RootCommand root, string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(root);
        var parsed = root.Parse(arguments);
        if (parsed.GetResult(Option) is not { Implicit: false } || parsed.GetValue(Option) is not { Length: > 0 } path) return arguments;
        if (!File.Exists(path)) throw new FileNotFoundException($"--config must name a YAML file, but {path} is not there.", path);
        var command = parsed.CommandResult.Command;
        var options = command.Options.Where(option => option != Option).ToDictionary(option => option.Name.TrimStart('-'), StringComparer.Ordinal);
        var names = root.Subcommands.Select(other => other.Name).ToHashSet(StringComparer.Ordinal);
        var added = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var setting in SettingsReader.Read(path, names.Contains, command.Name))
        {
            if (!options.TryGetValue(setting.Name, out var option))
            {
                var known = string.Join(", ", options.Keys.Order(StringComparer.Ordinal));
                throw new FormatException($"{path}:{setting.Line}: '{setting.Name}' is no option of '{command.Name}'; it has {known}.");
            }
            if (parsed.GetResult(option) is not { Implicit: false }) added[setting.Name] = setting.Values;
        }
        // What comes behind "--" are no options any more.
        var end = Array.IndexOf(arguments, "--");
        if (end < 0) end = arguments.Length;
        return [.. arguments[..end], .. added.SelectMany(pair => pair.Value.SelectMany(value => Words(pair.Key, value))), .. arguments[end..]];
    }

    // Written behind '=', a value that begins with a dash or an @ is neither an option nor a file of arguments. An empty word can be neither.
    private static string[] Words(string name, string value) => value.Length == 0 ? [$"--{name}", ""] : [$"--{name}={value}"];

    /// <summary>Every option of the command that runs, as it is after file, command line and defaults, for the run's record.</summary>
    internal static SortedDictionary<string, object?> Merged(ParseResult parsed)
    {
        ArgumentNullException.ThrowIfNull(parsed);
        var merged = new SortedDictionary<string, object?>(StringComparer.Ordinal);
        foreach (var option in parsed.CommandResult.Command.Options.Where(option => option != Option && option.Name is not ("--help" or "--version")))
            merged[option.Name.TrimStart('-')] = Value(parsed, option);
        foreach (var argument in parsed.CommandResult.Command.Arguments)
            merged[argument.Name] = parsed.GetResult(argument)?.Tokens.Select(token => token.Value).ToArray();
        return merged;
    }

    private static object? Value(ParseResult parsed, Option option)
    {
        var result = parsed.GetResult(option);
        return result?.GetValueOrDefault<object?>() ?? (option.HasDefaultValue ? option.GetDefaultValue() : null);
    }
}
