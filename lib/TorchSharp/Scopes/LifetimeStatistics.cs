using System.Globalization;

namespace TorchSharp;

/// <summary>The counts of one kind of disposable on one thread.</summary>
public sealed class LifetimeStatistics : ILifetimeStatistics
{
    public long CreatedOutsideScopeCount { get; internal set; }

    public long DisposedOutsideScopeCount { get; internal set; }

    public long CreatedInScopeCount { get; internal set; }

    public long DisposedInScopeCount { get; internal set; }

    public long AttachedToScopeCount { get; internal set; }

    public long DetachedFromScopeCount { get; internal set; }

    public long ThreadTotalLiveCount => CreatedInScopeCount - DisposedInScopeCount + CreatedOutsideScopeCount - DisposedOutsideScopeCount;

    public void Reset() =>
        CreatedOutsideScopeCount = DisposedOutsideScopeCount = CreatedInScopeCount = DisposedInScopeCount = AttachedToScopeCount = DetachedFromScopeCount = 0;

    public override string ToString() => Describe(this);

    internal static string Describe(ILifetimeStatistics counts)
    {
        (string Name, long Count)[] all =
        [
            (nameof(ThreadTotalLiveCount), counts.ThreadTotalLiveCount),
            (nameof(CreatedOutsideScopeCount), counts.CreatedOutsideScopeCount),
            (nameof(DisposedOutsideScopeCount), counts.DisposedOutsideScopeCount),
            (nameof(CreatedInScopeCount), counts.CreatedInScopeCount),
            (nameof(DisposedInScopeCount), counts.DisposedInScopeCount),
            (nameof(AttachedToScopeCount), counts.AttachedToScopeCount),
            (nameof(DetachedFromScopeCount), counts.DetachedFromScopeCount),
        ];
        return string.Join("; ", all.Select(static entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Name}: {entry.Count}")));
    }
}
