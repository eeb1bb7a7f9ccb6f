namespace Affect.Checkpoints.Pickle;

/// <summary>A pickled dictionary (or OrderedDict), in the order of its entries; keys may be of any kind.</summary>
internal sealed class PickleMap
{
    private readonly Dictionary<string, int> byText = [];

    internal List<KeyValuePair<object?, object?>> Items { get; } = [];

    internal object? this[string key] => byText.TryGetValue(key, out var index) ? Items[index].Value : null;

    internal void Set(object? key, object? value)
    {
        var item = KeyValuePair.Create(key, value);
        if (key is string text && !byText.TryAdd(text, Items.Count))
        {
            Items[byText[text]] = item;
            return;
        }
        Items.Add(item);
    }
}
