namespace Affect.Tests;

/// <summary>Tests that count the process's tensors: whatever ran beside them would be counted too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OwnTensors
{
    public const string Name = "all tensors of the process";
}
