namespace Affect.Cli.Notebooks;

/// <summary>Ends of processes that the runtime does not know.</summary>
internal static partial class ProcessEnd
{
    private const int Term = 15;

    /// <summary>The exit code, if nothing is left running; otherwise the process ends here with it.</summary>
    internal static int With(int code, bool hasLostCell)
    {
        // The ordinary way out takes libtorch apart under the thread that is using it, and the exit code would be that of a crash.
        if (hasLostCell && !OperatingSystem.IsWindows()) ExitAtOnce(code);
        return code;
    }

    /// <summary>Asks a process to end; one that has ended already needs no asking.</summary>
    internal static void Ask(Process process) => _ = Kill(process.Id, Term);

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitAtOnce(int status);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
