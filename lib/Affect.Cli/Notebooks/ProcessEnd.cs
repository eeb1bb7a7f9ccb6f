namespace Affect.Cli.Notebooks;

/// <summary>Ends the process while a cell that could not be stopped still computes.</summary>
internal static partial class ProcessEnd
{
    /// <summary>The exit code, if nothing is left running; otherwise the process ends here with it.</summary>
    /// <param name="code">The exit code.</param>
    /// <param name="hasLostCell">Whether a cell's thread still runs.</param>
    internal static int With(int code, bool hasLostCell)
    {
        // The ordinary way out takes libtorch apart under the thread that is using it, and the exit code would be that of a crash.
        if (hasLostCell && !OperatingSystem.IsWindows()) ExitAtOnce(code);
        return code;
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitAtOnce(int status);
}
