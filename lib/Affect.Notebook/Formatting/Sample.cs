namespace Affect.Notebook.Formatting;

/// <summary>The first elements of a collection, which is walked through once and no further than needed: it may be long, slow, endless or throw.</summary>
internal sealed record Sample
{
    /// <summary>How many elements are taken.</summary>
    internal const int Most = 100;

    // Of what does not know its number the next elements are counted, but not for ever.
    private const int MostCounted = 10_000;

    private Sample()
    {
    }

    /// <summary>The first elements.</summary>
    internal IReadOnlyList<object?> Items { get; private init; } = [];

    /// <summary>How many follow; null where that could not be told.</summary>
    internal long? More { get; private init; } = 0;

    /// <summary>What the collection threw in place of the next element; null where nothing.</summary>
    internal string? Failure { get; private init; }

    /// <summary>A collection that is not opened at all.</summary>
    internal static Sample Unopened { get; } = new() { More = null };

    /// <summary>Walks through a collection.</summary>
    internal static Sample Of(IEnumerable source)
    {
        var items = new List<object?>();
        var more = 0L;
        try
        {
            var enumerator = source.GetEnumerator();
            try
            {
                while (enumerator.MoveNext())
                {
                    if (items.Count < Most) items.Add(enumerator.Current);
                    else if (++more == 1 && CountOf(source) is { } count && count > items.Count) return new Sample { Items = items, More = count - items.Count };
                    else if (more > MostCounted) return new Sample { Items = items, More = null };
                }
            }
            finally
            {
                (enumerator as IDisposable)?.Dispose();
            }
            return new Sample { Items = items, More = more };
        }
        catch (Exception error) when (!ErrorText.IsStop(error))
        {
            return new Sample { Items = items, More = more > 0 ? null : 0, Failure = $"({ErrorText.MessageOf(error)})" };
        }
    }

    // What a collection says of itself is believed where it can be true.
    private static int? CountOf(IEnumerable source) => ErrorText.Guarded<int?>(
        () =>
        {
            if (source is ICollection collection) return collection.Count;
            var counted = source.GetType().GetInterfaces().FirstOrDefault(type => type.IsGenericType && type.GetGenericTypeDefinition() is var definition
                && (definition == typeof(IReadOnlyCollection<>) || definition == typeof(ICollection<>)));
            return counted?.GetProperty("Count")?.GetValue(source) as int?;
        },
        _ => null);
}
