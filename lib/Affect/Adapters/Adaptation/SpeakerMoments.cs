namespace Affect.Adapters.Adaptation;

/// <summary>
/// The mean and the deviation over time of what a frozen encoder gives of each speaker, state by state: with them a speaker's frames are brought to mean 0 and
/// deviation 1, so that what a voice is as such is gone before a head reads them. Uses no label, but all clips of a speaker, those to be judged too.
/// </summary>
/// <remarks>
/// Normalising features over a speaker's recordings is old (cepstral mean and variance normalisation by speaker); that states of a speech network are taken
/// so, and by the frozen network's moments where layers are adapted, is ours.
/// </remarks>
public sealed class SpeakerMoments : IDisposable
{
    private const string FileName = "speakers.safetensors";
    private const double Least = 1e-5;

    private readonly Dictionary<string, int> rows;
    private readonly Tensor mean;    // [speakers + 1, states, hidden]; the last row is an average speaker's
    private readonly Tensor inverse; // the same: one over the deviation

    private SpeakerMoments(IReadOnlyList<string> speakers, Tensor mean, Tensor inverse)
    {
        rows = speakers.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
        (this.mean, this.inverse) = (mean, inverse);
    }

    /// <summary>How many states are normalised.</summary>
    public int States => (int)mean.shape[1];

    /// <summary>Measures every speaker's frames.</summary>
    /// <param name="encoder">The encoder, without adapters.</param>
    /// <param name="prefix">Its lower layers, kept at or below <paramref name="firstState"/>.</param>
    /// <param name="sounds">The clips that they are of.</param>
    /// <param name="firstState">The first state that is measured; the last is the encoder's last.</param>
    /// <param name="progress">Receives progress after every few clips; may be null.</param>
    /// <param name="cancel">Ends the work.</param>
    internal static SpeakerMoments Of(ISpeechTransformer encoder, LayerCache prefix, ClipSounds sounds, int firstState, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var (states, hidden) = (encoder.Layers - firstState + 1, encoder.HiddenSize);
        var sums = new double[sounds.Clips.Count][];
        var batches = Enumerable.Range(0, sounds.Clips.Count).OrderBy(clip => prefix.Frames[clip]).Chunk(8).ToArray();
        var counter = new WorkCounter(progress, "Measuring each speaker", sounds.Clips.Count);
        Workers.Run(batches.Length, encoder.Device, index =>
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var padded = prefix.Batch(batches[index]);
            IReadOnlyList<Tensor> all = prefix.Layer is { } layer
                ? [.. Enumerable.Repeat(padded.States, layer), .. encoder.FromState(padded.States, layer, padded.Padding)]
                : encoder.FromFeatures(padded.States, padded.Padding);
            foreach (var (row, clip) in batches[index].Index())
            {
                var own = sums[clip] = new double[2 * states * hidden];
                for (var state = 0; state < states; state++)
                {
                    var frames = all[firstState + state][row].narrow(0, 0, prefix.Frames[clip]).to(ScalarType.Float64);
                    frames.sum(new long[] { 0 }).cpu().data<double>().ToArray().CopyTo(own.AsSpan(state * hidden));
                    frames.square().sum(new long[] { 0 }).cpu().data<double>().ToArray().CopyTo(own.AsSpan((states + state) * hidden));
                }
            }
            counter.Add(batches[index].Length);
        });
        string[] speakers = [.. sounds.Clips.Select(clip => clip.Speaker).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var width = states * hidden;
        var (means, inverses) = (new float[(speakers.Length + 1) * width], new float[(speakers.Length + 1) * width]);
        var (averageMean, averageDeviation) = (new double[width], new double[width]);
        foreach (var (row, speaker) in speakers.Index())
        {
            // Clip after clip: the same sums whichever thread came first.
            int[] clips = [.. Enumerable.Range(0, sounds.Clips.Count).Where(clip => sounds.Clips[clip].Speaker == speaker)];
            var frames = clips.Sum(clip => (double)prefix.Frames[clip]);
            for (var i = 0; i < width; i++)
            {
                var centre = clips.Sum(clip => sums[clip][i]) / frames;
                var deviation = Math.Sqrt(Math.Max(0, (clips.Sum(clip => sums[clip][width + i]) / frames) - (centre * centre)) + Least);
                (means[(row * width) + i], inverses[(row * width) + i]) = ((float)centre, (float)(1 / deviation));
                averageMean[i] += centre / speakers.Length;
                averageDeviation[i] += deviation / speakers.Length;
            }
        }
        for (var i = 0; i < width; i++) (means[(speakers.Length * width) + i], inverses[(speakers.Length * width) + i]) = ((float)averageMean[i], (float)(1 / averageDeviation[i]));
        var device = encoder.Device;
        long[] shape = [speakers.Length + 1, states, hidden];
        return new SpeakerMoments(speakers, tensor(means, shape, device: device).DetachFromDisposeScope(), tensor(inverses, shape, device: device).DetachFromDisposeScope());
    }

    /// <summary>The frames of some clips, each brought to its speaker's measure.</summary>
    /// <param name="states">As many as <see cref="States"/>, each <c>[batch, frames, hidden]</c>.</param>
    /// <param name="speakers">Who speaks, one per clip of the batch; null, or someone who was not measured, is taken for an average speaker.</param>
    /// <returns>The same shapes.</returns>
    /// <exception cref="ArgumentException">The counts do not fit.</exception>
    public IReadOnlyList<Tensor> Apply(IReadOnlyList<Tensor> states, IReadOnlyList<string?> speakers)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(speakers);
        if (states.Count != States) throw new ArgumentException($"states must be {States}, those that speakers were measured in, but are {states.Count}.", nameof(states));
        using var scope = NewDisposeScope();
        var average = mean.shape[0] - 1;
        var places = tensor([.. speakers.Select(speaker => speaker is not null && rows.TryGetValue(speaker, out var row) ? row : average)], dtype: ScalarType.Int64, device: mean.device);
        var (centre, scale) = (mean.index_select(0, places), inverse.index_select(0, places)); // [batch, states, hidden]
        return [.. states.Select((state, index) => ((state - centre.select(1, index).unsqueeze(1)) * scale.select(1, index).unsqueeze(1)).MoveToOuterDisposeScope())];
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        mean.Dispose();
        inverse.Dispose();
    }

    internal SpeakerMoments Copy() =>
        new([.. rows.OrderBy(pair => pair.Value).Select(pair => pair.Key)], mean.clone().DetachFromDisposeScope(), inverse.clone().DetachFromDisposeScope());

    /// <summary>Writes the average speaker's moments: what is right for clips of people who were not there.</summary>
    internal void Save(string folder)
    {
        using var scope = NewDisposeScope();
        var last = mean.shape[0] - 1;
        SafetensorsWriter.Write(Path.Combine(folder, FileName), new Dictionary<string, Tensor>
        {
            ["mean"] = mean.narrow(0, last, 1).contiguous().cpu(),
            ["inverse_deviation"] = inverse.narrow(0, last, 1).contiguous().cpu(),
        });
    }

    internal static SpeakerMoments Load(string folder, int states, int hidden)
    {
        using var file = SafetensorsFile.Open(Path.Combine(folder, FileName));
        return new SpeakerMoments([], Read("mean"), Read("inverse_deviation"));

        Tensor Read(string name) => file.Entries.TryGetValue(name, out var entry) && entry.Shape.SequenceEqual([1, states, hidden])
            ? file.Read(name).DetachFromDisposeScope()
            : throw new FormatException($"{file.Path} must hold '{name}' as [1, {states}, {hidden}], but does not.");
    }
}
