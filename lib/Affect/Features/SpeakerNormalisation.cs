namespace Affect.Features;

/// <summary>
/// Brings each speaker's features to mean 0 and deviation 1 over that speaker's clips, so that what differs between people as such is gone and what they do
/// remains.
/// </summary>
/// <remarks>
/// Uses no label, but all clips of a speaker, those to be judged too: it is for corpora that are there as a whole, and needs several clips of everyone. A
/// result with it answers another question than one without (the <em>strict</em> protocol, in which nothing of the person judged has been seen), so both
/// are reported. Per-speaker z-scores are usual in the field (Schuller et al., <em>Cross-corpus acoustic emotion recognition</em>, IEEE Transactions on
/// Affective Computing 1(2), 2010).
/// </remarks>
public static class SpeakerNormalisation
{
    /// <summary>Normalises a table over each speaker's clips in it.</summary>
    /// <param name="table">The features of clips of <paramref name="corpus"/>.</param>
    /// <param name="corpus">Says who speaks.</param>
    /// <exception cref="ArgumentException">The corpus lacks a clip of the table.</exception>
    public static FeatureTable Apply(FeatureTable table, Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new FeatureTable(table.ClipIds, Apply(table.Values, table.Layers * table.Dims, SpeakersOf(table.ClipIds, corpus)), table.Layers, table.Dims) { FirstLayer = table.FirstLayer };
    }

    /// <summary>Normalises rows over each speaker's; a dimension that a speaker never varies becomes 0, and so does everything of a speaker with one row.</summary>
    /// <param name="values"><c>[rows, width]</c>, row-major; left as they are.</param>
    /// <param name="width">How many numbers a row has.</param>
    /// <param name="speakers">Who speaks, one per row.</param>
    /// <returns><c>[rows, width]</c>, row-major.</returns>
    /// <exception cref="ArgumentException">The sizes do not fit, or every speaker has a single row, so that nothing would be left.</exception>
    public static float[] Apply(float[] values, int width, IReadOnlyList<string> speakers)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(speakers);
        Require.AtLeast(1, width);
        if (values.LongLength != (long)speakers.Count * width)
            throw new ArgumentException(FormattableString.Invariant($"values must be [rows, width] = [{speakers.Count}, {width}], one row per speaker given, but are {values.Length} numbers."), nameof(values));
        if (speakers.Count > 0 && Alone(speakers) == speakers.Count)
            throw new ArgumentException(FormattableString.Invariant($"speakers must have several clips to be normalised by, but each of {speakers.Count} has one, and everything would become 0; leave speakers as they are, or say who speaks in several clips."), nameof(speakers));
        var normalised = (float[])values.Clone();
        var (mean, variance) = (new double[width], new double[width]);
        foreach (var rows in Enumerable.Range(0, speakers.Count).GroupBy(row => speakers[row], StringComparer.Ordinal))
        {
            var count = rows.Count();
            Array.Clear(mean);
            Array.Clear(variance);
            var origin = normalised.AsSpan(rows.First() * width, width).ToArray(); // subtracted first: what is constant stays exactly so
            foreach (var row in rows)
                for (var i = 0; i < width; i++) mean[i] += ((double)normalised[row * width + i] - origin[i]) / count;
            foreach (var row in rows)
                for (var i = 0; i < width; i++)
                {
                    var difference = (double)normalised[row * width + i] - origin[i] - mean[i];
                    variance[i] += difference * difference / count;
                }
            foreach (var row in rows)
                for (var i = 0; i < width; i++)
                    normalised[row * width + i] = variance[i] > 0 ? (float)(((double)normalised[row * width + i] - origin[i] - mean[i]) / Math.Sqrt(variance[i])) : 0;
        }
        return normalised;
    }

    /// <summary>How many speakers have a single clip, of which normalising leaves nothing: a number to warn of.</summary>
    /// <param name="speakers">Who speaks, one per clip.</param>
    public static int Alone(IReadOnlyList<string> speakers) => speakers.CountBy(speaker => speaker, StringComparer.Ordinal).Count(entry => entry.Value == 1);

    /// <summary>Who speaks in each of some clips.</summary>
    /// <exception cref="ArgumentException">The corpus lacks one.</exception>
    internal static string[] SpeakersOf(IReadOnlyList<string> clipIds, Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var speakers = corpus.Clips.ToDictionary(clip => clip.Id, clip => clip.Speaker, StringComparer.Ordinal);
        return [.. clipIds.Select(id => speakers.TryGetValue(id, out var speaker)
            ? speaker
            : throw new ArgumentException($"corpus must have every clip that is normalised, but {corpus.Name} has no '{id}'.", nameof(corpus)))];
    }
}
