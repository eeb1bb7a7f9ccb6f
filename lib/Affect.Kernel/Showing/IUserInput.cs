namespace Affect.Kernel.Showing;

/// <summary>A keyboard that can be asked with a prompt.</summary>
internal interface IUserInput
{
    /// <summary>Waits for one line; what is typed is hidden where it is a password.</summary>
    /// <exception cref="InvalidOperationException">Nobody can be asked.</exception>
    /// <exception cref="OperationCanceledException">The cell was asked to stop.</exception>
    string Ask(string prompt, bool isPassword);
}
