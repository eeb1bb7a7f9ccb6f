namespace Affect.Adapters;

/// <summary>A module that an adapter goes into.</summary>
/// <param name="Path">Its dotted path within the model.</param>
/// <param name="Module">The module.</param>
/// <param name="Layer">The layer it belongs to, from 1; null outside the blocks.</param>
internal sealed record AdaptedModule(string Path, Module Module, int? Layer);
