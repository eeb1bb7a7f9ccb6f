namespace Affect.Fusion;

/// <summary>Reads a fusion of the MER2024 baseline's own weights: their names say which it is, and their shapes how wide.</summary>
public static class BaselineFusion
{
    private const string FirstWeight = ".linear_1.weight";

    /// <summary>Opens a file of weights; the fusion is set to evaluation.</summary>
    /// <param name="path">safetensors, or a PyTorch file of a state dict.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is damaged, or holds something else.</exception>
    public static IFusion Open(string path, Device? device = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var checkpoint = Checkpoint.Open(path);
        var shapes = checkpoint.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Shape, StringComparer.Ordinal);
        var model = Build(shapes, path);
        try
        {
            WeightLoader.Load(model.state_dict(), checkpoint, NameMap.Identity);
            if (device is not null) model.to(device);
            model.eval();
            return model;
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    private static FusionModel Build(Dictionary<string, IReadOnlyList<long>> shapes, string path)
    {
        var config = new FusionConfig
        {
            // The order in which the baseline's tensor fusion multiplies is another than that in which its attention concatenates.
            Modalities = shapes.ContainsKey("post_fusion_layer_1.weight")
                ? [Input("acoustic", "audio"), Input("visual", "video"), Input("lexical", "text")]
                : [Input("acoustic", "audio"), Input("lexical", "text"), Input("visual", "video")],
            HiddenSize = (int)Shape("audio_encoder" + FirstWeight)[0],
            Classes = (int)Shape("fc_out_1.weight")[0],
            HasValence = shapes.ContainsKey("fc_out_2.weight"),
        };
        var size = (int)Shape("fc_out_1.weight")[1];
        if (shapes.ContainsKey("fc_att.weight")) return new AttentionFusion(config);
        if (shapes.ContainsKey("post_fusion_layer_1.weight")) return new TensorFusion(config, size);
        if (shapes.TryGetValue("audio_factor", out var factor)) return new LowRankFusion(config, (int)factor[0], size);
        throw new FormatException($"{path} must hold the baseline's attention, tensor or low-rank fusion (fc_att, post_fusion_layer_1 or audio_factor), but holds none of them.");

        ModalityInput Input(string name, string theirs) => new(name, (int)Shape($"{theirs}_encoder{FirstWeight}")[1]);

        IReadOnlyList<long> Shape(string name) => shapes.TryGetValue(name, out var shape) && shape.Count == 2
            ? shape
            : throw new FormatException($"{path} must hold '{name}' with two axes, but does not.");
    }
}
