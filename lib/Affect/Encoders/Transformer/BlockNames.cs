namespace Affect.Encoders.Transformer;

/// <summary>
/// What a family of checkpoints calls the parts of a block, as dotted paths: the names of weights in files, and those by which adapters find modules.
/// </summary>
/// <param name="Attention">Self-attention, within the block.</param>
/// <param name="Query">The map that makes queries, within the attention.</param>
/// <param name="Key">The map that makes keys, within the attention.</param>
/// <param name="Value">The map that makes values, within the attention.</param>
/// <param name="Output">The map after attention, within the attention.</param>
/// <param name="AttentionNorm">The norm of the attention's sub-layer, within the block.</param>
/// <param name="FeedForward">The position-wise network, within the block; null: its maps stand in the block itself.</param>
/// <param name="First">The first map of the position-wise network, within the network.</param>
/// <param name="Second">The second map of the position-wise network, within the network.</param>
/// <param name="FeedForwardNorm">The norm of the position-wise network's sub-layer, within the block.</param>
public sealed record BlockNames(
    string Attention = "self_attn",
    string Query = "q_proj",
    string Key = "k_proj",
    string Value = "v_proj",
    string Output = "out_proj",
    string AttentionNorm = "layer_norm1",
    string? FeedForward = "mlp",
    string First = "fc1",
    string Second = "fc2",
    string FeedForwardNorm = "layer_norm2")
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
}
