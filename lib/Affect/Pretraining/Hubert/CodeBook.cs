namespace Affect.Pretraining.Hubert;

/// <summary>The units of one kind for every frame of the speech.</summary>
/// <param name="Name">What they are clusters of.</param>
/// <param name="Clusters">How many different ones there are.</param>
/// <param name="Units">One a frame, the clips end to end.</param>
internal sealed record CodeBook(string Name, int Clusters, short[] Units);
