namespace Affect.Tensors;

/// <summary>
/// The versions of other libraries that a Linux library asks for. The loader refuses it where one is missing, even if the library uses nothing of
/// that version; a wish that is marked as weak it lets pass. A version is used where a relocation names a symbol of it: a symbol that is only listed
/// is never looked up (<c>ios_base_library_init</c>, which GCC 13 lists for whoever includes iostream). Layout: System V ABI (ELF-64), "Symbol
/// Versioning" of the Linux Standard Base.
/// </summary>
internal static class VersionNeeds
{
    private const uint Relocations = 4; // SHT_RELA
    private const int RelocationSize = 24;
    private const uint VersionSymbols = 0x6fffffff; // SHT_GNU_versym: for each symbol the index of its version
    private const uint VersionWishes = 0x6ffffffe; // SHT_GNU_verneed: the versions wished for, library by library
    private const ushort Weak = 2; // VER_FLG_WEAK

    /// <summary>A copy of a library in which wishes for versions that it does not use are weak; made once for each content.</summary>
    /// <param name="path">The library.</param>
    /// <param name="cache">The folder of the copies.</param>
    /// <returns>The copy's path.</returns>
    /// <exception cref="InvalidDataException">It is no 64-bit little-endian ELF file, or there is no such wish.</exception>
    internal static string WeakCopy(string path, string cache)
    {
        var bytes = File.ReadAllBytes(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        if (Weaken(bytes, path).Count == 0) throw new InvalidDataException($"{path} asks for no version that it does not use.");
        var copy = Path.Combine(cache, hash, Path.GetFileName(path));
        if (!File.Exists(copy) || !File.ReadAllBytes(copy).AsSpan().SequenceEqual(bytes)) AtomicFile.Write(copy, stream => stream.Write(bytes));
        return copy;
    }

    /// <summary>Marks as weak every wish for a version that the library does not use.</summary>
    /// <param name="elf">The library's bytes; changed.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <returns>The versions.</returns>
    /// <exception cref="InvalidDataException">It is no 64-bit little-endian ELF file, or it is cut off.</exception>
    internal static IReadOnlyList<string> Weaken(byte[] elf, string name)
    {
        if (!elf.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw new InvalidDataException($"{name} must be a 64-bit little-endian ELF file.");
        try
        {
            var sections = Sections(elf);
            var used = new HashSet<int>();
            foreach (var versions in sections.Where(section => section.Type == VersionSymbols))
                foreach (var section in sections.Where(section => section.Type == Relocations && section.Link == versions.Link))
                    for (var at = section.Start; at < section.Start + section.Size; at += RelocationSize)
                        used.Add(Half(elf, versions.Start + 2 * (int)Word(elf, at + 12)) & 0x7fff);
            var weakened = new List<string>();
            foreach (var section in sections.Where(section => section.Type == VersionWishes))
                foreach (var wish in Wishes(elf, section.Start))
                {
                    if (used.Contains(Half(elf, wish + 6))) continue;
                    BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(wish + 4), (ushort)(Half(elf, wish + 4) | Weak));
                    weakened.Add(Text(elf, sections[section.Link].Start + (int)Word(elf, wish + 8)));
                }
            return weakened;
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException($"{name} is not a whole ELF file.", error);
        }
    }

    private static Section[] Sections(byte[] elf)
    {
        var (table, size, count) = (Offset(elf, 0x28), Half(elf, 0x3A), Half(elf, 0x3C));
        return
        [
            .. from i in Enumerable.Range(0, count)
               let at = table + i * size
               select new Section(Word(elf, at + 4), Offset(elf, at + 24), Offset(elf, at + 32), (int)Word(elf, at + 40)),
        ];
    }

    // A list of libraries, in each a list of versions; every entry says how far the next one is, and 0 at the end.
    private static IEnumerable<int> Wishes(byte[] elf, int library)
    {
        while (true)
        {
            var wish = library + (int)Word(elf, library + 8);
            while (true)
            {
                yield return wish;
                if (Word(elf, wish + 12) is var step && step == 0) break;
                wish += checked((int)step);
            }
            if (Word(elf, library + 12) is var next && next == 0) yield break;
            library += checked((int)next);
        }
    }

    private static ushort Half(byte[] elf, int at) => BinaryPrimitives.ReadUInt16LittleEndian(elf.AsSpan(at));

    private static uint Word(byte[] elf, int at) => BinaryPrimitives.ReadUInt32LittleEndian(elf.AsSpan(at));

    private static int Offset(byte[] elf, int at) => checked((int)BinaryPrimitives.ReadUInt64LittleEndian(elf.AsSpan(at)));

    private static string Text(byte[] elf, int at) => Encoding.ASCII.GetString(elf, at, Array.IndexOf(elf, (byte)0, at) - at);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Section(uint Type, int Start, int Size, int Link);
}
