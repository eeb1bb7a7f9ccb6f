namespace Affect.Features;

/// <summary><c>failures.csv</c> of a store: the clips that gave no features, and why; there only while there are any.</summary>
public static class FailureList
{
    private static readonly string[] Header = ["clip", "media", "reason"];

    /// <summary>Where a run writes its failures.</summary>
    /// <param name="store">The store.</param>
    /// <param name="shard">The part of the corpus that the run did.</param>
    public static string PathOf(FeatureStore store, Shard shard)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(shard);
        return PathOf(store.Folder, shard);
    }

    internal static string PathOf(string folder, Shard shard) =>
        Path.Combine(folder, shard.Count == 1 ? "failures.csv" : FormattableString.Invariant($"failures-{shard.Index}-of-{shard.Count}.csv"));

    internal static void Write(FeatureStore store, Shard shard, IReadOnlyList<ClipFailure> failures) => Write(PathOf(store, shard), failures);

    internal static void Write(string path, IReadOnlyList<ClipFailure> failures)
    {
        if (failures.Count == 0) File.Delete(path);
        else CsvTable.Write(path, Header, failures.Select(failure => new[] { failure.ClipId, failure.MediaPath ?? "", failure.Reason }));
    }
}
