namespace Affect.Adapters.Cache;

/// <summary>What is kept of the layers that do not change.</summary>
public sealed record LayerCacheConfig
{
    /// <summary>
    /// The state kept, 0…N: the input of the first block that changes. Null: the output of the front end, on which everything above can be computed, masked
    /// or with all of the transformer changing.
    /// </summary>
    public int? Layer { get; init => field = value is { } layer ? Require.AtLeast(0, layer, nameof(Layer)) : null; }

    /// <summary>Where.</summary>
    public CacheStorage Storage { get; init; } = CacheStorage.Memory;

    /// <summary>Whether numbers are kept as bfloat16: half the size, three significant digits.</summary>
    public bool IsHalf { get; init; }

    /// <summary>The folder for <see cref="CacheStorage.Disk"/>; null otherwise.</summary>
    public string? Folder { get; init; }

    /// <summary>Of longer clips only the beginning is used, seconds.</summary>
    public double MaximumSeconds { get; init => field = Require.Between(0.1, 3600, value, nameof(MaximumSeconds)); } = 30;
}
