namespace Affect.Cli.Commands;

/// <summary><c>lab kernel ...</c>: the C# kernel for Jupyter.</summary>
internal static class KernelCommand
{
    internal static Command Create() => new("kernel", "The C# kernel for Jupyter: our notebooks in JupyterLab, Jupyter Notebook, VS Code and nbconvert.")
    {
        InstallKernel.Create(),
        KernelDoctor.Create(),
        StartKernel.Create(),
    };
}
