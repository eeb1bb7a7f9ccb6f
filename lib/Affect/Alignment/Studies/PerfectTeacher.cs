namespace Affect.Alignment.Studies;

/// <summary>
/// A control, for measuring only: it does not listen at all, but reads from the manifest what the clip truly expresses, as one number a value and a little noise.
/// It shows what alignment could give at best, with a teacher that no network can be.
/// </summary>
public sealed class PerfectTeacher : ITeacher
{
    /// <summary>The column of Mimic's manifest that says what the face expresses.</summary>
    public const string Face = "face_expresses";

    /// <summary>The column of Mimic's manifest that says what the voice expresses: what the best ear could hear.</summary>
    public const string Voice = "voice_expresses";

    private readonly FeatureTable table;

    /// <summary>Reads the manifest.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="column">The column.</param>
    /// <param name="noise">The deviation of what is added to every number.</param>
    /// <param name="seed">The seed of the noise.</param>
    /// <exception cref="ArgumentException">A clip lacks the column, or all have one value.</exception>
    public PerfectTeacher(Corpus corpus, string column = Face, double noise = 0.1, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentException.ThrowIfNullOrEmpty(column);
        Require.AtLeast(0.0, noise);
        if (corpus.Clips.FirstOrDefault(clip => string.IsNullOrEmpty(clip.Extras.GetValueOrDefault(column))) is { } lacking)
        {
            throw new ArgumentException(
                $"corpus must say in the column '{column}' what its clips express, but {corpus.Name} does not for '{lacking.Id}'; the perfect teacher is a control for corpora such as Mimic, whose manifest tells.", nameof(corpus));
        }
        string[] values = [.. corpus.Clips.Select(clip => clip.Extras[column]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (values.Length < 2) throw new ArgumentException($"column '{column}' must have at least 2 values, but all clips of {corpus.Name} have '{values[0]}'.", nameof(column));
        var random = new SeededRandom(seed, "a perfect teacher's noise");
        float[] numbers = [.. corpus.Clips.SelectMany(clip => values.Select(value => (float)((clip.Extras[column] == value ? 1 : 0) + noise * random.Normal())))];
        table = new FeatureTable([.. corpus.Clips.Select(clip => clip.Id)], numbers, layers: 1, values.Length);
        Name = $"perfect teacher, for measuring only ({column})";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool IsControl => true;

    /// <inheritdoc/>
    public bool SeesOnlyTheShare => false;

    /// <inheritdoc/>
    public FeatureTable Teach(Lesson lesson, CancellationToken cancel = default) => table;
}
