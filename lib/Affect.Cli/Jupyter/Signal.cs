namespace Affect.Cli.Jupyter;

/// <summary>What the runtime's <see cref="Process"/> cannot do: ask a process to end.</summary>
internal static partial class Signal
{
    private const int Term = 15;

    /// <summary>Asks a process to end; one that has ended already needs no asking.</summary>
    internal static void Terminate(Process process) => _ = Kill(process.Id, Term);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
