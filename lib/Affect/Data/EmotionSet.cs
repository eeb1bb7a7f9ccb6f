namespace Affect.Data;

/// <summary>The emotions of a corpus in the order of their class numbers.</summary>
/// <remarks>
/// A name is one name however its letters are composed, with or without characters that cannot be seen, whatever its spaces and the width of its letters.
/// Capitals count: names that differ in them alone are refused.
/// </remarks>
public sealed class EmotionSet : IReadOnlyList<string>, IEquatable<EmotionSet>
{
    private readonly string[] names;
    private readonly Dictionary<string, int> indices = new(StringComparer.Ordinal); // by NameForm.OfLabel

    /// <summary>Names the classes 0, 1, 2 ...</summary>
    /// <exception cref="ArgumentException">There is no name, an empty one, or one twice (capitals do not make a difference).</exception>
    public EmotionSet(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] written = [.. names];
        this.names = [.. written.Select(name => name is null ? "" : NameForm.Clean(name))];
        if (this.names.Length == 0) throw new ArgumentException("names must hold at least one emotion, but is empty.", nameof(names));
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, form) in this.names.Zip(written))
        {
            if (name.Length == 0) throw new ArgumentException("names must not hold an empty name.", nameof(names));
            if (!seen.TryAdd(NameForm.OfPerson(name), form))
                throw new ArgumentException($"names must differ, but holds '{NameForm.Visible(seen[NameForm.OfPerson(name)])}' and '{NameForm.Visible(form)}'.", nameof(names));
            indices.Add(NameForm.OfLabel(name), indices.Count);
        }
    }

    /// <summary>The six classes of MER2023 to MER2025 in their official order: neutral, angry, happy, sad, worried, surprise.</summary>
    /// <remarks>Lian et al., <em>MER 2024</em>, arXiv:2404.17113.</remarks>
    public static EmotionSet Mer2024 { get; } = new(["neutral", "angry", "happy", "sad", "worried", "surprise"]);

    /// <summary>How many classes there are.</summary>
    public int Count => names.Length;

    /// <summary>The name of a class.</summary>
    public string this[int index] => names[index];

    /// <summary>The set of the labels found in a corpus: <see cref="Mer2024"/> where they are exactly its six, otherwise sorted.</summary>
    /// <param name="labels">Labels in any order, any number of times.</param>
    /// <exception cref="ArgumentException">There is no label, or two differ in capitals only.</exception>
    public static EmotionSet Of(IEnumerable<string> labels)
    {
        string[] distinct = [.. labels.GroupBy(NameForm.OfLabel, StringComparer.Ordinal).Select(forms => Spellings.Count(forms.Select(NameForm.Clean))[0].Name).Order(StringComparer.Ordinal)];
        return distinct.Length == Mer2024.Count && distinct.All(Mer2024.Contains) ? Mer2024 : new EmotionSet(distinct);
    }

    /// <summary>The class number of an emotion, or −1 where the set does not hold it.</summary>
    public int IndexOf(string? emotion) => emotion is not null && indices.TryGetValue(NameForm.OfLabel(emotion), out var index) ? index : -1;

    /// <summary>Whether the set holds an emotion of this name, capitals included.</summary>
    public bool Contains(string emotion) => IndexOf(emotion) >= 0;

    /// <inheritdoc/>
    public bool Equals(EmotionSet? other) => other is not null && names.AsSpan().SequenceEqual(other.names);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as EmotionSet);

    /// <inheritdoc/>
    public override int GetHashCode() => names.Aggregate(names.Length, HashCode.Combine);

    /// <inheritdoc/>
    public IEnumerator<string> GetEnumerator() => ((IEnumerable<string>)names).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The names, comma-separated.</summary>
    public override string ToString() => string.Join(", ", names);
}
