namespace Affect.Adapters;

/// <summary>Finds the modules that a configuration means; whatever matches nothing is an error that lists what there is.</summary>
public static class ModuleFinder
{
    private const int Shown = 24;

    // What lists of blocks are called in transformers' and OpenAI's models.
    private static readonly HashSet<string> BlockLists = ["layers", "layer", "blocks", "resblocks", "h"];

    /// <exception cref="ArgumentException">A tower, module or layer matches nothing.</exception>
    internal static IReadOnlyList<AdaptedModule> Find(Module model, AdapterConfig config)
    {
        ArgumentNullException.ThrowIfNull(model);
        var found = new Dictionary<string, AdaptedModule>(StringComparer.Ordinal);
        foreach (var tower in config.Towers)
            foreach (var module in Find(model, config, tower))
                found.TryAdd(module.Path, module);
        return [.. found.Values];
    }

    /// <summary>The layer that a path belongs to, from 1; null outside the blocks.</summary>
    /// <param name="path">As in <c>encoder.layers.3.attention.q_proj</c>.</param>
    public static int? LayerOf(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('.');
        for (var i = 0; i + 1 < parts.Length; i++)
            if (BlockLists.Contains(parts[i]) && int.TryParse(parts[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var block)) return block + 1;
        return null;
    }

    /// <summary>Whether a path is that of a whole block.</summary>
    /// <param name="path">As in <c>encoder.layers.3</c>.</param>
    public static bool IsBlock(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var parts = path.Split('.');
        return parts.Length >= 2 && BlockLists.Contains(parts[^2]) && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    private static IEnumerable<AdaptedModule> Find(Module model, AdapterConfig config, TowerTargets tower)
    {
        var all = model.named_modules().Select(named => new AdaptedModule(named.name, named.module, LayerOf(named.name))).ToArray();
        var within = tower.Tower is null ? all : [.. all.Where(module => module.Path == tower.Tower || module.Path.StartsWith(tower.Tower + ".", StringComparison.Ordinal))];
        if (within.Length == 0)
            throw new ArgumentException($"Tower must be part of the model, but '{tower.Tower}' matches nothing; the model has {List(all.Where(module => module.Path.Count(c => c == '.') < 2).Select(module => module.Path))}.", nameof(config));
        AdaptedModule[] fitting = [.. within.Where(module => config.Fits(module.Path, module.Module))];
        var named = Named(config, tower, fitting);
        if (tower.Layers is null) return named;
        var layers = named.Select(module => module.Layer).OfType<int>().Distinct().Order().ToArray();
        var missing = tower.Layers.Except(layers).ToArray();
        if (missing.Length > 0)
        {
            throw new ArgumentException(
                $"Layers must be layers of the model that have such modules, but {string.Join(", ", missing)} match{(missing.Length == 1 ? "es" : "")} nothing; there {(layers.Length == 0 ? "are none" : $"are layers {Text(layers)}")}.",
                nameof(config));
        }
        return named.Where(module => module.Layer is { } layer && tower.Layers.Contains(layer));
    }

    private static AdaptedModule[] Named(AdapterConfig config, TowerTargets tower, AdaptedModule[] fitting)
    {
        var names = tower.Modules ?? config.UsualModules;
        if (names.Count == 0 && fitting.Length > 0) return fitting;
        var matches = names.ToDictionary(name => name, name => fitting.Where(module => Matches(module.Path, name)).ToArray(), StringComparer.Ordinal);
        var missing = matches.Where(match => match.Value.Length == 0).Select(match => match.Key).ToArray();
        if (tower.Modules is not null ? missing.Length > 0 : missing.Length == names.Count)
        {
            var kinds = fitting.Select(module => module.Path.Split('.')[^1]).Distinct(StringComparer.Ordinal);
            throw new ArgumentException(
                $"Modules must be modules of the model that {config.Method} can go into, but {string.Join(", ", missing.Select(name => $"'{name}'"))} match{(missing.Length == 1 ? "es" : "")} nothing; there {(fitting.Length == 0 ? "are none" : $"are {List(kinds)}")}.",
                nameof(config));
        }
        // In the model's own order, whatever the order of the names: seeds then give the same weights.
        var wanted = matches.Values.SelectMany(modules => modules).Select(module => module.Path).ToHashSet(StringComparer.Ordinal);
        return [.. fitting.Where(module => wanted.Contains(module.Path))];
    }

    /// <summary>Whether a path is a name, or ends in it.</summary>
    /// <param name="path">A module's path.</param>
    /// <param name="name">As in <c>q_proj</c> or <c>output.dense</c>.</param>
    public static bool Matches(string path, string name) => path == name || path.EndsWith("." + name, StringComparison.Ordinal);

    private static string Text(int[] layers) => layers[^1] - layers[0] + 1 == layers.Length && layers.Length > 1 ? $"{layers[0]} to {layers[^1]}" : string.Join(", ", layers);

    private static string List(IEnumerable<string> names)
    {
        var all = names.ToArray();
        return string.Join(", ", all.Take(Shown)) + (all.Length > Shown ? $" and {all.Length - Shown} more" : "");
    }

    /// <summary>A module that an adapter goes into; its layer from 1, null outside the blocks.</summary>
    internal sealed record AdaptedModule(string Path, Module Module, int? Layer);
}
