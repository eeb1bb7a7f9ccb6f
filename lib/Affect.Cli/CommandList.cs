namespace Affect.Cli;

/// <summary>Every command of the laboratory, one line each.</summary>
internal static class CommandList
{
    internal static IEnumerable<Command> All() =>
    [
        RunCommand.Create(),
        CorpusCommand.Create(),
        ExtractCommand.Create(),
        FramesCommand.Create(),
        ProbeCommand.Create(),
        AdaptCommand.Create(),
        AlignCommand.Create(),
        ParityCommand.Create(),
        NotebooksCommand.Create(),
        KernelCommand.Create(),
        JupyterCommand.Create(),
        BenchCommand.Create(),
        PretrainCommand.Create(),
        FuseCommand.Create(),
        PredictCommand.Create(),
        ReportCommand.Create(),
    ];
}
