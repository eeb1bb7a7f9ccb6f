namespace Affect.Kernel.Jupyter;

/// <summary>Notices that the process which started the kernel is gone: nobody would ever end the kernel then.</summary>
internal sealed partial class ParentWatch : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly int parent;
    private readonly bool isOurParent;
    private readonly Action gone;
    private readonly Timer timer;

    private ParentWatch(int parent, Action gone)
    {
        (this.parent, this.gone) = (parent, gone);
        isOurParent = getppid() == parent;
        timer = new Timer(_ => Look(), null, Pace, Pace);
    }

    /// <summary>Watches the process that Jupyter names in <c>JPY_PARENT_PID</c>.</summary>
    /// <param name="gone">Called when it has ended.</param>
    /// <returns>Null where no process is named.</returns>
    internal static ParentWatch? Start(Action gone) => !OperatingSystem.IsWindows()
        && int.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), CultureInfo.InvariantCulture, out var parent) && parent > 1
            ? new ParentWatch(parent, gone)
            : null;

    public void Dispose() => timer.Dispose();

    // A child of a process that ends gets another parent; of another process it is asked whether it is there.
    private void Look()
    {
        if (isOurParent ? getppid() == parent : kill(parent, 0) == 0) return;
        timer.Change(Timeout.Infinite, Timeout.Infinite);
        gone();
    }

    [LibraryImport("libc")]
    private static partial int getppid();

    [LibraryImport("libc")]
    private static partial int kill(int process, int signal);
}
