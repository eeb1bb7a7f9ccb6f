namespace Affect.Pretraining.Hubert;

/// <summary>Which synthetic speech to learn from: Mimic's voices without their faces, and none with the accent and timbre of a speaker of the held-out corpus.</summary>
public sealed record SpeechConfig : CastConfig
{
    /// <summary>How much speech, hours; pauses and the silence around sentences included.</summary>
    public double Hours { get; init => field = Require.Between(0.001, 1000, value); } = 1.5;

    /// <summary>The speech synthesiser: a program on the path or its full path.</summary>
    public string Espeak { get; init; } = "espeak-ng";
}
