namespace Affect.Data.Mimicry;

/// <summary>Who speaks: a voice, a face, and habits that have nothing to do with emotion.</summary>
internal sealed record MimicSpeaker
{
    private const int LooksTried = 100;

    // Timbres of espeak-ng 1.51 without whisper, growl or an echo that is heard (that of m2 and f2 to f5 is 24 dB or more below the voice), which are not
    // cut off at full scale and of whose long-term spectra no two are nearly the same (iven2 to iven4, steph2, steph3 and miguel each have a twin).
    internal static readonly string[] Low =
    [
        "m1", "m2", "m3", "m5", "m6", "m7", "m8", "adam", "edward2", "david", "max", "norbert", "michel", "Alex", "Andy", "Denis", "Diogo", "Lee", "Mario",
        "Michael", "Nguyen", "quincy", "rob", "victor", "marcelo", "boris",
    ];
    internal static readonly string[] High = ["f1", "f2", "f3", "f4", "f5", "belinda", "linda", "Annie", "aunty", "steph", "Andrea", "anika", "shelby"];
    internal static readonly string[] Accents = ["en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp", "en-gb-x-gbclan", "en-gb-x-gbcwmd", "en-029", "en-us-nyc"];

    internal required string Id { get; init; }
    internal required string Voice { get; init; }                               // espeak-ng's name for accent and timbre, as in en-gb+f3
    internal required bool IsHighVoiced { get; init; }
    internal required double PitchHertz { get; init; }                          // at rest
    internal required double FormantShift { get; init; }                        // how much longer (below 0) or shorter (above 0) the throat is than the synthesiser's
    internal required double WordsPerMinute { get; init; }
    internal required double NoiseDecibels { get; init; }                       // below the speech, as the speaker's room and microphone make it
    internal required double[] VoiceHabits { get; init; }
    internal required double[] FaceHabits { get; init; }
    internal required FaceLooks Looks { get; init; }

    /// <summary>
    /// The speakers of a corpus: low and high voices in turn. No accent and timbre comes twice among the first 208 low and 104 high voices, and no skin, hair
    /// and glasses where it can be helped. The cast of a smaller corpus is the beginning of that of a larger one.
    /// </summary>
    internal static MimicSpeaker[] Cast(int count, int seed)
    {
        var shuffle = new SeededRandom(seed, "cast");
        var (low, high, accents) = (Low.ToArray(), High.ToArray(), Accents.ToArray());
        shuffle.Shuffle(low.AsSpan());
        shuffle.Shuffle(high.AsSpan());
        shuffle.Shuffle(accents.AsSpan());
        var faces = new HashSet<(bool, Color, Color, HairStyle, int)>();
        return [.. Enumerable.Range(0, count).Select(Speaker)];

        MimicSpeaker Speaker(int index)
        {
            var random = new SeededRandom(seed, $"speaker {index}");
            var isHigh = index % 2 == 1;
            var voices = isHigh ? high : low;
            var (timbre, round) = (index / 2 % voices.Length, index / 2 / voices.Length);
            // In each round through the timbres every one of them has the accent after its last one.
            var accent = (timbre + round + (isHigh ? accents.Length / 2 : 0)) % accents.Length;
            return new MimicSpeaker
            {
                Id = $"s{index + 1:000}",
                Voice = $"{accents[accent]}+{voices[timbre]}",
                IsHighVoiced = isHigh,
                PitchHertz = isHigh ? random.Between(165, 225) : random.Between(88, 132),
                FormantShift = random.Between(-0.04, 0.04),
                WordsPerMinute = random.Between(150, 185),
                NoiseDecibels = random.Between(34, 44),
                VoiceHabits = [.. VoiceCues.Table.Select(_ => random.Normal())],
                FaceHabits = [.. FaceCues.Table.Select(_ => random.Normal())],
                Looks = NewFace(isHigh, random),
            };
        }

        // The looks are the last that is drawn of a speaker, so that drawing them again changes nothing else.
        FaceLooks NewFace(bool isHigh, SeededRandom random)
        {
            var looks = FaceLooks.Draw(isHigh, random);
            for (var tried = 1; !faces.Add((isHigh, looks.Skin, looks.Hair, looks.Style, looks.Glasses)) && tried < LooksTried; tried++) looks = FaceLooks.Draw(isHigh, random);
            return looks;
        }
    }
}
