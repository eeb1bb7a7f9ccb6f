namespace Affect.Kernel.Scripting;

/// <summary>A cell that cannot be run as it stands.</summary>
internal sealed class CellException(CellError error) : Exception(error.Message)
{
    internal CellError Error => error;
}
