namespace Affect.Features;

/// <summary>How far an extraction has come.</summary>
internal sealed class ExtractionCount(string task, int clips, int sampleRate, IProgress<WorkProgress>? progress)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly List<ClipFailure> failures = [];
    private int encoded;
    private int found;
    private int told = -1;
    private long samples;

    internal IReadOnlyList<ClipFailure> Failures => failures;

    internal void Encoded(int clipSamples)
    {
        encoded++;
        samples += clipSamples;
    }

    /// <summary>Counts what the store had already and what failed in a window that is done with.</summary>
    internal void Close(WindowClip[] window)
    {
        found += window.Count(clip => !clip.IsMissing);
        failures.AddRange(window.Where(clip => clip is { IsMissing: true, Failure: not null })
            .Select(clip => new ClipFailure(clip.Clip.Id, clip.Clip.AudioPath ?? clip.Clip.VideoPath, clip.Failure!)));
        Tell();
    }

    internal void Tell()
    {
        var done = encoded + found + failures.Count;
        if (done == told) return;
        told = done;
        var rate = samples / (double)sampleRate / Math.Max(clock.Elapsed.TotalSeconds, 1e-3);
        progress?.Report(new WorkProgress(task, done, clips, Resumed: found)
        {
            Detail = FormattableString.Invariant($"{rate:0.#} s of sound/s"),
        });
    }

    internal ExtractionReport ToReport(FeatureStore store) => new()
    {
        Store = store,
        Clips = clips,
        Found = found,
        Encoded = encoded,
        Failures = failures,
        AudioSeconds = samples / (double)sampleRate,
        Elapsed = clock.Elapsed,
    };
}
