namespace Affect.Text.Unicode;

/// <summary>Which characters are made of which, and in which order marks on a letter stand: the file <c>canonical.txt</c>, read once.</summary>
internal sealed class CanonicalTable
{
    private const string ResourceName = "Affect.Text.Unicode.canonical.txt";

    private readonly Dictionary<int, int[]> parts = [];
    private readonly Dictionary<(int First, int Second), int> whole = [];
    private readonly Dictionary<int, byte> classes = [];

    private CanonicalTable(TextReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var fields = line.Split(' ');
            var code = Code(fields[0]);
            if (fields[1][0] == '=')
            {
                classes[code] = byte.Parse(fields[1].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
                continue;
            }
            var isExcluded = fields[^1] == "!";
            int[] made = [.. fields[1..(isExcluded ? ^1 : ^0)].Select(Code)];
            parts[code] = made;
            if (made.Length == 2 && !isExcluded) whole[(made[0], made[1])] = code;
        }
    }

    /// <summary>The only instance.</summary>
    internal static CanonicalTable Instance { get; } = Read();

    /// <summary>What a character is made of, one step; null if it is made of nothing else.</summary>
    internal int[]? Parts(int code) => parts.GetValueOrDefault(code);

    /// <summary>The character that two others make; null if there is none.</summary>
    internal int? Whole(int first, int second) => whole.TryGetValue((first, second), out var code) ? code : null;

    /// <summary>The canonical combining class; 0 for letters.</summary>
    internal int Class(int code) => classes.GetValueOrDefault(code);

    private static CanonicalTable Read()
    {
        using var stream = typeof(CanonicalTable).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly does not hold {ResourceName}; build it again.");
        using var reader = new StreamReader(stream);
        return new CanonicalTable(reader);
    }

    private static int Code(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
