namespace Affect.Encoders.Bert;

public sealed partial class BertModel
{
    // theirs: with or without the prefix of models with a head, any head, the old names of norms.
    private static NameMap Names { get; } = NameMap.Identity
        .WithoutPrefix("bert.")
        .WithoutPrefix("roberta.")
        .Rename("*.LayerNorm.gamma", "*.LayerNorm.weight")
        .Rename("*.LayerNorm.beta", "*.LayerNorm.bias")
        .Ignore("cls.*", "lm_head.*", "classifier.*", "qa_outputs.*", "embeddings.position_ids");

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
