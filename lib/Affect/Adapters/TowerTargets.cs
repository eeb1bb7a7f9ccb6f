namespace Affect.Adapters;

/// <summary>Which modules of one tower an adapter goes into.</summary>
public sealed record TowerTargets
{
    /// <summary>The tower's path within the model, as in <c>vision_model</c>; null: the whole model.</summary>
    public string? Tower { get; init; }

    /// <summary>
    /// The modules' names, or endings of their dotted paths: <c>q_proj</c>, <c>output.dense</c>, <c>encoder.layers.3.attention.k_proj</c>.
    /// Null: those that the method usually goes into.
    /// </summary>
    public IReadOnlyList<string>? Modules { get; init => field = value is null ? null : Require.NotEmpty(value, nameof(Modules)); }

    /// <summary>The layers, counted as everywhere: layer n is the output of block n, so 1 is the first block. Null: all.</summary>
    public IReadOnlyList<int>? Layers { get; init => field = value is null ? null : Checked(value); }

    /// <summary>The modules of neighbouring layers.</summary>
    /// <param name="range">The layers; at least 1, since layer 0 is the input of the first block and has no modules.</param>
    /// <param name="modules">As <see cref="Modules"/>.</param>
    /// <param name="tower">As <see cref="Tower"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The range begins with layer 0.</exception>
    public static TowerTargets Within(LayerRange range, IReadOnlyList<string>? modules = null, string? tower = null)
    {
        ArgumentNullException.ThrowIfNull(range);
        return new TowerTargets { Tower = tower, Modules = modules, Layers = [.. Enumerable.Range(range.First, range.Width)] };
    }

    /// <summary>In words, as in <c>q_proj, v_proj of layers 4 to 6</c>.</summary>
    public override string ToString()
    {
        var modules = Modules is null ? "the usual modules" : string.Join(", ", Modules);
        var layers = Layers is null
            ? "all layers"
            : IsRange(Layers) ? new LayerRange(Layers[0], Layers[^1]).ToString() : $"layers {string.Join(", ", Layers.Select(layer => layer.ToString(CultureInfo.InvariantCulture)))}";
        return $"{modules} of {layers}{(Tower is null ? "" : $" of {Tower}")}";
    }

    private static bool IsRange(IReadOnlyList<int> layers) => layers[^1] - layers[0] + 1 == layers.Count;

    private static int[] Checked(IReadOnlyList<int> layers)
    {
        Require.NotEmpty(layers, nameof(Layers));
        foreach (var layer in layers) Require.AtLeast(1, layer, nameof(Layers));
        return [.. layers.Distinct().Order()];
    }
}
