namespace Affect.Data.Mimicry;

/// <summary>What a speaker's face looks like at rest. Lengths are in half heads.</summary>
internal sealed record FaceLooks
{
    private static readonly int[] Skins = [0xF6D7BE, 0xEDC09A, 0xE3AC82, 0xCB8F63, 0xA86F48, 0x83522F, 0xF1CDB0, 0xB97F56];
    private static readonly int[] Hairs = [0x2B211C, 0x4A3122, 0x7A4F2C, 0xB98346, 0xD9B36C, 0x8E3B22, 0x8D8781, 0x1E1C22];
    private static readonly int[] Irises = [0x5B3A21, 0x3F2A1B, 0x4E7391, 0x5F7F56, 0x6E6A5E];
    private static readonly int[] Backgrounds = [0xCFE0EA, 0xE9DDC9, 0xD3E3CF, 0xE6D3DC, 0xD9D6EA, 0xE8E3D6, 0xC9DEDD];
    private static readonly int[] Shirts = [0x3F5F7F, 0x7C3B45, 0x4F7A5A, 0xC9A24B, 0x6A4C7D, 0x3B3F4A, 0xB65F42, 0x8FA7B8];
    private static readonly HairStyle[] LowStyles = [HairStyle.Short, HairStyle.Short, HairStyle.Parted, HairStyle.Parted, HairStyle.Bald, HairStyle.Curls, HairStyle.Bob];
    private static readonly HairStyle[] HighStyles = [HairStyle.Bob, HairStyle.Long, HairStyle.Long, HairStyle.Bun, HairStyle.Curls, HairStyle.Short];

    internal required Color Skin { get; init; }
    internal required Color Hair { get; init; }
    internal required Color Iris { get; init; }
    internal required Color Background { get; init; }
    internal required Color Shirt { get; init; }
    internal required HairStyle Style { get; init; }
    internal required float FaceWidth { get; init; }
    internal required float JawWidth { get; init; }
    internal required float EyeSize { get; init; }
    internal required float EyeDistance { get; init; }
    internal required float BrowThickness { get; init; }
    internal required float NoseLength { get; init; }
    internal required float NoseWidth { get; init; }
    internal required float LipThickness { get; init; }
    internal required int Glasses { get; init; }                                // 0 none, 1 round, 2 angular
    internal required float Beard { get; init; }                                // how dense, 0…1
    internal required bool HasEarrings { get; init; }

    internal static FaceLooks Draw(bool isHighVoiced, SeededRandom random)
    {
        var skin = Color.Hex(random.Pick(Skins));
        var isDark = skin.R < 0.75f;
        return new FaceLooks
        {
            Skin = skin,
            Hair = Color.Hex(isDark ? random.Pick(Hairs[..2]) : random.Pick(Hairs)),
            Iris = Color.Hex(isDark ? random.Pick(Irises[..2]) : random.Pick(Irises)),
            Background = Color.Hex(random.Pick(Backgrounds)),
            Shirt = Color.Hex(random.Pick(Shirts)),
            Style = random.Pick(isHighVoiced ? HighStyles : LowStyles),
            FaceWidth = (float)random.Between(0.72, 0.84),
            JawWidth = (float)(isHighVoiced ? random.Between(0.50, 0.60) : random.Between(0.56, 0.70)),
            EyeSize = (float)(isHighVoiced ? random.Between(1.0, 1.2) : random.Between(0.9, 1.1)),
            EyeDistance = (float)random.Between(0.335, 0.385),
            BrowThickness = (float)(isHighVoiced ? random.Between(0.055, 0.075) : random.Between(0.075, 0.105)),
            NoseLength = (float)random.Between(0.20, 0.30),
            NoseWidth = (float)random.Between(0.10, 0.15),
            LipThickness = (float)(isHighVoiced ? random.Between(0.055, 0.08) : random.Between(0.04, 0.06)),
            Glasses = random.Chance(0.28) ? 1 + random.Below(2) : 0,
            Beard = !isHighVoiced && random.Chance(0.35) ? (float)random.Between(0.3, 0.95) : 0,
            HasEarrings = isHighVoiced && random.Chance(0.4),
        };
    }
}
