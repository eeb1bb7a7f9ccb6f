namespace Affect.Cli;

/// <summary>Every command of the laboratory, one line each.</summary>
internal static class CommandList
{
    internal static IEnumerable<Command> All() =>
    [
        RunCommand.Create(),
        new("corpus", "Describe a corpus, or generate the synthetic one.") { DescribeCorpus.Create(), GenerateMimic.Create() },
        ExtractCommand.Create(),
        FramesCommand.Create(),
        ProbeCommand.Create(),
        AdaptCommand.Create(),
        AlignCommand.Create(),
        ParityCommand.Create(),
        new("notebooks", "Run the notebooks without Jupyter, or copy them for students.") { RunNotebooks.Create(), StudentNotebooks.Create() },
        new("kernel", "The C# kernel for Jupyter: our notebooks in JupyterLab, Jupyter Notebook, VS Code and nbconvert.")
        {
            InstallKernel.Create(), KernelDoctor.Create(), StartKernel.Create(),
        },
        JupyterCommand.Create(),
        BenchCommand.Create(),
        PretrainCommand.Create(),
        FuseCommand.Create(),
        PredictCommand.Create(),
        ReportCommand.Create(),
    ];
}
