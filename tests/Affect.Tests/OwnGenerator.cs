namespace Affect.Tests;

/// <summary>Tests whose numbers come from libtorch's one generator (as its dropout's): whatever ran beside them would draw from it too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OwnGenerator
{
    public const string Name = "libtorch's own generator";
}
