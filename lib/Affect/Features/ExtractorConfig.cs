namespace Affect.Features;

/// <summary>How the sound of a corpus's clips becomes features.</summary>
/// <remarks>
/// <see cref="Pooling"/>, <see cref="Layers"/> and <see cref="MaximumSeconds"/> decide what the features are, and with the encoder which store they
/// belong to. <see cref="BatchSeconds"/> and <see cref="WindowConfig.WindowClips"/> decide which clips are encoded together, which changes float32 features by
/// about one millionth; the same two, corpus and machine give the same bytes. <see cref="WindowConfig.Shard"/> and <see cref="WindowConfig.DecodeWorkers"/> change no bit.
/// </remarks>
public sealed record ExtractorConfig : WindowConfig
{
    /// <summary>How frames become one vector.</summary>
    public Pooling Pooling { get; init; } = Pooling.Mean;

    /// <summary>Which layers are kept.</summary>
    public LayerChoice Layers { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = LayerChoice.All;

    /// <summary>
    /// Clips longer than this (seconds) are cut into equal pieces that are encoded apart and pooled together, since the cost of attention grows with
    /// the square of the length: a minute takes 0.4 GB per layer in HuBERT-base. 0 leaves every clip whole.
    /// </summary>
    public double MaximumSeconds { get; init => field = value == 0 ? 0 : Require.Between(1.0, 86400.0, value); } = 30;

    /// <summary>How much sound, padding included, is encoded at once (seconds). A clip that is longer than this is encoded alone.</summary>
    public double BatchSeconds { get; init => field = Require.Between(0.0, 86400.0, value); } = 16;
}
