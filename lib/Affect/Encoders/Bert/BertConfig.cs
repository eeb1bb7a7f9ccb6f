namespace Affect.Encoders.Bert;

/// <summary>The shape of a BERT or RoBERTa model; reads and writes transformers' <c>config.json</c>.</summary>
/// <remarks>Devlin et al., arXiv:1810.04805, section 3; Liu et al., arXiv:1907.11692; field names of transformers' BertConfig beside each property.</remarks>
public sealed record BertConfig : TransformerConfig
{
    // The pooler_* fields are of Google's first release; transformers' models never read them, and their pooler is always tanh of the first token.
    private static readonly KnownFields Others = KnownFields.Pretrained.Harmless(
        "directionality", "pooler_fc_size", "pooler_num_attention_heads", "pooler_num_fc_layers", "pooler_size_per_head", "pooler_type", "hidden_dropout",
        "attention_dropout", "layerdrop", "type_sequence_label_size");

    /// <summary>BERT-base's: 12 blocks of 768; 110 million weights.</summary>
    public BertConfig() => LayerNormEpsilon = 1e-12;

    /// <summary>BERT-base.</summary>
    public static BertConfig Base { get; } = new();

    /// <summary>Which convention of positions (<c>model_type</c>).</summary>
    [ConfigField("model_type")]
    public BertFamily Family { get; init; } = BertFamily.Bert;

    /// <summary>How many token ids there are (<c>vocab_size</c>).</summary>
    [ConfigField("vocab_size")]
    public int VocabularySize { get; init => field = Require.AtLeast(1, value); } = 30522;

    /// <summary>How many positions have an embedding (<c>max_position_embeddings</c>).</summary>
    [ConfigField("max_position_embeddings")]
    public int Positions { get; init => field = Require.AtLeast(1, value); } = 512;

    /// <summary>How many token types there are (<c>type_vocab_size</c>).</summary>
    [ConfigField("type_vocab_size")]
    public int Types { get; init => field = Require.AtLeast(1, value); } = 2;

    /// <summary>The id of padding (<c>pad_token_id</c>).</summary>
    [ConfigField("pad_token_id")]
    public int PadId { get; init => field = Require.AtLeast(0, value); }

    /// <summary>Deviation of the initial weights (<c>initializer_range</c>).</summary>
    [ConfigField("initializer_range")]
    public double InitializerRange { get; init => field = Require.Between(0, 1, value); } = 0.02;

    /// <summary>Dropout in training after embeddings, attention and position-wise network (<c>hidden_dropout_prob</c>).</summary>
    [ConfigField("hidden_dropout_prob")]
    public double Dropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>Dropout in training of attention weights (<c>attention_probs_dropout_prob</c>).</summary>
    [ConfigField("attention_probs_dropout_prob")]
    public double AttentionDropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>The most tokens of a text: RoBERTa's first positions belong to padding.</summary>
    public int MaxTokens => Family == BertFamily.Roberta ? Positions - PadId - 1 : Positions;

    internal BlockConfig Block => new(this) { Names = BlockNames.Bert, IsPreNorm = false, AttentionDropout = AttentionDropout, Dropout = Dropout };

    /// <summary>Reads a <c>config.json</c> of model type <c>bert</c> or <c>roberta</c>; fields that are missing have transformers' defaults.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file is of another model type, or a field makes no sense.</exception>
    public static BertConfig Read(string path) => ConfigFile.Open(path).Build(file =>
    {
        var positions = file.Text("position_embedding_type", "absolute");
        if (positions != "absolute") throw new ArgumentException($"position_embedding_type must be 'absolute', but is '{positions}'.", nameof(path));
        var family = (BertFamily)file.Choice("model_type", "", ConfigFields.Spellings(typeof(BertFamily)));
        var config = file.Fill(new BertConfig { Family = family, PadId = family == BertFamily.Roberta ? 1 : 0 });
        Validate(config);
        file.RequireKnown(Others);
        return config;
    });

    /// <summary>Writes a <c>config.json</c> that transformers reads.</summary>
    public void Write(string path) => ConfigFile.Write(path, new Dictionary<string, JsonNode?>(Known())
    {
        ["architectures"] = new JsonArray(Family == BertFamily.Roberta ? "RobertaModel" : "BertModel"),
    });

    /// <summary>The fields that the states depend on, as one text.</summary>
    internal string Canonical() => ConfigFields.Canonical(Known());

    /// <summary>Checks what concerns several fields.</summary>
    /// <exception cref="ArgumentException">Fields do not fit each other.</exception>
    internal static void Validate(BertConfig config)
    {
        BlockConfig.Validate(config.Block);
        if (config.PadId >= config.VocabularySize)
            throw new ArgumentException($"PadId must be below VocabularySize = {config.VocabularySize}, but is {config.PadId}.", nameof(config));
        if (config.MaxTokens < 3) throw new ArgumentException($"Positions must leave room for three tokens at least, but is {config.Positions}.", nameof(config));
    }

    private Dictionary<string, JsonNode?> Known() => new(ConfigFields.Of(this)) { ["position_embedding_type"] = "absolute" };
}
