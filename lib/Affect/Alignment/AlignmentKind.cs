namespace Affect.Alignment;

/// <summary>What brings a clip's pictures and its sound together.</summary>
public enum AlignmentKind
{
    /// <summary>Symmetric InfoNCE with a learned temperature: a clip's own sound against those of other clips.</summary>
    Contrastive,

    /// <summary><c>1 − cos(v, a)</c>: no other clip plays a part.</summary>
    Cosine,

    /// <summary>The mean squared difference to the standardised sound: no other clip plays a part.</summary>
    MeanSquaredError,
}
