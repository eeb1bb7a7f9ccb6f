namespace Affect.Training;

/// <summary>How a trainer treats classes of unlike size. (Class weights in the loss are the task's own.)</summary>
public enum ClassBalance
{
    /// <summary>Every item once an epoch.</summary>
    None,

    /// <summary>As many items an epoch as there are, drawn with replacement such that every class is as likely.</summary>
    Sampling,
}
