namespace Affect.Pretraining.Hubert;

/// <summary>What the network has to name under its masks.</summary>
public enum UnitSets
{
    /// <summary>HuBERT's own: clusters of cepstral coefficients, in later iterations of a middle layer's states.</summary>
    Content,

    /// <summary>The same and, beside them, clusters of pitch and loudness. Ours: HuBERT has one code book at a time and none of prosody.</summary>
    ContentAndProsody,
}
