namespace Affect.Encoders.Transformer;

/// <summary>The shape of transformer blocks, and what their parts are called.</summary>
public sealed record BlockConfig : TransformerConfig
{
    /// <summary>The sizes of BERT-base, until others are given.</summary>
    public BlockConfig()
    {
    }

    /// <summary>Takes the sizes from a model's configuration.</summary>
    /// <param name="sizes">The configuration.</param>
    public BlockConfig(TransformerConfig sizes)
        : base(sizes)
    {
    }

    /// <summary>What the parts are called.</summary>
    public BlockNames Names { get; init; } = BlockNames.CLIP;

    /// <summary>True if each sub-layer's norm comes before it; false: after its sum with what went in.</summary>
    public bool IsPreNorm { get; init; } = true;

    /// <summary>Whether queries, keys and values have a bias.</summary>
    public bool HasAttentionBias { get; init; } = true;

    /// <summary>Dropout in training of attention weights.</summary>
    public double AttentionDropout { get; init => field = Require.Between(0, 1, value); }

    /// <summary>Dropout in training after the activation of the position-wise network.</summary>
    public double ActivationDropout { get; init => field = Require.Between(0, 1, value); }

    /// <summary>Dropout in training after attention and after the position-wise network.</summary>
    public double Dropout { get; init => field = Require.Between(0, 1, value); }

    /// <summary>The inner size of transformers' <c>adapter_layer</c> after the block; null: none.</summary>
    public int? AdapterSize { get; init; }

    internal static void Validate(BlockConfig config)
    {
        if (config.HiddenSize % config.Heads != 0)
            throw new ArgumentException($"HiddenSize must be a multiple of the {config.Heads} heads, but is {config.HiddenSize}.", nameof(config));
    }
}
