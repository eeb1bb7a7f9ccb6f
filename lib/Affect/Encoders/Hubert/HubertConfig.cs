namespace Affect.Encoders.Hubert;

/// <summary>The shape of a HuBERT model; reads and writes transformers' <c>config.json</c>.</summary>
/// <remarks>Hsu et al., <em>HuBERT</em>, arXiv:2106.07447, section 3 and table 1; field names of transformers' HubertConfig beside each property.</remarks>
public sealed record HubertConfig
{
    /// <summary>HuBERT-base: 12 blocks of 768, post-norm, group norm; 94 million weights.</summary>
    public static HubertConfig Base { get; } = new();

    /// <summary>HuBERT-large: 24 blocks of 1024, pre-norm, layer norm; 316 million weights.</summary>
    public static HubertConfig Large { get; } = new()
    {
        HiddenSize = 1024,
        Layers = 24,
        Heads = 16,
        FeedForwardSize = 4096,
        ConvBias = true,
        FeatureNorm = FeatureNorm.Layer,
        IsPreNorm = true,
    };

    /// <summary>The size of a frame in the transformer (<c>hidden_size</c>); a multiple of the heads and of the position groups.</summary>
    public int HiddenSize { get; init => field = Require.AtLeast(1, value); } = 768;

    /// <summary>N, the number of transformer blocks (<c>num_hidden_layers</c>).</summary>
    public int Layers { get; init => field = Require.AtLeast(1, value); } = 12;

    /// <summary>Attention heads per block (<c>num_attention_heads</c>).</summary>
    public int Heads { get; init => field = Require.AtLeast(1, value); } = 12;

    /// <summary>The inner size of the position-wise network (<c>intermediate_size</c>).</summary>
    public int FeedForwardSize { get; init => field = Require.AtLeast(1, value); } = 3072;

    /// <summary>Channels of each convolution (<c>conv_dim</c>).</summary>
    public IReadOnlyList<int> ConvChannels { get; init => field = EachAtLeastOne(value, nameof(ConvChannels)); } = [512, 512, 512, 512, 512, 512, 512];

    /// <summary>Kernel of each convolution (<c>conv_kernel</c>).</summary>
    public IReadOnlyList<int> ConvKernels { get; init => field = EachAtLeastOne(value, nameof(ConvKernels)); } = [10, 3, 3, 3, 3, 2, 2];

    /// <summary>Stride of each convolution (<c>conv_stride</c>).</summary>
    public IReadOnlyList<int> ConvStrides { get; init => field = EachAtLeastOne(value, nameof(ConvStrides)); } = [5, 2, 2, 2, 2, 2, 2];

    /// <summary>True if the convolutions have a bias (<c>conv_bias</c>).</summary>
    public bool ConvBias { get; init; }

    /// <summary>How the convolutions are normalised (<c>feat_extract_norm</c>).</summary>
    public FeatureNorm FeatureNorm { get; init; } = FeatureNorm.Group;

    /// <summary>After each convolution and after the positional one (<c>feat_extract_activation</c>).</summary>
    public Activation ConvActivation { get; init; } = Activation.Gelu;

    /// <summary>True if a layer norm stands before the projection (<c>feat_proj_layer_norm</c>).</summary>
    public bool HasProjectionNorm { get; init; } = true;

    /// <summary>Kernel of the positional convolution, in frames (<c>num_conv_pos_embeddings</c>).</summary>
    public int PositionKernel { get; init => field = Require.AtLeast(1, value); } = 128;

    /// <summary>Groups of the positional convolution (<c>num_conv_pos_embedding_groups</c>).</summary>
    public int PositionGroups { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <summary>True if a batch norm takes the place of the positional convolution's weight norm (<c>conv_pos_batch_norm</c>).</summary>
    public bool HasPositionBatchNorm { get; init; }

    /// <summary>True if each sub-layer's norm comes before it, and one after the last block (<c>do_stable_layer_norm</c>).</summary>
    public bool IsPreNorm { get; init; }

    /// <summary>In the position-wise network (<c>hidden_act</c>).</summary>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>ε of the transformer's layer norms (<c>layer_norm_eps</c>).</summary>
    public double LayerNormEpsilon { get; init => field = Require.Between(0, 1, value); } = 1e-5;

    /// <summary>
    /// The inner size of a bottleneck adapter after each block, as transformers has it for pre-norm models; null: none (<c>adapter_attn_dim</c>).
    /// </summary>
    public int? AdapterSize { get; init => field = value is { } size ? Require.AtLeast(1, size) : null; }

    /// <summary>Deviation of the initial weights (<c>initializer_range</c>).</summary>
    public double InitializerRange { get; init => field = Require.Between(0, 1, value); } = 0.02;

    /// <summary>Dropout in training after attention, after the position-wise network and after the positions (<c>hidden_dropout</c>).</summary>
    public double HiddenDropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>Dropout in training of attention weights (<c>attention_dropout</c>).</summary>
    public double AttentionDropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>Dropout in training inside the position-wise network (<c>activation_dropout</c>).</summary>
    public double ActivationDropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>Dropout in training after the projection (<c>feat_proj_dropout</c>).</summary>
    public double ProjectionDropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>The chance in training that a block is skipped (<c>layerdrop</c>).</summary>
    public double LayerDrop { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>Fields of a <c>config.json</c> that the model does not use, kept for writing it again.</summary>
    internal IReadOnlyDictionary<string, JsonNode?> OtherFields { get; init; } = new Dictionary<string, JsonNode?>();

    /// <summary>How many frames a clip of so many samples gives; 0 if it is too short for one.</summary>
    public long Frames(long samples)
    {
        for (var i = 0; i < ConvKernels.Count; i++)
        {
            if (samples < ConvKernels[i]) return 0;
            samples = ((samples - ConvKernels[i]) / ConvStrides[i]) + 1;
        }
        return samples;
    }

    /// <summary>The fewest samples that give one frame: 400 with the usual convolutions.</summary>
    public int MinimumSamples
    {
        get
        {
            var samples = 1;
            for (var i = ConvKernels.Count - 1; i >= 0; i--) samples = ((samples - 1) * ConvStrides[i]) + ConvKernels[i];
            return samples;
        }
    }

    /// <summary>Reads a <c>config.json</c> of model type <c>hubert</c>; fields that are missing have transformers' defaults.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is of another model type, or a field makes no sense.</exception>
    public static HubertConfig Read(string path) => HubertConfigFile.Read(path);

    /// <summary>Writes a <c>config.json</c> that transformers reads.</summary>
    public void Write(string path) => HubertConfigFile.Write(this, path);

    /// <summary>Checks what concerns several fields.</summary>
    /// <exception cref="ArgumentException">Fields do not fit each other.</exception>
    internal static void Validate(HubertConfig config)
    {
        if (config.ConvChannels.Count != config.ConvKernels.Count || config.ConvChannels.Count != config.ConvStrides.Count)
        {
            throw new ArgumentException(
                "ConvChannels, ConvKernels and ConvStrides must be of one length, "
                + $"but have {config.ConvChannels.Count}, {config.ConvKernels.Count} and {config.ConvStrides.Count} entries.",
                nameof(config));
        }
        if (config.ConvChannels.Count == 0) throw new ArgumentException("ConvChannels must have at least one entry.", nameof(config));
        RequireMultiple(config, config.Heads, "heads");
        RequireMultiple(config, config.PositionGroups, "position groups");
    }

    private static void RequireMultiple(HubertConfig config, int parts, string what)
    {
        if (config.HiddenSize % parts != 0)
            throw new ArgumentException($"HiddenSize must be a multiple of the {parts} {what}, but is {config.HiddenSize}.", nameof(config));
    }

    private static IReadOnlyList<int> EachAtLeastOne(IReadOnlyList<int> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        foreach (var value in values) Require.AtLeast(1, value, name);
        return values;
    }
}
