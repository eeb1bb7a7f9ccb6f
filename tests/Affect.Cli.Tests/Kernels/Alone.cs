namespace Affect.Cli.Tests.Kernels;

/// <summary>Tests that run while no other does: Jupyter's own wait no longer than a tenth of a second for each message.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
