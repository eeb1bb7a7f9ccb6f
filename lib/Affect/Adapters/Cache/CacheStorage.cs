namespace Affect.Adapters.Cache;

/// <summary>Where the states below the first adapted layer are kept.</summary>
public enum CacheStorage
{
    /// <summary>Nowhere: they are computed anew each time they are asked for.</summary>
    None,

    /// <summary>In memory.</summary>
    Memory,

    /// <summary>In files, which later runs find again.</summary>
    Disk,
}
