namespace Affect.Encoders.Transformer;

/// <summary>The shape of a small transformer over the frames of a clip.</summary>
public sealed record TemporalConfig
{
    /// <summary>How many numbers a frame has.</summary>
    public required int InputSize { get; init => field = Require.AtLeast(1, value); }

    /// <summary>How many numbers the clip's vector has.</summary>
    public required int OutputSize { get; init => field = Require.AtLeast(1, value); }

    /// <summary>Within the blocks; a multiple of <see cref="Heads"/>.</summary>
    public int HiddenSize { get; init => field = Require.AtLeast(1, value); } = 128;

    /// <summary>Blocks.</summary>
    public int Layers { get; init => field = Require.AtLeast(1, value); } = 2;

    /// <summary>Attention heads.</summary>
    public int Heads { get; init => field = Require.AtLeast(1, value); } = 8;

    /// <summary>Dropout in training, of attention weights and after each part of a block.</summary>
    public double Dropout { get; init => field = Require.Between(0, 1, value); } = 0.1;

    /// <summary>The most frames of a clip: as many positions are learned.</summary>
    public int MaximumFrames { get; init => field = Require.AtLeast(1, value); } = 64;

    internal BlockConfig Block => new()
    {
        HiddenSize = HiddenSize,
        Layers = Layers,
        Heads = Heads,
        FeedForwardSize = 4 * HiddenSize,
        Dropout = Dropout,
        AttentionDropout = Dropout,
    };
}
