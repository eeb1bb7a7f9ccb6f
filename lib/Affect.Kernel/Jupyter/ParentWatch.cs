namespace Affect.Kernel.Jupyter;

/// <summary>Notices that the process which started the kernel is gone: nobody would ever end the kernel then.</summary>
internal static partial class ParentWatch
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>Watches the process that Jupyter names in <c>JPY_PARENT_PID</c>, until it is disposed of; null where none is named.</summary>
    internal static Timer? Start(Action gone)
    {
        var named = Environment.GetEnvironmentVariable("JPY_PARENT_PID");
        if (OperatingSystem.IsWindows() || !int.TryParse(named, CultureInfo.InvariantCulture, out var parent) || parent <= 1) return null;
        // A child of a process that ends gets another parent; of another process it is asked whether it is there.
        var isOurParent = getppid() == parent;
        return new Timer(_ => Look(), null, Pace, Pace);

        void Look()
        {
            if (isOurParent ? getppid() != parent : kill(parent, 0) != 0) gone();
        }
    }

    [LibraryImport("libc")]
    private static partial int getppid();

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
