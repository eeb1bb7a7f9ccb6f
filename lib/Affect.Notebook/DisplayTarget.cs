namespace Affect.Notebook;

/// <summary>The target that displays go to right now.</summary>
/// <remarks>
/// A target holds for the flow of control that set it, with the tasks and threads it starts, so that two notebooks may run side by side. A thread
/// that was started before, or without its starter's context, takes the target that was set last in the process. What is shown once and updated
/// later (<see cref="DisplayedValue"/>, <see cref="NotebookProgress"/>) keeps the target it was made with. Without any, text goes to the console.
/// </remarks>
public static class DisplayTarget
{
    // The one thing of this library that is not an argument: a cell that says display(x) names no target, as one that says Console.WriteLine does not.
    private static readonly AsyncLocal<IDisplayTarget?> Flow = new();
    private static readonly Lock Gate = new();
    private static readonly List<IDisplayTarget> Installed = [];

    /// <summary>The target of this flow of control.</summary>
    public static IDisplayTarget Current
    {
        get
        {
            if (Flow.Value is { } target) return target;
            lock (Gate) return Installed.Count > 0 ? Installed[^1] : ConsoleTarget.Instance;
        }
    }

    /// <summary>Sends displays to a target until the answer is disposed.</summary>
    /// <param name="target">The host's target.</param>
    public static IDisposable Use(IDisplayTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        var before = Flow.Value;
        Flow.Value = target;
        lock (Gate) Installed.Add(target);
        return new Usage(target, before);
    }

    private sealed class Usage(IDisplayTarget target, IDisplayTarget? before) : IDisposable
    {
        private bool isOver;

        public void Dispose()
        {
            if (isOver) return;
            isOver = true;
            Flow.Value = before;
            lock (Gate) Installed.RemoveAt(Installed.LastIndexOf(target));
        }
    }
}
