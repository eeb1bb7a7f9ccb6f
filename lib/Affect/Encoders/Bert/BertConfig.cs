namespace Affect.Encoders.Bert;

/// <summary>The shape of a BERT or RoBERTa model; reads and writes transformers' <c>config.json</c>.</summary>
/// <remarks>Devlin et al., arXiv:1810.04805, section 3; Liu et al., arXiv:1907.11692; field names of transformers' BertConfig beside each property.</remarks>
public sealed record BertConfig
{
    private static readonly Dictionary<string, BertFamily> Families = new() { ["bert"] = BertFamily.Bert, ["roberta"] = BertFamily.Roberta };

    // The pooler_* fields are of Google's first release; transformers' models never read them, and their pooler is always tanh of the first token.
    private static readonly KnownFields Others = KnownFields.Pretrained.Harmless(
        "directionality", "pooler_fc_size", "pooler_num_attention_heads", "pooler_num_fc_layers", "pooler_size_per_head", "pooler_type", "hidden_dropout", "attention_dropout", "layerdrop", "type_sequence_label_size");

    /// <summary>BERT-base: 12 blocks of 768; 110 million weights.</summary>
    public static BertConfig Base { get; } = new();

    /// <summary>Which convention of positions (<c>model_type</c>).</summary>
    public BertFamily Family { get; init; } = BertFamily.Bert;

    /// <summary>How many token ids there are (<c>vocab_size</c>).</summary>
    public int VocabularySize { get; init => field = Require.AtLeast(1, value); } = 30522;

    /// <summary>The size of a token's state; a multiple of the heads (<c>hidden_size</c>).</summary>
    public int HiddenSize { get; init => field = Require.AtLeast(1, value); } = 768;

    /// <summary>N, the number of blocks (<c>num_hidden_layers</c>).</summary>
    public int Layers { get; init => field = Require.AtLeast(1, value); } = 12;

    /// <summary>Attention heads per block (<c>num_attention_heads</c>).</summary>
    public int Heads { get; init => field = Require.AtLeast(1, value); } = 12;

    /// <summary>The inner size of the position-wise network (<c>intermediate_size</c>).</summary>
    public int FeedForwardSize { get; init => field = Require.AtLeast(1, value); } = 3072;

    /// <summary>How many positions have an embedding (<c>max_position_embeddings</c>).</summary>
    public int Positions { get; init => field = Require.AtLeast(1, value); } = 512;

    /// <summary>How many token types there are (<c>type_vocab_size</c>).</summary>
    public int Types { get; init => field = Require.AtLeast(1, value); } = 2;

    /// <summary>The id of padding (<c>pad_token_id</c>).</summary>
    public int PadId { get; init => field = Require.AtLeast(0, value); }

    /// <summary>In the position-wise network (<c>hidden_act</c>).</summary>
    public Activation Activation { get; init; } = Activation.Gelu;

    /// <summary>ε of the norms (<c>layer_norm_eps</c>).</summary>
    public double LayerNormEpsilon { get; init => field = Require.Between(0, 1, value); } = 1e-12;

    /// <summary>Deviation of the initial weights (<c>initializer_range</c>).</summary>
    public double InitializerRange { get; init => field = Require.Between(0, 1, value); } = 0.02;

    /// <summary>Dropout in training after embeddings, attention and position-wise network (<c>hidden_dropout_prob</c>).</summary>
    public double Dropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>Dropout in training of attention weights (<c>attention_probs_dropout_prob</c>).</summary>
    public double AttentionDropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>The most tokens of a text: RoBERTa's first positions belong to padding.</summary>
    public int MaxTokens => Family == BertFamily.Roberta ? Positions - PadId - 1 : Positions;

    /// <summary>Reads a <c>config.json</c> of model type <c>bert</c> or <c>roberta</c>; fields that are missing have transformers' defaults.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is of another model type, or a field makes no sense.</exception>
    public static BertConfig Read(string path) => ConfigFile.Open(path).Build(Parse);

    /// <summary>Writes a <c>config.json</c> that transformers reads.</summary>
    public void Write(string path)
    {
        var fields = Known();
        fields["architectures"] = new JsonArray(Family == BertFamily.Roberta ? "RobertaModel" : "BertModel");
        ConfigFile.Write(path, fields);
    }

    /// <summary>True if a file is a configuration of this kind.</summary>
    internal static bool IsIn(string path) => File.Exists(path) && Families.ContainsKey(ConfigFile.Open(path).Text("model_type", ""));

    /// <summary>The fields that the states depend on, as one text.</summary>
    internal string Canonical() => string.Join("\n", Known().OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value?.ToJsonString()}"));

    /// <summary>Checks what concerns several fields.</summary>
    /// <exception cref="ArgumentException">Fields do not fit each other.</exception>
    internal static void Validate(BertConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (config.HiddenSize % config.Heads != 0)
            throw new ArgumentException($"HiddenSize must be a multiple of the {config.Heads} heads, but is {config.HiddenSize}.", nameof(config));
        if (config.PadId >= config.VocabularySize)
            throw new ArgumentException($"PadId must be below VocabularySize = {config.VocabularySize}, but is {config.PadId}.", nameof(config));
        if (config.MaxTokens < 3) throw new ArgumentException($"Positions must leave room for three tokens at least, but is {config.Positions}.", nameof(config));
    }

    private static BertConfig Parse(ConfigFile file)
    {
        var positions = file.Text("position_embedding_type", "absolute");
        if (positions != "absolute") throw new ArgumentException($"position_embedding_type must be 'absolute', but is '{positions}'.", nameof(file));
        var family = file.Choice("model_type", "", Families);
        var config = new BertConfig
        {
            Family = family,
            VocabularySize = file.WholeNumber("vocab_size", Base.VocabularySize),
            HiddenSize = file.WholeNumber("hidden_size", Base.HiddenSize),
            Layers = file.WholeNumber("num_hidden_layers", Base.Layers),
            Heads = file.WholeNumber("num_attention_heads", Base.Heads),
            FeedForwardSize = file.WholeNumber("intermediate_size", Base.FeedForwardSize),
            Positions = file.WholeNumber("max_position_embeddings", Base.Positions),
            Types = file.WholeNumber("type_vocab_size", Base.Types),
            PadId = file.WholeNumber("pad_token_id", family == BertFamily.Roberta ? 1 : 0),
            Activation = file.Choice("hidden_act", "gelu", Activations.ByName),
            LayerNormEpsilon = file.Number("layer_norm_eps", Base.LayerNormEpsilon),
            InitializerRange = file.Number("initializer_range", Base.InitializerRange),
            Dropout = file.Number("hidden_dropout_prob", Base.Dropout),
            AttentionDropout = file.Number("attention_probs_dropout_prob", Base.AttentionDropout),
        };
        Validate(config);
        file.RequireKnown(Others);
        return config;
    }

    private Dictionary<string, JsonNode?> Known() => new()
    {
        ["model_type"] = Families.First(known => known.Value == Family).Key,
        ["vocab_size"] = VocabularySize,
        ["hidden_size"] = HiddenSize,
        ["num_hidden_layers"] = Layers,
        ["num_attention_heads"] = Heads,
        ["intermediate_size"] = FeedForwardSize,
        ["max_position_embeddings"] = Positions,
        ["type_vocab_size"] = Types,
        ["pad_token_id"] = PadId,
        ["hidden_act"] = Activations.NameOf(Activation),
        ["layer_norm_eps"] = ConfigFile.Real(LayerNormEpsilon),
        ["initializer_range"] = ConfigFile.Real(InitializerRange),
        ["hidden_dropout_prob"] = ConfigFile.Real(Dropout),
        ["attention_probs_dropout_prob"] = ConfigFile.Real(AttentionDropout),
        ["position_embedding_type"] = "absolute",
    };
}
