namespace Affect.Features;

/// <summary>How the frames of a clip become one vector.</summary>
public enum Pooling
{
    /// <summary>The mean over the valid frames: as many numbers as the encoder's hidden size.</summary>
    Mean,

    /// <summary>The mean, then the standard deviation (divided by the number of frames) over the valid frames: twice the hidden size.</summary>
    MeanAndDeviation,
}
