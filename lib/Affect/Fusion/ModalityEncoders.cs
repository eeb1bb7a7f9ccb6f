namespace Affect.Fusion;

/// <summary>One encoder per modality, under the baseline's names.</summary>
internal sealed class ModalityEncoders
{
    private readonly MlpEncoder[] encoders;

    internal ModalityEncoders(FusionModel owner, FusionConfig config)
    {
        encoders = [.. config.Modalities.Select(modality => new MlpEncoder(modality.Size, config.HiddenSize, config.Dropout))];
        foreach (var (encoder, modality) in encoders.Zip(config.Modalities)) owner.register_module($"{modality.Theirs}_encoder", encoder);
    }

    /// <summary>A modality's embedding, before what is missing is taken out.</summary>
    /// <returns><c>[batch, hidden]</c></returns>
    internal Tensor Embed(Tensor features, int modality) => encoders[modality].call(features);
}
