namespace Affect.Features;

/// <summary>Decodes a window of clips, several at a time.</summary>
internal sealed class WindowDecoder(IMediaReader media, IEncoder encoder, FeatureStore store, IReadOnlySet<string> stored, int workers)
{
    /// <summary>
    /// Decodes all of a window when the store lacks one of its clips, since every batch is formed anew as it was; nothing of a window that needs no work.
    /// </summary>
    /// <param name="clips">The window's clips.</param>
    /// <param name="ct">Ends the work; decoders at work are stopped.</param>
    /// <returns>One per clip, in the same order.</returns>
    internal WindowClip[] Decode(IReadOnlyList<Clip> clips, CancellationToken ct)
    {
        var window = clips.Select(clip => new WindowClip(clip)).ToArray();
        ForEach(window, clip => Identify(clip, ct), ct);
        ForEach(window.Where(clip => clip.IsMissing), clip => Listen(clip, ct), ct);
        // Where all that is missing cannot be had, as after a run that ended with failures, there is nothing to encode again.
        if (window.Any(clip => clip is { IsMissing: true, Failure: null })) ForEach(window.Where(clip => !clip.IsMissing), clip => Listen(clip, ct), ct);
        return window;
    }

    private void ForEach(IEnumerable<WindowClip> window, Action<WindowClip> work, CancellationToken ct)
    {
        try
        {
            Parallel.ForEach(window.Where(clip => clip.Failure is null), new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = ct }, work);
        }
        catch (AggregateException errors)
        {
            ct.ThrowIfCancellationRequested();
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }

    private void Identify(WindowClip clip, CancellationToken ct) => Try(clip, path =>
    {
        clip.MediaHash = store.Hashes.Of(path, ct);
        clip.IsMissing = !stored.Contains(StoredClip.KeyOf(clip.Clip.Id, clip.MediaHash));
    });

    private void Listen(WindowClip clip, CancellationToken ct) => Try(clip, path =>
    {
        var waveform = media.DecodeAudio(path, encoder.SampleRate, ct);
        if (waveform.Length < Math.Max(1, encoder.MinimumSamples))
        {
            clip.Failure = FormattableString.Invariant(
                $"{path} holds {waveform.Length} samples of sound ({1000.0 * waveform.Length / encoder.SampleRate:0.#} ms), but {encoder.Name} needs at least {encoder.MinimumSamples} ({1000.0 * encoder.MinimumSamples / encoder.SampleRate:0.#} ms).");
            return;
        }
        // Every reader's word is taken for the samples but this: one such sample makes all of the clip's features so, and the encoder would be blamed.
        if (SoundFault.FirstNotFinite(waveform) is { } bad)
        {
            clip.Failure = SoundFault.NotFinite(path, bad, waveform[bad], encoder.SampleRate).Message;
            return;
        }
        clip.Waveform = waveform;
    });

    // What a file can do wrong is told of its clip, and the others go on. Anything else, such as a missing ffmpeg, ends the run.
    private static void Try(WindowClip clip, Action<string> work)
    {
        if ((clip.Clip.AudioPath ?? clip.Clip.VideoPath) is not { } path)
        {
            clip.Failure = "The clip names neither a sound file nor a video.";
            return;
        }
        try
        {
            work(path);
        }
        catch (Exception error) when (error is MediaException or UnauthorizedAccessException || (error is IOException and not FileNotFoundException))
        {
            clip.Failure = error.Message;
        }
    }
}
