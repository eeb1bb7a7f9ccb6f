namespace TorchSharp;

/// <summary>How many disposables a thread has made, disposed and moved, and how many of them live.</summary>
public interface ILifetimeStatistics
{
    long CreatedOutsideScopeCount { get; }

    long DisposedOutsideScopeCount { get; }

    long CreatedInScopeCount { get; }

    long DisposedInScopeCount { get; }

    /// <summary>Made outside scopes and attached to one later.</summary>
    long AttachedToScopeCount { get; }

    long DetachedFromScopeCount { get; }

    /// <summary>Everything created less everything disposed, on this thread. What the garbage collector frees is not counted as disposed.</summary>
    long ThreadTotalLiveCount { get; }

    void Reset();
}
