namespace Affect.Training;

/// <summary>How the learning rate goes on after the warm-up.</summary>
public enum ScheduleKind
{
    /// <summary>Half a cosine down to 0.</summary>
    Cosine,

    /// <summary>Straight down to 0.</summary>
    Linear,

    /// <summary>Unchanged.</summary>
    Constant,
}
