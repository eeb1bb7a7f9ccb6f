namespace Affect.Checkpoints;

/// <summary>Patterns of names in which <c>*</c> stands for any run of characters.</summary>
internal static class NamePattern
{
    /// <summary>What each star stands for (the shortest run that fits), or null if the name does not fit.</summary>
    internal static IReadOnlyList<string>? Match(string pattern, string name)
    {
        var literals = pattern.Split('*');
        if (literals.Length == 1) return pattern == name ? [] : null;
        if (!name.StartsWith(literals[0], StringComparison.Ordinal)) return null;
        var runs = new List<string>(literals.Length - 1);
        var at = literals[0].Length;
        for (var i = 1; i < literals.Length; i++)
        {
            // The last literal must end the name; one before it is taken where it first occurs.
            var next = i == literals.Length - 1 ? name.Length - literals[i].Length : name.IndexOf(literals[i], at, StringComparison.Ordinal);
            if (next < at || !name.AsSpan(next).StartsWith(literals[i], StringComparison.Ordinal)) return null;
            runs.Add(name[at..next]);
            at = next + literals[i].Length;
        }
        return runs;
    }

    /// <summary>Puts the runs in the places of the stars.</summary>
    internal static string Fill(string pattern, IReadOnlyList<string> runs)
    {
        var literals = pattern.Split('*');
        return string.Concat(literals.Select((literal, i) => i == 0 ? literal : runs[i - 1] + literal));
    }
}
