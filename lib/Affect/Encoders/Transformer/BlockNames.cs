namespace Affect.Encoders.Transformer;

/// <summary>What a family of checkpoints calls the parts of a block, as dotted paths: the names of weights in files, and those by which adapters find modules.</summary>
public sealed record BlockNames
{
    /// <summary>CLIP's, the defaults.</summary>
    public static BlockNames CLIP { get; } = new();

    /// <summary>HuBERT's.</summary>
    public static BlockNames Hubert { get; } = new()
    {
        Attention = "attention",
        AttentionNorm = "layer_norm",
        FeedForward = "feed_forward",
        First = "intermediate_dense",
        Second = "output_dense",
        FeedForwardNorm = "final_layer_norm",
    };

    /// <summary>BERT's and RoBERTa's.</summary>
    public static BlockNames Bert { get; } = new()
    {
        Attention = "attention",
        Query = "self.query",
        Key = "self.key",
        Value = "self.value",
        Output = "output.dense",
        AttentionNorm = "attention.output.LayerNorm",
        FeedForward = null,
        First = "intermediate.dense",
        Second = "output.dense",
        FeedForwardNorm = "output.LayerNorm",
    };

    /// <summary>ViT's.</summary>
    public static BlockNames Vit { get; } = Bert with
    {
        Query = "attention.query",
        Key = "attention.key",
        Value = "attention.value",
        AttentionNorm = "layernorm_before",
        FeedForwardNorm = "layernorm_after",
    };

    /// <summary>Self-attention, within the block.</summary>
    public string Attention { get; init; } = "self_attn";

    /// <summary>The map that makes queries, within the attention.</summary>
    public string Query { get; init; } = "q_proj";

    /// <summary>The map that makes keys, within the attention.</summary>
    public string Key { get; init; } = "k_proj";

    /// <summary>The map that makes values, within the attention.</summary>
    public string Value { get; init; } = "v_proj";

    /// <summary>The map after attention, within the attention.</summary>
    public string Output { get; init; } = "out_proj";

    /// <summary>The norm of the attention's sub-layer, within the block.</summary>
    public string AttentionNorm { get; init; } = "layer_norm1";

    /// <summary>The position-wise network, within the block; null: its maps stand in the block itself.</summary>
    public string? FeedForward { get; init; } = "mlp";

    /// <summary>The first map of the position-wise network, within the network.</summary>
    public string First { get; init; } = "fc1";

    /// <summary>The second map of the position-wise network, within the network.</summary>
    public string Second { get; init; } = "fc2";

    /// <summary>The norm of the position-wise network's sub-layer, within the block.</summary>
    public string FeedForwardNorm { get; init; } = "layer_norm2";
}
