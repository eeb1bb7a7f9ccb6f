namespace Affect.Kernel.Jupyter;

/// <summary>The sockets over which messages go; the heartbeat carries none.</summary>
internal enum Channel
{
    Shell,
    Control,
    Iopub,
    Stdin,
}
