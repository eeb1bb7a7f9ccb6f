namespace Affect.Adapters.Cache;

/// <summary>The sound of some clips, decoded when it is asked for; clips that cannot be read are left out and listed.</summary>
public sealed class ClipSounds
{
    private readonly IMediaReader media;
    private readonly int sampleRate;

    private ClipSounds(IMediaReader media, int sampleRate, IReadOnlyList<Clip> clips, IReadOnlyList<int> samples, IReadOnlyList<string> hashes, IReadOnlyList<ClipFailure> failures) =>
        (this.media, this.sampleRate, Clips, Samples, Hashes, Failures) = (media, sampleRate, clips, samples, hashes, failures);

    /// <summary>The clips that can be read.</summary>
    public IReadOnlyList<Clip> Clips { get; }

    /// <summary>How long each is, in samples.</summary>
    public IReadOnlyList<int> Samples { get; }

    /// <summary>The SHA-256 of each waveform's numbers: what results about a clip are known by.</summary>
    public IReadOnlyList<string> Hashes { get; }

    /// <summary>The clips that cannot be read, with the reason.</summary>
    public IReadOnlyList<ClipFailure> Failures { get; }

    /// <summary>Listens to every clip once, to learn which can be read and how long they are.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="media">Decodes them; one that remembers (<see cref="RememberingReader"/>) spares decoding them twice.</param>
    /// <param name="encoder">Says the rate and how long a clip must be at least.</param>
    /// <param name="progress">Receives progress after every clip; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    public static ClipSounds Open(
        IReadOnlyList<Clip> clips, IMediaReader media, IEncoder encoder, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(clips);
        ArgumentNullException.ThrowIfNull(media);
        ArgumentNullException.ThrowIfNull(encoder);
        var lengths = new int[clips.Count];
        var hashes = new string[clips.Count];
        var reasons = new string?[clips.Count];
        var (rate, least) = (encoder.SampleRate, encoder.MinimumSamples);
        var counter = new WorkCounter(progress, "Listening", clips.Count);
        Parallel.For(0, clips.Count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancel }, index =>
        {
            try
            {
                var waveform = media.DecodeAudio(clips[index].MediaPath, rate, cancel);
                lengths[index] = waveform.Length;
                hashes[index] = Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(waveform.AsSpan())));
                if (lengths[index] < least) reasons[index] = FormattableString.Invariant($"The clip has {lengths[index]} samples, but {encoder.Name} needs at least {least}.");
            }
            catch (Exception error) when (error is MediaException or IOException or InvalidOperationException)
            {
                reasons[index] = error.Message;
            }
            counter.Add();
        });
        var good = Enumerable.Range(0, clips.Count).Where(index => reasons[index] is null).ToArray();
        return new ClipSounds(
            media, rate, [.. good.Select(index => clips[index])], [.. good.Select(index => lengths[index])], [.. good.Select(index => hashes[index])],
            [.. Enumerable.Range(0, clips.Count).Where(index => reasons[index] is not null).Select(index => new ClipFailure(clips[index].Id, clips[index].AudioPath ?? clips[index].VideoPath, reasons[index]!))]);
    }

    /// <summary>One clip's waveform.</summary>
    /// <returns><c>[samples]</c>; not to be written to.</returns>
    public float[] Waveform(int clip) => media.DecodeAudio(Clips[clip].MediaPath, sampleRate);
}
