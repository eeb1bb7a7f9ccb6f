namespace Affect.Checkpoints;

/// <summary>A checkpoint in several files, named by an index (<c>model.safetensors.index.json</c>, <c>pytorch_model.bin.index.json</c>).</summary>
/// <remarks>The index is an object with <c>weight_map</c>: tensor name → file beside the index.</remarks>
public sealed class ShardedCheckpoint : Checkpoint
{
    private readonly Dictionary<string, TensorEntry> entries = [];
    private readonly Dictionary<string, Checkpoint> shardOf = [];
    private readonly List<Checkpoint> shards = [];

    private ShardedCheckpoint(string path)
        : base(path)
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, TensorEntry> Entries => entries;

    /// <summary>Opens every shard and checks that each holds what the index says.</summary>
    /// <exception cref="FormatException">The index is damaged, names a file elsewhere, or a tensor that its shard does not hold.</exception>
    /// <exception cref="FileNotFoundException">A shard is missing.</exception>
    public static new ShardedCheckpoint Open(string path)
    {
        PointerFile.RequireWanted(path);
        var checkpoint = new ShardedCheckpoint(path);
        try
        {
            checkpoint.OpenShards(checkpoint.ReadWeightMap());
            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public override Tensor Read(string name)
    {
        _ = Find(name);
        return shardOf[name].Read(name);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (var shard in shards) shard.Dispose();
    }

    private Dictionary<string, string> ReadWeightMap()
    {
        try
        {
            using var document = JsonDocument.Parse(RegularFile.ReadAllBytes(Path));
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("weight_map", out var map)
                || map.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException($"{Path}: expected an object with 'weight_map' (tensor name -> file).");
            }
            var files = new Dictionary<string, string>();
            foreach (var item in map.EnumerateObject())
            {
                var file = item.Value.ValueKind == JsonValueKind.String ? item.Value.GetString()! : "";
                // An index is data: it may name files beside it and no others.
                if (file.Length == 0 || file != System.IO.Path.GetFileName(file) || file is "." or "..")
                    throw new FormatException(
                        $"{Path}: tensor '{item.Name}' must lie in a file beside the index, but the index names {item.Value.GetRawText()}.");
                if (!files.TryAdd(item.Name, file)) throw new FormatException($"{Path}: tensor '{item.Name}' is listed twice.");
            }
            return files;
        }
        catch (JsonException error)
        {
            throw new FormatException($"{Path}: not valid JSON ({error.Message})", error);
        }
    }

    private void OpenShards(Dictionary<string, string> weightMap)
    {
        var folder = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
        foreach (var group in weightMap.GroupBy(pair => pair.Value, pair => pair.Key).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var file = System.IO.Path.Combine(folder, group.Key);
            if (!File.Exists(file)) throw new FileNotFoundException($"{Path} names the shard {group.Key}, which is missing beside it.", file);
            var shard = OpenFile(file);
            shards.Add(shard);
            foreach (var name in group)
            {
                if (!shard.Entries.ContainsKey(name))
                    throw new FormatException($"{Path}: tensor '{name}' should be in {group.Key}, which does not hold it.");
                Add(name, shard);
            }
            foreach (var (name, kept) in shard.Aliases)
                if (!weightMap.ContainsKey(name) && weightMap.ContainsKey(kept) && !entries.ContainsKey(name)) Add(name, shard);
        }
    }

    private void Add(string name, Checkpoint shard)
    {
        entries.Add(name, shard.Entries[name]);
        shardOf.Add(name, shard);
    }
}
