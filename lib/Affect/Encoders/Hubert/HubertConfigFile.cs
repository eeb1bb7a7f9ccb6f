using System.Text.Json.Nodes;
using Affect.Checkpoints;
using Affect.Encoders.Transformer;

namespace Affect.Encoders.Hubert;

/// <summary>HubertConfig in transformers' <c>config.json</c>.</summary>
internal static class HubertConfigFile
{
    private const string ModelType = "hubert";

    private static readonly Dictionary<string, FeatureNorm> Norms = new() { ["group"] = FeatureNorm.Group, ["layer"] = FeatureNorm.Layer };

    // What transformers writes for a bare encoder; a head's own architecture would ask for weights that we do not write.
    private static readonly string[] Rewritten = ["architectures", "model_type", "torch_dtype", "num_feat_extract_layers"];

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
