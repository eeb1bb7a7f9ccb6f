namespace Affect.Probing;

/// <summary>One cell of an experiment over shares of the labels: whose labels are drawn, what is held out, and how many labels there are.</summary>
/// <param name="Seed">The seed that draws labels.</param>
/// <param name="Fold">The division of the clips.</param>
/// <param name="Fraction">The share of the labels, above 0 and at most 1.</param>
public sealed record FractionCase(int Seed, Fold Fold, double Fraction);
