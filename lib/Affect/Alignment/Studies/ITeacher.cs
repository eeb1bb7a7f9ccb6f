namespace Affect.Alignment.Studies;

/// <summary>Whose vectors pictures are brought near: made anew for every fold, so that it has met none of the fold's held-out speakers.</summary>
public interface ITeacher
{
    /// <summary>What to call it in tables and figures.</summary>
    string Name { get; }

    /// <summary>Whether it knows what no network could know: good for measuring what alignment could give at best, and for nothing else.</summary>
    bool IsControl { get; }

    /// <summary>Whether it may use no label but those that the probe has too, and so differs from share to share.</summary>
    bool SeesOnlyTheShare { get; }

    /// <summary>Its vectors of all clips, those of held-out speakers too, to be measured by.</summary>
    /// <param name="lesson">What it may learn from.</param>
    /// <param name="cancel">Ends the work.</param>
    /// <returns>A table of one layer.</returns>
    /// <exception cref="ArgumentException">The clips to learn from are too few.</exception>
    FeatureTable Teach(Lesson lesson, CancellationToken cancel = default);
}
