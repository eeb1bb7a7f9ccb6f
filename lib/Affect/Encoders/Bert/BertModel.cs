namespace Affect.Encoders.Bert;

/// <summary>BERT and RoBERTa: a post-norm transformer over tokens that sees both sides of each.</summary>
/// <remarks>
/// Devlin et al., <em>BERT</em>, arXiv:1810.04805; Liu et al., <em>RoBERTa</em>, arXiv:1907.11692. Reference: transformers 4.46,
/// models/bert/modeling_bert.py and models/roberta/modeling_roberta.py (weights, names and states agree). Chinese RoBERTa-wwm and MacBERT are of the
/// BERT family. Difference: initial weights are those of transformers, drawn from a generator of one's own.
/// </remarks>
public sealed class BertModel : Module<Tensor, Tensor, Tensor?, TextStates>, ITextEncoder
{
    // theirs: with or without the prefix of models with a head, any head, the old names of norms.
    private static NameMap Names { get; } = NameMap.Identity
        .WithoutPrefix("bert.")
        .WithoutPrefix("roberta.")
        .Rename("*.LayerNorm.gamma", "*.LayerNorm.weight")
        .Rename("*.LayerNorm.beta", "*.LayerNorm.bias")
        .Ignore("cls.*", "lm_head.*", "classifier.*", "qa_outputs.*", "embeddings.position_ids");

    private readonly BertEmbeddings embeddings;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LinearMap? pooler;

    private BertModel(BertConfig config, string name, bool hasPooler)
        : base(nameof(BertModel))
    {
        BertConfig.Validate(config);
        (Config, Name) = (config, name);
        RegisterComponents(); // none by their fields' names: Place registers them under the files'
        embeddings = this.Place("embeddings", new BertEmbeddings(config));
        blocks = this.Place("encoder.layer", TransformerBlocks.Of(config.Block));
        pooler = hasPooler ? this.Place("pooler.dense", new LinearMap(config.HiddenSize, config.HiddenSize)) : null;
    }

    /// <summary>The model's shape.</summary>
    public BertConfig Config { get; }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What turns texts into its ids; null where the folder held none.</summary>
    public ITokenizer? Tokenizer { get; private init; }

    /// <inheritdoc/>
    public int Layers => Config.Layers;

    /// <inheritdoc/>
    public int HiddenSize => Config.HiddenSize;

    /// <summary>Whether the checkpoint has a pooler.</summary>
    public bool HasPooler => pooler is not null;

    /// <summary>The table by which masked language modelling scores tokens, <c>[vocabulary, hidden]</c>.</summary>
    internal Parameter WordWeight => embeddings.WordWeight;

    /// <summary>The network alone, with gradients as the caller's mode has them.</summary>
    /// <param name="ids"><c>[batch, tokens]</c>, Int64.</param>
    /// <param name="mask"><c>[batch, tokens]</c>, Int64: 1 = valid.</param>
    /// <param name="types"><c>[batch, tokens]</c>, Int64; null: all 0.</param>
    /// <returns>N + 1 states; every valid token counts as text.</returns>
    /// <exception cref="ArgumentException">A shape is wrong, or there are more tokens than positions.</exception>
    public override TextStates forward(Tensor ids, Tensor mask, Tensor? types)
    {
        ids.Shape([-1, -1], "[batch, tokens]");
        mask.Shape(ids.shape, "[batch, tokens]");
        if (ids.shape[1] > Config.MaxTokens)
            throw new ArgumentException($"ids must be of at most {Config.MaxTokens} tokens, the positions that {Name} has, but are of {ids.shape[1]}.", nameof(ids));
        using var scope = NewDisposeScope();
        var states = Run(ids, mask, types, Layers);
        return new TextStates(states, mask.alias(), mask.alias()).MoveToOuterDisposeScope();
    }

    /// <summary>One vector per text: <c>tanh(W x)</c> of the first token's last state.</summary>
    /// <param name="states">What the network gave.</param>
    /// <returns><c>[batch, hidden]</c></returns>
    /// <exception cref="InvalidOperationException">The checkpoint has no pooler.</exception>
    public Tensor Pool(TextStates states)
    {
        ArgumentNullException.ThrowIfNull(states);
        if (pooler is null) throw new InvalidOperationException($"{Name} has no pooler; take the mean over the text instead.");
        using var scope = NewDisposeScope();
        return pooler.call(states.Layers[^1].select(1, 0)).tanh().MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The model has no tokenizer.</exception>
    public TextStates Encode(IReadOnlyList<string> texts, int? lastLayer = null)
    {
        Require.NotEmpty(texts);
        if (Tokenizer is null) throw new InvalidOperationException($"{Name} has no tokenizer files beside its weights, so it takes ids, not texts.");
        var last = Require.Between(0, Layers, lastLayer ?? Layers, nameof(lastLayer));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var evaluation = EvaluationMode.Of(this);
        var device = embeddings.WordWeight.device;
        var batch = Tokenizer.Batch(texts, Math.Min(Tokenizer.MaxLength, Config.MaxTokens));
        var states = Run(batch.Ids.to(device), batch.Mask.to(device), batch.Types.to(device), last);
        return new TextStates([.. states.Select(state => state.to(ScalarType.Float32))], batch.Mask.to(device), batch.TextMask.to(device)).MoveToOuterDisposeScope();
    }

    private List<Tensor> Run(Tensor ids, Tensor mask, Tensor? types, int lastLayer) =>
        blocks.Run(embeddings.call(ids, types), FrameMask.Keys(mask.ne(0)), lastLayer);

    /// <inheritdoc/>
    public string Fingerprint => PretrainedFolder.Fingerprint(this, $"{Config.Canonical()}\ntokenizer={Tokenizer?.Fingerprint}");

    /// <summary>Loads a model from a folder of Hugging Face's layout, with or without a pooler or a head; frozen and in evaluation mode.</summary>
    /// <remarks>The folder holds <c>config.json</c>, the weights, and the tokenizer's files where texts are to be encoded.</remarks>
    /// <inheritdoc cref="PretrainedFolder.Open{TModel}"/>
    public static BertModel FromPretrained(string folder, Device? device = null, ScalarType? dtype = null, string? weights = null)
    {
        var (config, tokenizer) = ReadShape(folder);
        return PretrainedFolder.Open(
            folder,
            weights,
            Names,
            checkpoint => new BertModel(config, PretrainedFolder.NameOf(folder), PretrainedFolder.HasPooler(checkpoint)) { Tokenizer = tokenizer },
            device,
            dtype);
    }

    /// <summary>A model that has learned nothing, with transformers' initial weights; frozen and in evaluation mode.</summary>
    /// <param name="config">The model's shape.</param>
    /// <param name="seed">The same seed gives the same weights.</param>
    /// <param name="tokenizer">What turns texts into ids; null: it takes ids only.</param>
    /// <param name="device">Where the weights go; null: the CPU.</param>
    /// <param name="dtype">The number format of linear maps; null: float32.</param>
    /// <exception cref="ArgumentException">The tokenizer has more ids than the model.</exception>
    public static BertModel Random(BertConfig config, int seed, ITokenizer? tokenizer = null, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        if (tokenizer is not null && tokenizer.VocabularySize > config.VocabularySize)
            throw new ArgumentException($"tokenizer must have at most {config.VocabularySize} ids, as many as the model, but has {tokenizer.VocabularySize}.", nameof(tokenizer));
        var model = new BertModel(config, $"bert-{config.HiddenSize}x{config.Layers}-random-{seed}", hasPooler: true) { Tokenizer = tokenizer };
        return PretrainedFolder.Fresh(model, seed, model.Initialise, device, dtype);
    }

    /// <summary>The control of a checkpoint: a model of the same shape and vocabulary that has learned nothing; frozen and in evaluation mode.</summary>
    /// <inheritdoc cref="PretrainedFolder.Fresh{TModel}"/>
    public static BertModel RandomLike(string folder, int seed, Device? device = null, ScalarType? dtype = null)
    {
        var (config, tokenizer) = ReadShape(folder);
        return Random(config, seed, tokenizer, device, dtype);
    }

    /// <summary>Writes <c>config.json</c>, <c>model.safetensors</c> and the tokenizer's files as transformers reads them.</summary>
    /// <inheritdoc cref="PretrainedFolder.Save"/>
    public void SavePretrained(string folder, ScalarType? dtype = null)
    {
        PretrainedFolder.Save(this, folder, dtype);
        Tokenizer?.Save(folder);
        Config.Write(PretrainedFolder.Config(folder));
    }

    private static (BertConfig Config, ITokenizer? Tokenizer) ReadShape(string folder)
    {
        var config = BertConfig.Read(PretrainedFolder.Config(folder));
        var tokenizer = Text.Tokenizer.IsIn(folder) ? Text.Tokenizer.Open(folder) : null;
        return tokenizer is null || tokenizer.VocabularySize <= config.VocabularySize
            ? (config, tokenizer)
            : throw new FormatException(
                $"{folder}: the tokenizer must have at most {config.VocabularySize} ids, the vocab_size of config.json, but has {tokenizer.VocabularySize}.");
    }

    // transformers' BertPreTrainedModel._init_weights.
    private void Initialise(Generator generator)
    {
        embeddings.Initialise(generator);
        PretrainedFolder.Draw(this, generator, (_, _) => Config.InitializerRange);
    }
}
