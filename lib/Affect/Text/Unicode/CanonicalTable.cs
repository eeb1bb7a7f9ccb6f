namespace Affect.Text.Unicode;

/// <summary>Which characters are made of which, and in which order marks on a letter stand: the file <c>canonical.txt</c>, read once.</summary>
internal static class CanonicalTable
{
    private const string ResourceName = "Affect.Text.Unicode.canonical.txt";

    private static readonly Dictionary<int, int[]> Made = [];
    private static readonly Dictionary<(int First, int Second), int> Wholes = [];
    private static readonly Dictionary<int, byte> Classes = [];

    static CanonicalTable()
    {
        using var stream = typeof(CanonicalTable).Assembly.GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly does not hold {ResourceName}; build it again.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var fields = line.Split(' ');
            var code = Code(fields[0]);
            if (fields[1][0] == '=')
            {
                Classes[code] = byte.Parse(fields[1].AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
                continue;
            }
            var isExcluded = fields[^1] == "!";
            int[] parts = [.. fields[1..(isExcluded ? ^1 : ^0)].Select(Code)];
            Made[code] = parts;
            if (parts.Length == 2 && !isExcluded) Wholes[(parts[0], parts[1])] = code;
        }
    }

    /// <summary>What a character is made of, one step; null if it is made of nothing else.</summary>
    internal static int[]? Parts(int code) => Made.GetValueOrDefault(code);

    /// <summary>The character that two others make; null if there is none.</summary>
    internal static int? Whole(int first, int second) => Wholes.TryGetValue((first, second), out var code) ? code : null;

    /// <summary>The canonical combining class; 0 for letters.</summary>
    internal static int Class(int code) => Classes.GetValueOrDefault(code);

    private static int Code(string text) => int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
