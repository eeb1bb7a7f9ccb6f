namespace Affect.Fusion;

/// <summary>Some of a fusion's modalities.</summary>
/// <param name="Names">The names of those that are left, in the fusion's order.</param>
/// <param name="IsPresent">For each of the fusion's modalities, whether it is left.</param>
public sealed record ModalitySubset(IReadOnlyList<string> Names, IReadOnlyList<bool> IsPresent)
{
    /// <summary>The names with + between them.</summary>
    public override string ToString() => string.Join(" + ", Names);

    /// <summary>All 2^M − 1 subsets that are not empty: single ones first, then pairs, and so on.</summary>
    /// <param name="names">The modalities, in the fusion's order.</param>
    public static IReadOnlyList<ModalitySubset> All(IReadOnlyList<string> names)
    {
        Require.NotEmpty(names);
        Require.Between(1, 16, names.Count, nameof(names));
        return
        [
            .. Enumerable.Range(1, (1 << names.Count) - 1)
                .Select(bits => names.Select((_, m) => (bits >> m & 1) == 1).ToArray())
                .OrderBy(present => present.Count(there => there))
                .ThenBy(present => present.Aggregate(0, (order, there) => (order * 2) + (there ? 0 : 1)))
                .Select(present => new ModalitySubset([.. names.Where((_, m) => present[m])], present)),
        ];
    }
}
