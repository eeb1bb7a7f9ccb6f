namespace Affect.Fusion;

/// <summary>The maps from the fused representation to emotion, and to valence where a checkpoint has one.</summary>
public sealed class FusionHead
{
    internal const string Prefix = "fc_out_";

    private readonly Linear emotion;
    private readonly Linear? valence;

    /// <summary>Makes the maps and registers them with their fusion, under the baseline's names.</summary>
    /// <param name="owner">The fusion.</param>
    /// <param name="config">Its classes, and whether it tells valence.</param>
    /// <param name="size">The size of the fused vector.</param>
    public FusionHead(FusionModel owner, FusionConfig config, int size)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(config);
        emotion = nn.Linear(size, config.Classes);
        valence = config.HasValence ? nn.Linear(size, 1) : null;
        owner.register_module(Prefix + "1", emotion);
        if (valence is not null) owner.register_module(Prefix + "2", valence);
    }

    /// <summary>Decides.</summary>
    /// <param name="features"><c>[batch, size]</c></param>
    /// <param name="weights">What the modalities were weighted by, if they were.</param>
    public FusionOutput Decide(Tensor features, Tensor? weights = null) => new(emotion.call(features), features) { Valence = valence?.call(features), Weights = weights };
}
