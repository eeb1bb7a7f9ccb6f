namespace TorchSharp.Tests.Scopes;

/// <summary>Tests that count the process's tensors run alone.</summary>
[CollectionDefinition("Counts tensors", DisableParallelization = true)]
public sealed class CountsTensors;
