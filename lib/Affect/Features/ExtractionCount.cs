namespace Affect.Features;

/// <summary>How far an extraction has come.</summary>
internal sealed class ExtractionCount(FeatureStore store, string task, int clips, IProgress<WorkProgress>? progress)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly List<ClipFailure> failures = [];
    private int encoded;
    private int found;
    private int told = -1;
    private long length;

    internal IReadOnlyList<ClipFailure> Failures => failures;

    internal void Encoded(long clipLength)
    {
        encoded++;
        length += clipLength;
    }

    /// <summary>Counts what the store had already and what failed in a window that is done with.</summary>
    internal void Close(int foundBefore, IEnumerable<(Clip Clip, string Reason)> failed)
    {
        found += foundBefore;
        failures.AddRange(failed.Select(failure => new ClipFailure(failure.Clip.Id, store.MediaOf(failure.Clip), failure.Reason)));
        Tell();
    }

    internal void Tell()
    {
        var done = encoded + found + failures.Count;
        if (done == told) return;
        told = done;
        var report = ToReport();
        var (amount, unit) = store.Recipe.Part switch
        {
            ClipPart.Sound => (report.AudioSeconds, "s of sound"),
            ClipPart.Pictures => (length, "pictures"),
            _ => ((double)length, "texts"),
        };
        progress?.Report(new WorkProgress(task, done, clips, Resumed: found)
        {
            Detail = FormattableString.Invariant($"{amount / Math.Max(report.Elapsed.TotalSeconds, 1e-3):0.#} {unit}/s"),
        });
    }

    internal ExtractionReport ToReport() => new()
    {
        Store = store,
        Clips = clips,
        Found = found,
        Encoded = encoded,
        Length = length,
        Failures = failures,
        Elapsed = clock.Elapsed,
    };
}
