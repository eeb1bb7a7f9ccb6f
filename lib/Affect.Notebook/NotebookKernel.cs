namespace Affect.Notebook;

/// <summary>What the library asks of the kernel that runs it, whichever it is.</summary>
internal static class NotebookKernel
{
    // Ours, and .NET Interactive's. A kernel that is neither gets plain lines, which are right everywhere.
    private static readonly string[] Known = ["Affect.Kernel", "Microsoft.DotNet.Interactive"];

    /// <summary>Whether there is one, that shows what is displayed.</summary>
    internal static bool IsThere => AppDomain.CurrentDomain.GetAssemblies().Any(assembly => Known.Contains(assembly.GetName().Name));

    /// <summary>Shows a value, and gives the handle by which it is updated.</summary>
    /// <remarks>
    /// The package's <c>Display()</c> shows one handle and gives back another, whose updates name something that was never shown. The one that it shows
    /// is in its event.
    /// </remarks>
    internal static DisplayedValue Display(object value)
    {
        DisplayedValue? shown = null;
        var thread = Environment.CurrentManagedThreadId;
        using var listening = Formatter.SubscribeToDisplayedValues(displayed => shown ??= Environment.CurrentManagedThreadId == thread ? displayed : null);
        var answer = value.Display();
        return shown ?? answer;
    }
}
