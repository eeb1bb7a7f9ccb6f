namespace Affect.Cli.Commands;

/// <summary><c>lab kernel start FILE</c>: what Jupyter runs.</summary>
internal static class StartKernel
{
    internal static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The connection file that Jupyter wrote" };
        var command = new Command("start", "Be the kernel of one notebook; Jupyter starts this itself, from the kernel that 'lab kernel install' wrote.") { file };
        // Not asynchronous: the kernel has its own way with signals.
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file)));
        return command;
    }

    private static int Run(string file)
    {
        StrayExceptions.Survive();
        try
        {
            using var kernel = new KernelHost(ConnectionFile.Read(file), NotebookHost.Session, NotebookHost.WarmUp.Value);
            return ProcessEnd.With(0, hasLostCell: kernel.WaitForShutdown());
        }
        catch (DllNotFoundException error)
        {
            Console.Error.WriteLine($"error: {error.Message}");
            return 2;
        }
    }
}
