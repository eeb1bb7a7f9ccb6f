namespace Affect.Encoders.Hubert;

/// <summary>HubertConfig in transformers' <c>config.json</c>.</summary>
internal static class HubertConfigFile
{
    private const string ModelType = "hubert";

    private static readonly Dictionary<string, FeatureNorm> Norms = new() { ["group"] = FeatureNorm.Group, ["layer"] = FeatureNorm.Layer };

    // What transformers writes for a bare encoder; a head's own architecture would ask for weights that we do not write.
    private static readonly string[] Rewritten = ["architectures", "model_type", "torch_dtype", "num_feat_extract_layers"];

    // Of heads, of masking and losses in training, and what belongs to Wav2Vec2 and WavLM and is carried along by conversions; transformers' HubertModel reads none of them.
    private static readonly KnownFields Others = KnownFields.Pretrained
        .Harmless(
            "num_feat_extract_layers", "adapter_attn_dim", "final_dropout", "feat_extract_dropout", "feat_quantizer_dropout", "hidden_dropout_prob", "attention_probs_dropout_prob", "encoder_layerdrop",
            "apply_spec_augment", "mask_time_prob", "mask_time_length", "mask_time_min_masks", "mask_time_min_space", "mask_time_other", "mask_time_selection", "mask_feature_prob", "mask_feature_length",
            "mask_feature_min_masks", "mask_channel_prob", "mask_channel_length", "mask_channel_min_space", "mask_channel_other", "mask_channel_selection", "no_mask_time_overlap", "no_mask_channel_overlap",
            "ctc_loss_reduction", "ctc_zero_infinity", "num_ctc_classes", "vocab_size", "use_weighted_layer_sum", "classifier_proj_size", "tdnn_dim", "tdnn_kernel", "tdnn_dilation", "xvector_output_dim",
            "codevector_dim", "proj_codevector_dim", "num_codevectors_per_group", "num_codevector_groups", "contrastive_logits_temperature", "num_negatives", "diversity_loss_weight",
            "output_hidden_size", "num_adapter_layers", "adapter_kernel_size", "adapter_stride", "freeze_feat_extract_train", "pooling_mode", "freeze_feature_encoder", "replace_prob")
        .Only("add_adapter", false);

    private const int SampleRate = 16_000;

    // padding_side and return_attention_mask are of batches: a clip here has the same states in one as alone.
    private static readonly KnownFields InputFields = KnownFields.None
        .Harmless("padding_side", "return_attention_mask", "processor_class", "transformers_version", "auto_map", "image_processor_type", "tokenizer_class", "return_tensors")
        .Only("feature_extractor_type", "Wav2Vec2FeatureExtractor", "HubertFeatureExtractor")
        .Only("feature_size", 1)
        .Only("padding_value", 0);

    internal static HubertConfig Read(string path)
    {
        var file = ConfigFile.Open(path);
        var type = file.Text("model_type", "");
        if (type != ModelType) throw new FormatException($"{path}: 'model_type' must be '{ModelType}', but is '{type}'.");
        return file.Build(Parse);
    }

    internal static void Write(HubertConfig config, string path)
    {
        var fields = new Dictionary<string, JsonNode?>(config.OtherFields);
        foreach (var (name, value) in Known(config)) fields[name] = value;
        fields["architectures"] = new JsonArray("HubertModel");
        fields["model_type"] = ModelType;
        fields["num_feat_extract_layers"] = config.ConvChannels.Count;
        ConfigFile.Write(path, fields);
    }

    /// <summary>What a feature extractor's settings say of the input's level; whatever else they ask for must be what is done here.</summary>
    /// <exception cref="FormatException">They ask for something else.</exception>
    internal static bool NormalizesInput(ConfigFile file)
    {
        var normalizes = file.Flag("do_normalize", missing: true);
        if (file.Number("sampling_rate", SampleRate) is var rate && rate != SampleRate)
        {
            throw new FormatException(
                $"{file.Place}: 'sampling_rate' must be {SampleRate}, at which every recording is decoded here, but is {rate}; a model of another rate cannot be used, and if the field is wrong, set it to {SampleRate}.");
        }
        file.RequireKnown(InputFields);
        return normalizes;
    }

    /// <summary>The fields that the hidden states depend on, as one text.</summary>
    internal static string Canonical(HubertConfig config)
    {
        var fields = Known(config).OrderBy(field => field.Key, StringComparer.Ordinal);
        return string.Join("\n", fields.Select(field => $"{field.Key}={field.Value?.ToJsonString() ?? "null"}"));
    }

    private static HubertConfig Parse(ConfigFile file)
    {
        var preset = HubertConfig.Base;
        var config = new HubertConfig
        {
            HiddenSize = file.WholeNumber("hidden_size", preset.HiddenSize),
            Layers = file.WholeNumber("num_hidden_layers", preset.Layers),
            Heads = file.WholeNumber("num_attention_heads", preset.Heads),
            FeedForwardSize = file.WholeNumber("intermediate_size", preset.FeedForwardSize),
            ConvChannels = file.WholeNumbers("conv_dim", preset.ConvChannels),
            ConvKernels = file.WholeNumbers("conv_kernel", preset.ConvKernels),
            ConvStrides = file.WholeNumbers("conv_stride", preset.ConvStrides),
            ConvBias = file.Flag("conv_bias", preset.ConvBias),
            FeatureNorm = file.Choice("feat_extract_norm", "group", Norms),
            ConvActivation = file.Choice("feat_extract_activation", "gelu", Activations.ByName),
            HasProjectionNorm = file.Flag("feat_proj_layer_norm", preset.HasProjectionNorm),
            PositionKernel = file.WholeNumber("num_conv_pos_embeddings", preset.PositionKernel),
            PositionGroups = file.WholeNumber("num_conv_pos_embedding_groups", preset.PositionGroups),
            HasPositionBatchNorm = file.Flag("conv_pos_batch_norm", preset.HasPositionBatchNorm),
            IsPreNorm = file.Flag("do_stable_layer_norm", preset.IsPreNorm),
            Activation = file.Choice("hidden_act", "gelu", Activations.ByName),
            LayerNormEpsilon = file.Number("layer_norm_eps", preset.LayerNormEpsilon),
            AdapterSize = file.Flag("do_stable_layer_norm", preset.IsPreNorm) ? file.WholeNumber("adapter_attn_dim") : null,
            InitializerRange = file.Number("initializer_range", preset.InitializerRange),
            HiddenDropout = file.Number("hidden_dropout", preset.HiddenDropout),
            AttentionDropout = file.Number("attention_dropout", preset.AttentionDropout),
            ActivationDropout = file.Number("activation_dropout", preset.ActivationDropout),
            ProjectionDropout = file.Number("feat_proj_dropout", preset.ProjectionDropout),
            LayerDrop = file.Number("layerdrop", preset.LayerDrop),
        };
        HubertConfig.Validate(config);
        file.RequireKnown(Others);
        var known = Known(config);
        var others = file.Names.Where(name => !known.ContainsKey(name) && !Rewritten.Contains(name));
        return config with { OtherFields = others.ToDictionary(name => name, name => file.Raw(name)?.DeepClone()) };
    }

    private static Dictionary<string, JsonNode?> Known(HubertConfig config) => new()
    {
        ["hidden_size"] = config.HiddenSize,
        ["num_hidden_layers"] = config.Layers,
        ["num_attention_heads"] = config.Heads,
        ["intermediate_size"] = config.FeedForwardSize,
        ["conv_dim"] = Array(config.ConvChannels),
        ["conv_kernel"] = Array(config.ConvKernels),
        ["conv_stride"] = Array(config.ConvStrides),
        ["conv_bias"] = config.ConvBias,
        ["feat_extract_norm"] = Norms.First(norm => norm.Value == config.FeatureNorm).Key,
        ["feat_extract_activation"] = Activations.NameOf(config.ConvActivation),
        ["feat_proj_layer_norm"] = config.HasProjectionNorm,
        ["num_conv_pos_embeddings"] = config.PositionKernel,
        ["num_conv_pos_embedding_groups"] = config.PositionGroups,
        ["conv_pos_batch_norm"] = config.HasPositionBatchNorm,
        ["do_stable_layer_norm"] = config.IsPreNorm,
        ["hidden_act"] = Activations.NameOf(config.Activation),
        ["layer_norm_eps"] = ConfigFile.Real(config.LayerNormEpsilon),
        ["adapter_attn_dim"] = config.AdapterSize,
        ["initializer_range"] = ConfigFile.Real(config.InitializerRange),
        ["hidden_dropout"] = ConfigFile.Real(config.HiddenDropout),
        ["attention_dropout"] = ConfigFile.Real(config.AttentionDropout),
        ["activation_dropout"] = ConfigFile.Real(config.ActivationDropout),
        ["feat_proj_dropout"] = ConfigFile.Real(config.ProjectionDropout),
        ["layerdrop"] = ConfigFile.Real(config.LayerDrop),
    };

    private static JsonArray Array(IEnumerable<int> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
