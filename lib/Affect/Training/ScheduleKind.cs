namespace Affect.Training;

/// <summary>How the learning rate goes on after the warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>Half a cosine down to 0.</summary>
    Cosine,

    /// <summary>Straight down to 0.</summary>
    Linear,

    /// <summary>Straight down to 0, beginning with the first step after the warm-up: fairseq's polynomial decay of power 1, as HuBERT has it.</summary>
    PolynomialDecay,

    /// <summary>Unchanged.</summary>
    Constant,
}
