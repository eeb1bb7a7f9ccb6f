namespace Affect.Data.Mimicry;

/// <summary>Who speaks: a voice, a face, and habits that have nothing to do with emotion.</summary>
internal sealed record MimicSpeaker
{
    // Voices of espeak-ng without echo, whisper or growl.
    private static readonly string[] Low = ["m1", "m2", "m3", "m5", "m6", "m7", "adam", "benjamin", "edward2", "max", "norbert", "michel", "Alex", "Andy"];
    private static readonly string[] High = ["f1", "f2", "f3", "f4", "f5", "belinda", "linda", "Annie", "Alicia", "aunty", "steph"];
    private static readonly string[] Accents = ["en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029", "en-us-nyc"];

    internal required string Id { get; init; }

    /// <summary>espeak-ng's name for accent and timbre, as in <c>en-gb+f3</c>.</summary>
    internal required string Voice { get; init; }

    internal required bool IsHighVoiced { get; init; }

    /// <summary>The resting pitch in hertz.</summary>
    internal required double PitchHertz { get; init; }

    /// <summary>How much longer (below 0) or shorter (above 0) the throat is than the synthesiser's.</summary>
    internal required double FormantShift { get; init; }

    /// <summary>Words a minute.</summary>
    internal required double WordsPerMinute { get; init; }

    /// <summary>Decibels of noise below the speech, as the speaker's room and microphone make it.</summary>
    internal required double NoiseDecibels { get; init; }

    internal required double[] VoiceHabits { get; init; }

    internal required double[] FaceHabits { get; init; }

    internal required FaceLooks Looks { get; init; }

    /// <summary>The speakers of a corpus: high and low voices in turn, no voice and accent twice where it can be helped.</summary>
    internal static MimicSpeaker[] Cast(int count, int seed)
    {
        var shuffle = new SeededRandom(seed, "cast");
        var (low, high, accents) = (Low.ToArray(), High.ToArray(), Accents.ToArray());
        shuffle.Shuffle(low.AsSpan());
        shuffle.Shuffle(high.AsSpan());
        shuffle.Shuffle(accents.AsSpan());
        return [.. Enumerable.Range(0, count).Select(Speaker)];

        MimicSpeaker Speaker(int index)
        {
            var random = new SeededRandom(seed, $"speaker {index}");
            var isHigh = index % 2 == 1;
            var voices = isHigh ? high : low;
            return new MimicSpeaker
            {
                Id = $"s{index + 1:00}",
                Voice = $"{accents[index % accents.Length]}+{voices[index / 2 % voices.Length]}",
                IsHighVoiced = isHigh,
                PitchHertz = isHigh ? random.Between(165, 225) : random.Between(88, 132),
                FormantShift = random.Between(-0.04, 0.04),
                WordsPerMinute = random.Between(150, 185),
                NoiseDecibels = random.Between(34, 44),
                VoiceHabits = [.. VoiceCues.Table.Select(_ => random.Normal())],
                FaceHabits = [.. FaceCues.Table.Select(_ => random.Normal())],
                Looks = FaceLooks.Draw(isHigh, random),
            };
        }
    }
}
