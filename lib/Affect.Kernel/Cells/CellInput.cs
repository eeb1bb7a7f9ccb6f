namespace Affect.Kernel.Cells;

/// <summary>What a cell may ask its reader, with .NET Interactive's names and signatures.</summary>
public static class CellInput
{
    /// <summary>Asks for a line of text.</summary>
    /// <param name="prompt">What the reader is told.</param>
    /// <param name="typeHint">What kind of text is wanted; told to nobody here, since Jupyter's protocol has no word for it.</param>
    /// <exception cref="InvalidOperationException">Nobody is at the keyboard.</exception>
    public static Task<string> GetInputAsync(string prompt = "", string typeHint = "text") => Task.FromResult(ConsoleRouter.Ask(prompt, isPassword: typeHint == "password"));

    /// <summary>Asks for a text that is not shown while it is typed.</summary>
    /// <param name="prompt">What the reader is told.</param>
    /// <exception cref="InvalidOperationException">Nobody is at the keyboard.</exception>
    public static Task<PasswordString> GetPasswordAsync(string prompt = "") => Task.FromResult(new PasswordString(ConsoleRouter.Ask(prompt, isPassword: true)));
}
