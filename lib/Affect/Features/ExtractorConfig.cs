namespace Affect.Features;

/// <summary>How the clips of a corpus become features.</summary>
/// <remarks>
/// <see cref="Pooling"/>, <see cref="Layers"/> and <see cref="MaximumSeconds"/> decide what the features are, and with the encoder which store they
/// belong to. <see cref="BatchSeconds"/> and <see cref="WindowClips"/> decide which clips are encoded together, which changes float32 features by
/// about one millionth; the same two, corpus and machine give the same bytes. <see cref="Shard"/> and <see cref="DecodeWorkers"/> change no bit.
/// </remarks>
public sealed record ExtractorConfig
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

    /// <summary>How many clips are decoded and sorted by length together. Two windows are in memory at a time, whatever the size of the corpus.</summary>
    public int WindowClips { get; init => field = Require.Between(1, 100_000, value); } = 64;

    /// <summary>Which part of the corpus this run does; whole windows, so that parts together give the same bytes as one run.</summary>
    public Shard Shard { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = Shard.Whole;

    /// <summary>How many clips are decoded at once, beside the encoder.</summary>
    public int DecodeWorkers { get; init => field = Require.Between(1, 256, value); } = Math.Min(4, Environment.ProcessorCount);
}
