namespace Affect.Checkpoints.Pickle;

/// <summary>Something a pickle may name: a constant, or a function that it may call.</summary>
/// <param name="Value">What the name stands for when it is not called.</param>
/// <param name="Call">What calling it gives; null: it may not be called.</param>
internal sealed record PickleGlobal(object? Value, Func<object?[], object?>? Call = null);
