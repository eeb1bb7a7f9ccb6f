namespace Affect.Kernel.Scripting;

/// <summary>A variable that a cell declared, with the value that it has now.</summary>
internal sealed record CellVariable(string Name, Type Type, object? Value);
