namespace Affect.Encoders.Bert;

/// <summary>BERT and RoBERTa: a post-norm transformer over tokens that sees both sides of each.</summary>
/// <remarks>
/// Devlin et al., <em>BERT</em>, arXiv:1810.04805; Liu et al., <em>RoBERTa</em>, arXiv:1907.11692. Reference: transformers 4.46,
/// models/bert/modeling_bert.py and models/roberta/modeling_roberta.py (weights, names and states agree). Chinese RoBERTa-wwm and MacBERT are of the
/// BERT family. Difference: initial weights are those of transformers, drawn from a generator of one's own.
/// </remarks>
public sealed partial class BertModel : Module<Tensor, Tensor, Tensor?, TextStates>, ITextEncoder
{
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
        blocks = this.Place("encoder.layer", TransformerBlocks.Of(config.Block, config.Layers));
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
}
