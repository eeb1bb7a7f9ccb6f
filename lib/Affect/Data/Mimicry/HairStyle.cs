namespace Affect.Data.Mimicry;

/// <summary>The ways in which Mimic's people wear their hair.</summary>
internal enum HairStyle
{
    Short,
    Parted,
    Bald,
    Bob,
    Long,
    Bun,
    Curls,
}
