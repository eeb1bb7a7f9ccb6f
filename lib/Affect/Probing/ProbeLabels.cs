namespace Affect.Probing;

/// <summary>The classes of some clips, and who speaks in them.</summary>
public sealed class ProbeLabels
{
    private const int Parts = 5;

    /// <summary>Labels of clips.</summary>
    /// <param name="values">Each clip's class, from 0.</param>
    /// <param name="classes">How many classes there are; null: as many as occur.</param>
    /// <param name="speakers">Each clip's speaker; null: not known, and then no penalty can be chosen.</param>
    /// <exception cref="ArgumentException">A class is out of range, there are no clips, or the lists differ in length.</exception>
    public ProbeLabels(IReadOnlyList<int> values, int? classes = null, IReadOnlyList<string>? speakers = null)
    {
        Values = Require.NotEmpty(values);
        Classes = classes ?? values.Max() + 1;
        foreach (var value in values) Require.Between(0, Classes - 1, value, nameof(values));
        if (speakers is not null && speakers.Count != values.Count)
            throw new ArgumentException($"speakers must be one per clip, {values.Count}, but are {speakers.Count}.", nameof(speakers));
        Speakers = speakers;
    }

    /// <summary>Each clip's class.</summary>
    public IReadOnlyList<int> Values { get; }

    /// <summary>How many classes there are.</summary>
    public int Classes { get; }

    /// <summary>Each clip's speaker; null: not known.</summary>
    public IReadOnlyList<string>? Speakers { get; }

    /// <summary>The labels of some of the clips.</summary>
    internal ProbeLabels Select(IReadOnlyList<int> clips) =>
        new([.. clips.Select(clip => Values[clip])], Classes, Speakers is null ? null : [.. clips.Select(clip => Speakers[clip])]);

    /// <summary>The classes as a table of 0 and 1, float32.</summary>
    /// <param name="device">Where it is computed with; null: the CPU.</param>
    /// <returns><c>[clips, classes]</c>; the caller's to dispose.</returns>
    public Tensor OneHot(Device? device = null)
    {
        using var scope = NewDisposeScope();
        var labels = tensor(Values.Select(value => (long)value).ToArray(), dtype: int64, device: device);
        return labels.unsqueeze(1).eq(arange(Classes, dtype: int64, device: device).unsqueeze(0)).to(float32).MoveToOuterDisposeScope();
    }

    /// <summary>Deals clips out to at most five parts of about equal size, each speaker's to one.</summary>
    /// <param name="clips">The clips.</param>
    /// <param name="speakerOf">Who speaks in a clip.</param>
    /// <param name="what">Whose clips they are, for the error.</param>
    /// <param name="name">The argument that says so, for the error.</param>
    /// <exception cref="ArgumentException">There is one speaker only.</exception>
    internal static List<int[]> PartsBySpeaker(IEnumerable<int> clips, Func<int, string> speakerOf, string what, string name)
    {
        var speakers = clips.GroupBy(speakerOf, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).ToArray();
        if (speakers.Length < 2)
        {
            throw new ArgumentException(
                $"{what} must have at least 2 speakers to learn from, so that C can be chosen on one it has not heard, but has {speakers.Length}: give one C only, or other folds.", name);
        }
        var parts = Enumerable.Range(0, Math.Min(Parts, speakers.Length)).Select(_ => new List<int>()).ToArray();
        foreach (var speaker in speakers) parts.MinBy(part => part.Count)!.AddRange(speaker);
        return [.. parts.Select(part => part.ToArray())];
    }
}
