namespace Affect.Evaluation;

/// <summary>A score of class decisions, 0 … 1, higher is better; <see cref="Scores"/> defines each.</summary>
public enum Metric
{
    /// <summary>F1 averaged over the classes by support.</summary>
    Waf,

    /// <summary>Recall averaged over the classes that occur.</summary>
    Uar,

    /// <summary>The share of right decisions.</summary>
    Accuracy,

    /// <summary>F1 averaged over all classes alike.</summary>
    MacroF1,
}
