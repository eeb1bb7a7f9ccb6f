namespace Affect.Kernel;

/// <summary>Where a session sends what its cells print and show. May be called from any thread.</summary>
public interface ICellOutput
{
    /// <summary>Takes one of the output messages of Jupyter's messaging protocol.</summary>
    /// <param name="type"><c>stream, display_data, update_display_data, clear_output, execute_result</c> or <c>error</c>.</param>
    /// <param name="content">What it says, as the protocol has it; the receiver's to keep.</param>
    void Send(string type, JsonObject content);
}
