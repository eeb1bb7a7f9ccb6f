using Affect.Kernel.Headless;

namespace Affect.Cli.Notebooks;

/// <summary>Shows a notebook's cells like any other work.</summary>
internal sealed class CellProgressLine(IProgress<WorkProgress> line) : IProgress<CellProgress>
{
    public void Report(CellProgress value) =>
        line.Report(new WorkProgress(value.Notebook, value.Done, value.Total, "cells") { Detail = value.Next.Length > 0 ? value.Next : null });
}
