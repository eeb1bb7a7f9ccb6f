namespace Affect;

public sealed partial class Laboratory
{
    /// <summary>Finds an encoder of pictures by its name.</summary>
    /// <param name="name">As <see cref="VisualChoice.Help"/> says.</param>
    /// <param name="seed">Seed of random weights.</param>
    /// <exception cref="ArgumentException">There is none of this name.</exception>
    public VisualChoice FindVisual(string name, int seed = 1) => VisualChoice.Parse(name, seed, Checkpoints);

    /// <summary>The pictures of a corpus's clips as an encoder sees them, one vector a picture; what an earlier run finished is taken from the cache.</summary>
    /// <param name="corpus">The clips, of any part; those that cannot be read are left out.</param>
    /// <param name="encoder">As <see cref="VisualChoice.Help"/> says.</param>
    /// <param name="config">Which pictures, and which of the encoder's outputs; null: five a second, its feature.</param>
    /// <param name="seed">Seed of random weights.</param>
    /// <param name="cancel">Ends the work; finished clips are kept.</param>
    /// <exception cref="ArgumentException">There is no encoder of this name, or no clip can be read.</exception>
    public SequenceTable Look(Corpus corpus, string encoder, FrameExtractorConfig? config = null, int seed = 1, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        using var opened = FindVisual(encoder, seed).Open();
        return Look(corpus, opened, config, cancel);
    }

    /// <inheritdoc cref="Look(Corpus, string, FrameExtractorConfig?, int, CancellationToken)"/>
    public SequenceTable Look(Corpus corpus, IVisualEncoder encoder, FrameExtractorConfig? config = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var report = Extractor.Of(encoder, new Ffmpeg(), config).Run(corpus, Path.Combine(Cache, "features"), Progress, cancel);
        if (report.Failures.Count == corpus.Clips.Count)
            throw new ArgumentException($"corpus must have clips with pictures, but none of {corpus.Name}'s {corpus.Clips.Count} can be read; the first: {report.Failures[0].ClipId}: {report.Failures[0].Reason}", nameof(corpus));
        return report.Store.ReadFrames(corpus, cancel).Table;
    }

    /// <summary>All clips of a corpus, of every part, as an encoder hears them; what an earlier run finished is taken from the cache.</summary>
    /// <param name="corpus">The clips; those that cannot be read are left out.</param>
    /// <param name="encoder">As <see cref="EncoderChoice.Help"/> says.</param>
    /// <param name="pooling">How frames become one vector; null: as the encoder is mostly pooled.</param>
    /// <param name="seed">Seed of random weights.</param>
    /// <param name="cancel">Ends the work; finished clips are kept.</param>
    /// <returns><c>[clips, layers, dims]</c></returns>
    /// <exception cref="ArgumentException">There is no encoder of this name, or no clip can be read.</exception>
    public FeatureTable Hear(Corpus corpus, string encoder, Pooling? pooling = null, int seed = 1, CancellationToken cancel = default)
    {
        var choice = Find(encoder, seed);
        using var opened = choice.Open();
        return Hear(corpus, opened, pooling ?? choice.Pooling, cancel);
    }

    /// <inheritdoc cref="Hear(Corpus, string, Pooling?, int, CancellationToken)"/>
    public FeatureTable Hear(Corpus corpus, IEncoder encoder, Pooling pooling = Pooling.Mean, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        // The means are the first half of means and deviations: whoever asks for either finds what the other has encoded.
        var report = Extractor.Of(encoder, media, new ExtractorConfig { Pooling = Pooling.MeanAndDeviation }).Run(corpus, Path.Combine(Cache, "features"), Progress, cancel);
        if (report.Failures.Count == corpus.Clips.Count)
            throw new ArgumentException($"corpus must have clips that can be read, but none of {corpus.Name}'s {corpus.Clips.Count} can; the first: {report.Failures[0].ClipId}: {report.Failures[0].Reason}", nameof(corpus));
        var table = report.Store.Read(corpus, cancel).Table;
        return pooling == Pooling.Mean ? table.FirstDims(table.Dims / 2) : table;
    }
}
