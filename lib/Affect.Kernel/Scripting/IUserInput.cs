namespace Affect.Kernel.Scripting;

/// <summary>A keyboard that can be asked with a prompt.</summary>
internal interface IUserInput
{
    /// <summary>Waits for one line.</summary>
    /// <param name="prompt">What the user is told.</param>
    /// <param name="isPassword">Whether what is typed is hidden.</param>
    /// <exception cref="InvalidOperationException">Nobody can be asked.</exception>
    /// <exception cref="OperationCanceledException">The cell was asked to stop.</exception>
    string Ask(string prompt, bool isPassword);
}
