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

    internal static string Describe(ILifetimeStatistics counts) => string.Create(
        CultureInfo.InvariantCulture,
        $"ThreadTotalLiveCount: {counts.ThreadTotalLiveCount}; CreatedOutsideScopeCount: {counts.CreatedOutsideScopeCount}; DisposedOutsideScopeCount: {counts.DisposedOutsideScopeCount}; CreatedInScopeCount: {counts.CreatedInScopeCount}; DisposedInScopeCount: {counts.DisposedInScopeCount}; AttachedToScopeCount: {counts.AttachedToScopeCount}; DetachedFromScopeCount: {counts.DetachedFromScopeCount}");
}
