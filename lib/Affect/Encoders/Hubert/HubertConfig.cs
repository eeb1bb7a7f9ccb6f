namespace Affect.Encoders.Hubert;

/// <summary>The shape of a HuBERT model; reads and writes transformers' <c>config.json</c>.</summary>
/// <remarks>Hsu et al., <em>HuBERT</em>, arXiv:2106.07447, section 3 and table 1; field names of transformers' HubertConfig beside each property.</remarks>
public sealed record HubertConfig : TransformerConfig
{
    private const string ModelType = "hubert";
    private const int SampleRate = 16_000;

    // What transformers writes for a bare encoder; a head's own architecture would ask for weights that we do not write.
    private static readonly string[] Rewritten = ["architectures", "model_type", "torch_dtype", "num_feat_extract_layers"];

    // Of heads, of masking and losses in training, and what belongs to Wav2Vec2 and WavLM and is carried along by conversions; transformers' HubertModel
    // reads none of them.
    private static readonly KnownFields Others = KnownFields.Pretrained
        .Harmless(
            "num_feat_extract_layers", "adapter_attn_dim", "final_dropout", "feat_extract_dropout", "feat_quantizer_dropout", "hidden_dropout_prob",
            "attention_probs_dropout_prob", "encoder_layerdrop", "apply_spec_augment", "mask_time_prob", "mask_time_length", "mask_time_min_masks",
            "mask_time_min_space", "mask_time_other", "mask_time_selection", "mask_feature_prob", "mask_feature_length", "mask_feature_min_masks",
            "mask_channel_prob", "mask_channel_length", "mask_channel_min_space", "mask_channel_other", "mask_channel_selection",
            "no_mask_time_overlap", "no_mask_channel_overlap", "ctc_loss_reduction", "ctc_zero_infinity", "num_ctc_classes", "vocab_size",
            "use_weighted_layer_sum", "classifier_proj_size", "tdnn_dim", "tdnn_kernel", "tdnn_dilation", "xvector_output_dim", "codevector_dim",
            "proj_codevector_dim", "num_codevectors_per_group", "num_codevector_groups", "contrastive_logits_temperature", "num_negatives",
            "diversity_loss_weight", "output_hidden_size", "num_adapter_layers", "adapter_kernel_size", "adapter_stride", "freeze_feat_extract_train",
            "pooling_mode", "freeze_feature_encoder", "replace_prob")
        .Only("add_adapter", false);

    // padding_side and return_attention_mask are of batches: a clip here has the same states in one as alone.
    private static readonly KnownFields InputFields = KnownFields.None
        .Harmless(
            "padding_side", "return_attention_mask", "processor_class", "transformers_version", "auto_map", "image_processor_type", "tokenizer_class",
            "return_tensors")
        .Only("feature_extractor_type", "Wav2Vec2FeatureExtractor", "HubertFeatureExtractor")
        .Only("feature_size", 1)
        .Only("padding_value", 0);

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

    /// <summary>Channels of each convolution (<c>conv_dim</c>).</summary>
    [ConfigField("conv_dim")]
    public IReadOnlyList<int> ConvChannels { get; init => field = EachAtLeastOne(value, nameof(ConvChannels)); } = [512, 512, 512, 512, 512, 512, 512];

    /// <summary>Kernel of each convolution (<c>conv_kernel</c>).</summary>
    [ConfigField("conv_kernel")]
    public IReadOnlyList<int> ConvKernels { get; init => field = EachAtLeastOne(value, nameof(ConvKernels)); } = [10, 3, 3, 3, 3, 2, 2];

    /// <summary>Stride of each convolution (<c>conv_stride</c>).</summary>
    [ConfigField("conv_stride")]
    public IReadOnlyList<int> ConvStrides { get; init => field = EachAtLeastOne(value, nameof(ConvStrides)); } = [5, 2, 2, 2, 2, 2, 2];

    /// <summary>True if the convolutions have a bias (<c>conv_bias</c>).</summary>
    [ConfigField("conv_bias")]
    public bool ConvBias { get; init; }

    /// <summary>How the convolutions are normalised (<c>feat_extract_norm</c>).</summary>
    [ConfigField("feat_extract_norm")]
    public FeatureNorm FeatureNorm { get; init; } = FeatureNorm.Group;

    /// <summary>After each convolution and after the positional one (<c>feat_extract_activation</c>).</summary>
    [ConfigField("feat_extract_activation")]
    public Activation ConvActivation { get; init; } = Activation.Gelu;

    /// <summary>True if a layer norm stands before the projection (<c>feat_proj_layer_norm</c>).</summary>
    [ConfigField("feat_proj_layer_norm")]
    public bool HasProjectionNorm { get; init; } = true;

    /// <summary>Kernel of the positional convolution, in frames (<c>num_conv_pos_embeddings</c>).</summary>
    [ConfigField("num_conv_pos_embeddings")]
    public int PositionKernel { get; init => field = Require.AtLeast(1, value); } = 128;

    /// <summary>Groups of the positional convolution (<c>num_conv_pos_embedding_groups</c>).</summary>
    [ConfigField("num_conv_pos_embedding_groups")]
    public int PositionGroups { get; init => field = Require.AtLeast(1, value); } = 16;

    /// <summary>True if a batch norm takes the place of the positional convolution's weight norm (<c>conv_pos_batch_norm</c>).</summary>
    [ConfigField("conv_pos_batch_norm")]
    public bool HasPositionBatchNorm { get; init; }

    /// <summary>True if each sub-layer's norm comes before it, and one after the last block (<c>do_stable_layer_norm</c>).</summary>
    [ConfigField("do_stable_layer_norm")]
    public bool IsPreNorm { get; init; }

    /// <summary>
    /// The inner size of a bottleneck adapter after each block, as transformers has it for pre-norm models; null: none (<c>adapter_attn_dim</c>).
    /// </summary>
    [ConfigField("adapter_attn_dim")]
    public int? AdapterSize { get; init => field = value is { } size ? Require.AtLeast(1, size) : null; }

    /// <summary>Deviation of the initial weights (<c>initializer_range</c>).</summary>
    [ConfigField("initializer_range")]
    public double InitializerRange { get; init => field = Require.Between(0, 1, value); } = 0.02;

    /// <summary>Dropout in training after attention, after the position-wise network and after the positions (<c>hidden_dropout</c>).</summary>
    [ConfigField("hidden_dropout")]
    public double HiddenDropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>Dropout in training of attention weights (<c>attention_dropout</c>).</summary>
    [ConfigField("attention_dropout")]
    public double AttentionDropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>Dropout in training inside the position-wise network (<c>activation_dropout</c>).</summary>
    [ConfigField("activation_dropout")]
    public double ActivationDropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>Dropout in training after the projection (<c>feat_proj_dropout</c>).</summary>
    [ConfigField("feat_proj_dropout")]
    public double ProjectionDropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>The chance in training that a block is skipped (<c>layerdrop</c>).</summary>
    [ConfigField("layerdrop")]
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

    internal BlockConfig Block => new(this)
    {
        Names = BlockNames.Hubert,
        IsPreNorm = IsPreNorm,
        AttentionDropout = AttentionDropout,
        ActivationDropout = ActivationDropout,
        Dropout = HiddenDropout,
        AdapterSize = IsPreNorm ? AdapterSize : null,
    };

    /// <summary>Reads a <c>config.json</c> of model type <c>hubert</c>; fields that are missing have transformers' defaults.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is of another model type, or a field makes no sense.</exception>
    public static HubertConfig Read(string path) => ConfigFields.Read(path, ModelType, file =>
    {
        var config = file.Fill(new HubertConfig());
        Validate(config);
        file.RequireKnown(Others);
        var known = ConfigFields.Of(config);
        var others = file.Names.Where(name => !known.ContainsKey(name) && !Rewritten.Contains(name));
        return config with
        {
            AdapterSize = config.Block.AdapterSize,
            OtherFields = others.ToDictionary(name => name, name => file.Raw(name)?.DeepClone()),
        };
    });

    /// <summary>Writes a <c>config.json</c> that transformers reads.</summary>
    public void Write(string path)
    {
        var fields = new Dictionary<string, JsonNode?>(OtherFields);
        foreach (var (name, value) in ConfigFields.Of(this)) fields[name] = value;
        fields["architectures"] = new JsonArray("HubertModel");
        fields["model_type"] = ModelType;
        fields["num_feat_extract_layers"] = ConvChannels.Count;
        ConfigFile.Write(path, fields);
    }

    /// <summary>The fields that the hidden states depend on, as one text.</summary>
    internal string Canonical() => ConfigFields.Canonical(ConfigFields.Of(this));

    /// <summary>What a feature extractor's settings say of the input's level; whatever else they ask for must be what is done here.</summary>
    /// <exception cref="FormatException">They ask for something else.</exception>
    internal static bool NormalizesInput(ConfigFile file)
    {
        var normalizes = file.Flag("do_normalize", missing: true);
        if (file.Number("sampling_rate", SampleRate) is var rate && rate != SampleRate)
        {
            throw new FormatException(
                $"{file.Place}: 'sampling_rate' must be {SampleRate}, at which every recording is decoded here, but is {rate}; "
                + $"a model of another rate cannot be used, and if the field is wrong, set it to {SampleRate}.");
        }
        file.RequireKnown(InputFields);
        return normalizes;
    }

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
        BlockConfig.Validate(config.Block);
        if (config.HiddenSize % config.PositionGroups != 0)
            throw new ArgumentException($"HiddenSize must be a multiple of the {config.PositionGroups} position groups, but is {config.HiddenSize}.", nameof(config));
    }

    private static IReadOnlyList<int> EachAtLeastOne(IReadOnlyList<int> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        foreach (var value in values) Require.AtLeast(1, value, name);
        return values;
    }
}
