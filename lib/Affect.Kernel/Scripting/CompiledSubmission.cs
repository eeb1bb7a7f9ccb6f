namespace Affect.Kernel.Scripting;

/// <summary>A compiled cell or loaded file, not yet run.</summary>
/// <param name="Name">The cell or file.</param>
/// <param name="Entry">Its entry point; takes the states of all submissions, its own being put there. Null where there is nothing to run.</param>
/// <param name="Slot">The place of its state.</param>
internal sealed record CompiledSubmission(string Name, Func<object?[], Task<object?>>? Entry, int Slot);
