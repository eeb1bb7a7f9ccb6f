namespace Affect.Text.Unicode;

/// <summary>Unicode's canonical forms: characters taken apart (NFD) and put together (NFC).</summary>
/// <remarks>
/// Unicode Standard, section 3.11. The runtime's own <c>Normalize</c> changes nothing in invariant globalisation (.NET 10 too), in which the
/// laboratory runs, and a tokenizer must give the same ids on every machine.
/// </remarks>
internal static class CanonicalForm
{
    // Hangul syllables are computed: Unicode Standard, section 3.12.
    private const int Syllables = 0xAC00;
    private const int Leads = 0x1100;
    private const int Vowels = 0x1161;
    private const int Tails = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;
    private const int SyllableCount = LeadCount * VowelCount * TailCount;

    /// <summary>Each character taken apart as far as it goes, marks in canonical order (NFD).</summary>
    internal static string Decompose(string text) => Ascii.IsValid(text) ? text : string.Concat(Parts(text).Select(char.ConvertFromUtf32));

    /// <summary>Taken apart, then put together as far as it goes (NFC).</summary>
    internal static string Compose(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var codes = Parts(text);
        var (kept, starter, lastClass) = (0, -1, 0); // starter: where the last letter stands, which a mark may join
        foreach (var code in codes.ToArray())
        {
            var rank = CanonicalTable.Class(code);
            // A mark joins unless one of its own class stands between; a letter joins only its neighbour.
            if (starter >= 0 && (lastClass < rank || lastClass == 0) && Pair(codes[starter], code) is { } whole)
            {
                codes[starter] = whole;
                continue;
            }
            if (rank == 0) starter = kept;
            lastClass = rank;
            codes[kept++] = code;
        }
        return string.Concat(codes.Take(kept).Select(char.ConvertFromUtf32));
    }

    private static List<int> Parts(string text)
    {
        var codes = new List<int>(text.Length + 8);
        foreach (var rune in text.EnumerateRunes()) Append(rune.Value, codes);
        Order(codes);
        return codes;
    }

    private static void Append(int code, List<int> codes)
    {
        var syllable = code - Syllables;
        if (syllable is >= 0 and < SyllableCount)
        {
            codes.Add(Leads + (syllable / (VowelCount * TailCount)));
            codes.Add(Vowels + (syllable % (VowelCount * TailCount) / TailCount));
            if (syllable % TailCount != 0) codes.Add(Tails + (syllable % TailCount));
        }
        else if (CanonicalTable.Parts(code) is { } parts) Array.ForEach(parts, part => Append(part, codes));
        else codes.Add(code);
    }

    // Marks between two letters by class, those of one class as they came.
    private static void Order(List<int> codes)
    {
        for (var i = 1; i < codes.Count; i++)
        {
            var (code, rank) = (codes[i], CanonicalTable.Class(codes[i]));
            var at = i;
            for (; rank > 0 && at > 0 && CanonicalTable.Class(codes[at - 1]) > rank; at--) codes[at] = codes[at - 1];
            codes[at] = code;
        }
    }

    private static int? Pair(int first, int second)
    {
        if (first - Leads is >= 0 and < LeadCount && second - Vowels is >= 0 and < VowelCount)
            return Syllables + ((((first - Leads) * VowelCount) + second - Vowels) * TailCount);
        if (first - Syllables is >= 0 and < SyllableCount && (first - Syllables) % TailCount == 0 && second - Tails is > 0 and < TailCount)
            return first + second - Tails;
        return CanonicalTable.Whole(first, second);
    }
}
