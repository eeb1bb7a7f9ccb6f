namespace Affect.Cli.Commands;

/// <summary><c>lab kernel start FILE</c>: what Jupyter runs.</summary>
internal static class StartKernel
{
    internal static Command Create()
    {
        var command = new LabCommand("start", "Be the kernel of one notebook; Jupyter starts this itself, as 'lab kernel install' told it.");
        var file = command.File("FILE", "The connection file that Jupyter wrote");
        // It has its own way with Ctrl-C.
        return command.Runs(given =>
        {
            StrayExceptions.Survive();
            try
            {
                using var kernel = new KernelHost(ConnectionFile.Read(given.Of(file)), NotebookHost.Session, NotebookHost.WarmUp.Value);
                return ProcessEnd.With(0, hasLostCell: kernel.WaitForShutdown());
            }
            catch (DllNotFoundException error)
            {
                Say.Note($"error: {error.Message}");
                return 2;
            }
        });
    }
}
