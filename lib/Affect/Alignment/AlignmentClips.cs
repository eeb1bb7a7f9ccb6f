namespace Affect.Alignment;

/// <summary>Clips with their pictures' frames and their frozen sound, row by row, the sound standardised; with what makes them each other's negatives.</summary>
public sealed class AlignmentClips : IDisposable
{
    private readonly Tensor acoustic; // [clips, dims], standardised
    private readonly IReadOnlyList<long> sources;

    /// <summary>Brings pictures and sounds together by the clips' names; clips that lack either are left out.</summary>
    /// <param name="corpus">The clips, in the order that they will have.</param>
    /// <param name="visual">Frames.</param>
    /// <param name="acousticIds">The clips of <paramref name="acousticStates"/>.</param>
    /// <param name="acousticStates"><c>[clips, dims]</c>, one frozen state per clip, from whatever encoder; copied.</param>
    /// <param name="config">What a source is, and whether speakers are centred.</param>
    /// <param name="standardisedBy">The clips that means and deviations of the sounds are taken from, as those that are learned from; null: all.</param>
    /// <exception cref="ArgumentException">No clip has both, the sizes do not fit, or a speaker that is to be centred has one clip only.</exception>
    public AlignmentClips(
        Corpus corpus, SequenceTable visual, IReadOnlyList<string> acousticIds, Tensor acousticStates, AlignmentConfig config, Func<Clip, bool>? standardisedBy = null)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentNullException.ThrowIfNull(visual);
        ArgumentNullException.ThrowIfNull(acousticIds);
        ArgumentNullException.ThrowIfNull(config);
        acousticStates.Shape([acousticIds.Count, -1], "[clips, dims]");
        var (seen, heard) = (Places(visual.ClipIds), Places(acousticIds));
        Clips = [.. corpus.Clips.Where(clip => seen.ContainsKey(clip.Id) && heard.ContainsKey(clip.Id))];
        if (Clips.Count < 2) throw new ArgumentException($"corpus must have at least 2 clips with both pictures and sound, but {corpus.Name} has {Clips.Count}.", nameof(corpus));
        Visual = visual.Select([.. Clips.Select(clip => seen[clip.Id])]);
        sources = Alignment.Sources.Of(Clips, config.Source);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var states = acousticStates.detach().cpu().to(ScalarType.Float32).index_select(0, Index([.. Clips.Select(clip => heard[clip.Id])]));
        if (config.CentresSpeakers) states = Centred(states);
        Space = TeacherSpace.Of(standardisedBy is null ? states : states.index_select(0, Index(Where(standardisedBy))));
        acoustic = Space.Place(states).DetachFromDisposeScope();
    }

    /// <summary>The clips.</summary>
    public IReadOnlyList<Clip> Clips { get; }

    /// <summary>Their frames.</summary>
    public SequenceTable Visual { get; }

    /// <summary>The standardisation of their sounds.</summary>
    public TeacherSpace Space { get; }

    /// <summary>How many numbers a sound has.</summary>
    public int AcousticDims => (int)acoustic.shape[1];

    /// <summary>The clips of which a condition holds, as positions.</summary>
    public IReadOnlyList<int> Where(Func<Clip, bool> condition) => [.. Enumerable.Range(0, Clips.Count).Where(clip => condition(Clips[clip]))];

    /// <summary>The sounds of some clips.</summary>
    /// <returns><c>[clips, dims]</c></returns>
    public Tensor Acoustic(IReadOnlyList<int> clips)
    {
        using var scope = NewDisposeScope();
        return acoustic.index_select(0, Index(clips)).MoveToOuterDisposeScope();
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        acoustic.Dispose();
        Space.Dispose();
    }

    internal Tensor Sources(IReadOnlyList<int> clips) => tensor(clips.Select(clip => sources[clip]).ToArray(), dtype: ScalarType.Int64);

    /// <summary>What the clips hold, as a short text: other frames or sounds make another recipe.</summary>
    internal string Describe()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var clip = 0; clip < Clips.Count; clip++)
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(Clips[clip].Id));
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(Visual.Sequence(clip)));
        }
        hash.AppendData(acoustic.bytes);
        return $"{Clips.Count} clips {Convert.ToHexStringLower(hash.GetHashAndReset())[..16]}";
    }

    private Tensor Centred(Tensor states)
    {
        var centred = states.clone();
        foreach (var speaker in Enumerable.Range(0, Clips.Count).GroupBy(clip => Clips[clip].Speaker, StringComparer.Ordinal))
        {
            if (!speaker.Skip(1).Any())
                throw new ArgumentException($"Speakers can be centred only where each has several clips, but '{speaker.Key}' has one; leave CentresSpeakers off.", nameof(states));
            var rows = Index([.. speaker]);
            var own = states.index_select(0, rows);
            centred = centred.index_copy(0, rows, own - own.mean(new long[] { 0 }, keepdim: true));
        }
        return centred;
    }

    private static Tensor Index(IReadOnlyList<int> clips) => tensor(clips.Select(clip => (long)clip).ToArray(), dtype: ScalarType.Int64);

    private static Dictionary<string, int> Places(IReadOnlyList<string> ids) =>
        ids.Index().ToDictionary(item => item.Item, item => item.Index, StringComparer.Ordinal);
}
