using System.CommandLine;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Affect.Cli.Config;

/// <summary>
/// A YAML file that gives options their values: <c>epochs: 10</c> stands for <c>--epochs 10</c>. What the command line says goes before it. A key that
/// is a command's name holds options of that command alone, so that one file can describe an experiment of several commands.
/// </summary>
internal static class SettingsFile
{
    /// <summary>Names the file; every command takes it.</summary>
    internal static Option<string?> Option { get; } = new("--config")
    {
        Description = "A YAML file with options (epochs: 10); a section named as the command holds options of it alone. The command line goes before it",
        Recursive = true,
    };

    /// <summary>The arguments, with those options added that only the file gives.</summary>
    /// <param name="root">Every command, <see cref="Option"/> among the root's options.</param>
    /// <param name="arguments">What was typed.</param>
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
        var added = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var sections = new List<YamlMappingNode>();
        foreach (var (key, value) in Mapping(Read(path), path))
        {
            if (value is YamlMappingNode section && names.Contains(key.Value!))
            {
                if (key.Value == parsed.CommandResult.Command.Name) sections.Add(section);
            }
            else
            {
                Add(key, value);
            }
        }
        foreach (var section in sections)
            foreach (var (key, value) in Mapping(section, path)) Add(key, value);
        return [.. arguments, .. added.SelectMany(pair => (IEnumerable<string>)[$"--{pair.Key}", .. pair.Value])];

        void Add(YamlScalarNode key, YamlNode value)
        {
            var name = key.Value!;
            if (!options.TryGetValue(name, out var option))
                throw new FormatException($"{path}:{key.Start.Line}: '{name}' is no option of '{command.Name}'; it has {string.Join(", ", options.Keys.Order(StringComparer.Ordinal))}.");
            if (parsed.GetResult(option) is not { Implicit: false }) added[name] = Values(value, name, path);
        }
    }

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

    private static YamlNode? Read(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            var stream = new YamlStream();
            stream.Load(reader);
            return stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode;
        }
        catch (YamlException error)
        {
            throw new FormatException($"{path}:{error.Start.Line}: this is not YAML: {error.InnerException?.Message ?? error.Message}", error);
        }
    }

    private static IEnumerable<(YamlScalarNode Key, YamlNode Value)> Mapping(YamlNode? node, string path)
    {
        if (node is null) yield break;
        if (node is not YamlMappingNode mapping) throw new FormatException($"{path}:{node.Start.Line}: expected lines such as 'epochs: 10', but found something else.");
        foreach (var (key, value) in mapping.Children)
            yield return key is YamlScalarNode { Value: not null } scalar ? (scalar, value) : throw new FormatException($"{path}:{key.Start.Line}: an option's name must be a word.");
    }

    private static string[] Values(YamlNode node, string name, string path) => node switch
    {
        YamlScalarNode scalar => [scalar.Value ?? ""],
        YamlSequenceNode sequence when sequence.Children.All(child => child is YamlScalarNode) => [.. sequence.Children.Select(child => ((YamlScalarNode)child).Value ?? "")],
        _ => throw new FormatException($"{path}:{node.Start.Line}: '{name}' must be a value or a list of values, but is nested."),
    };
}
