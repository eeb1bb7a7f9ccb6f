namespace Affect.Data.Mimicry;

/// <summary>What Mimic corpus to generate. The same settings give the same manifest on every machine.</summary>
public sealed record MimicConfig
{
    /// <summary>The generator's version. Every change of sentences, cues, faces or draws raises it, since numbers of different versions do not compare.</summary>
    public const int Version = 2;

    /// <summary>How many clips in all; at least 12.</summary>
    public int Clips { get; init => field = Require.AtLeast(12, value); } = 960;

    /// <summary>Decides every draw.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many speakers at most, from 4 to 999; a corpus of few clips has fewer, so that each speaks four clips or more.</summary>
    public int Speakers { get; init => field = Require.Between(4, 999, value); } = 96;

    /// <summary>
    /// The share of clips whose emotion is left out of the manifest, from 0.05 to 0.9. MER2024-SEMI has 23 unlabelled clips to a labelled one;
    /// that would leave a corpus of this size without labels, so the default is 3 in 10. Of the rest, labelled clips and test clips are in the
    /// proportion of MER2024-SEMI, 5030 to 1169, as nearly as whole speakers allow.
    /// </summary>
    public double UnlabelledShare { get; init => field = Require.Between(0.05, 0.9, value); } = 0.3;

    /// <summary>How many clips are made at a time; 0 takes one per processor. Does not change what is made.</summary>
    public int Workers { get; init => field = Require.AtLeast(0, value); }

    /// <summary>The speech synthesiser: a program on the path or its full path. Does not change the manifest.</summary>
    public string Espeak { get; init; } = "espeak-ng";
}
