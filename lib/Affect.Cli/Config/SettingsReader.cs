using Scalar = YamlDotNet.Core.Events.Scalar;
namespace Affect.Cli.Config;

/// <summary>
/// Reads what a settings file may hold, event by event: options with a value or a list of values, and sections of them. Whatever else YAML can say
/// (nesting, aliases of whole parts, types, merges, documents) is refused by line, so that no file makes the reader recurse or grow without bound.
/// </summary>
internal sealed class SettingsReader
{
    /// <summary>An option of the file: its name without dashes, its value or the values of a list, and its line, from 1.</summary>
    internal sealed record Setting(string Name, IReadOnlyList<string> Values, long Line);

    private const long MostBytes = 1 << 20;
    private const int DeepestSkipped = 32;
    private static readonly HashSet<string> CoreTags = new(
        ((string[])["str", "int", "float", "bool", "null", "seq", "map"]).Select(name => $"tag:yaml.org,2002:{name}"), StringComparer.Ordinal);

    private readonly string path;
    private readonly IParser parser;
    private readonly Dictionary<string, string> anchors = new(StringComparer.Ordinal);

    private SettingsReader(string path, TextReader text) => (this.path, parser) = (path, new Parser(text));

    /// <summary>Reads a file.</summary>
    /// <returns>The settings in the file's order, those of the section after the others.</returns>
    /// <exception cref="FormatException">It is not YAML, or says more than options and their values; the message names file and line.</exception>
    internal static IReadOnlyList<Setting> Read(string path, Func<string, bool> isSection, string wanted)
    {
        using var stream = RegularFile.OpenRead(path);
        if (stream.Length > MostBytes)
            throw new FormatException($"{path} must be a file of options, but has {stream.Length / 1e6:0.#} MB; at most 1 MB is read.");
        using var text = new StreamReader(stream);
        var reader = new SettingsReader(path, text);
        try
        {
            return reader.ReadFile(isSection, wanted);
        }
        catch (YamlException error)
        {
            throw new FormatException($"{path}:{error.Start.Line}: this is not YAML: {error.InnerException?.Message ?? error.Message}", error);
        }
    }

    private List<Setting> ReadFile(Func<string, bool> isSection, string wanted)
    {
        parser.Consume<StreamStart>();
        var (settings, section) = (new List<Setting>(), new List<Setting>());
        if (parser.TryConsume<StreamEnd>(out _)) return settings;
        parser.Consume<DocumentStart>();
        if (!IsEmpty()) ReadMapping(settings, (name, line) =>
        {
            if (!isSection(name) || !parser.Accept<MappingStart>(out _)) return false;
            if (name == wanted) ReadMapping(section, (_, _) => false);
            else Skip();
            return true;
        });
        parser.Consume<DocumentEnd>();
        if (parser.TryConsume<DocumentStart>(out var second))
            throw Wrong(second, "a second document begins here ('---'), but options are read from one; give each its own file.");
        return [.. settings, .. section];
    }

    private bool IsEmpty() =>
        parser.Accept<Scalar>(out var scalar) && scalar.Value.Length == 0 && scalar.Style == ScalarStyle.Plain && parser.TryConsume<Scalar>(out _);

    private void ReadMapping(List<Setting> settings, Func<string, long, bool> readsItself)
    {
        if (!parser.TryConsume<MappingStart>(out var start))
            throw Wrong(parser.Current!, "expected lines such as 'epochs: 10', but found something else.");
        CheckTag(start);
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key) || key.Value.Length == 0)
                throw Wrong((ParsingEvent?)key ?? parser.Current!, "an option's name must be a word.");
            CheckTag(key);
            if (key is { Value: "<<", Style: ScalarStyle.Plain }) throw Wrong(key, "merges ('<<') are not read; write the options out.");
            if (!seen.TryAdd(key.Value, key.Start.Line))
                throw Wrong(key, $"'{key.Value}' is already in line {seen[key.Value]}.");
            if (!readsItself(key.Value, key.Start.Line)) settings.Add(new Setting(key.Value, ReadValues(key.Value), key.Start.Line));
        }
    }

    private string[] ReadValues(string name)
    {
        if (!parser.TryConsume<SequenceStart>(out var list)) return [ReadValue(name)];
        CheckTag(list);
        var values = new List<string>();
        while (!parser.TryConsume<SequenceEnd>(out _)) values.Add(ReadValue(name));
        return [.. values];
    }

    private string ReadValue(string name)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return anchors.TryGetValue(alias.Value.Value, out var known) ? known
                : throw Wrong(alias, $"'*{alias.Value.Value}' stands for no single value above it; write the values out.");
        }
        if (!parser.TryConsume<Scalar>(out var scalar)) throw Wrong(parser.Current!, $"'{name}' must be a value or a list of values, but is nested.");
        CheckTag(scalar);
        if (scalar.Value.Contains('\0')) throw Wrong(scalar, $"'{name}' holds a zero character.");
        if (!scalar.Anchor.IsEmpty) anchors[scalar.Anchor.Value] = scalar.Value;
        return scalar.Value;
    }

    // Another command's section may hold what it likes, within bounds.
    private void Skip()
    {
        var depth = 0;
        do
        {
            var next = parser.Consume<ParsingEvent>();
            if (next is MappingStart or SequenceStart) depth++;
            if (next is MappingEnd or SequenceEnd) depth--;
            if (depth > DeepestSkipped)
                throw Wrong(next, $"more than {DeepestSkipped} lists or sections lie in each other; options are values or lists of them.");
        }
        while (depth > 0);
    }

    private void CheckTag(NodeEvent node)
    {
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific && !CoreTags.Contains(node.Tag.Value))
            throw Wrong(node, $"types such as '{node.Tag.Value}' are not read; write the value alone.");
    }

    private FormatException Wrong(ParsingEvent at, string what) => new($"{path}:{at.Start.Line}: {what}");
}
