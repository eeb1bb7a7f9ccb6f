namespace Affect.Pretraining.Hubert;

/// <summary>Which synthetic speech to learn from: Mimic's voices without their faces.</summary>
public sealed record SpeechConfig
{
    /// <summary>How much speech, hours; pauses and the silence around sentences included.</summary>
    public double Hours { get; init => field = Require.Between(0.001, 1000, value); } = 1.5;

    /// <summary>The seed of the first cast of speakers; further casts take the numbers after it.</summary>
    public int Seed { get; init; } = 1001;

    /// <summary>
    /// The seed of the corpus that results will be reported on. Its speakers are not heard here: no cast has its seed, and no speaker has the accent and
    /// timbre of one of its speakers.
    /// </summary>
    public int HeldOutSeed { get; init; } = 1;

    /// <summary>How many speakers a cast has.</summary>
    public int SpeakersPerCast { get; init => field = Require.Between(4, 999, value); } = 96;

    /// <summary>How many sentences a cast speaks.</summary>
    public int ClipsPerCast { get; init => field = Require.AtLeast(12, value); } = 480;

    /// <summary>The speech synthesiser: a program on the path or its full path.</summary>
    public string Espeak { get; init; } = "espeak-ng";
}
