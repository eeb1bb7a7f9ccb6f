namespace Affect.Alignment;

/// <summary>What brings a clip's pictures and its sound together.</summary>
public enum AlignmentKind
{
    /// <summary>Symmetric InfoNCE with a learned temperature: a clip's own sound against those of other clips.</summary>
    Contrastive,

    /// <summary>
    /// As <see cref="Contrastive"/>, but what each clip's pictures are to point at is not its own sound alone: it is the softmax of that sound's similarities
    /// to all sounds of the batch, so that clips that sound alike, as of one emotion, are not each other's negatives.
    /// </summary>
    SoftContrastive,

    /// <summary><c>1 − cos(v, a)</c>: no other clip plays a part.</summary>
    Cosine,

    /// <summary>The mean squared difference to the standardised sound: no other clip plays a part.</summary>
    MeanSquaredError,
}
