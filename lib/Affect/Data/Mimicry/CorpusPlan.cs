namespace Affect.Data.Mimicry;

/// <summary>Plans a whole corpus: speakers, parts, emotions and every clip's draws. Pure arithmetic on the seed.</summary>
internal static class CorpusPlan
{
    private const int LeastClipsPerSpeaker = 4;
    private const double LabelledToTest = 5030.0 / 1169;                        // MER2024-SEMI
    private const double WeakestStrength = 0.6;
    private const double FullestStrength = 1.1;

    internal static ClipPlan[] Draw(MimicConfig config)
    {
        var cast = MimicSpeaker.Cast(Math.Clamp(config.Clips / LeastClipsPerSpeaker, 4, config.Speakers), config.Seed);
        var splits = DivideSpeakers(cast, config);
        var plans = new List<ClipPlan>();
        foreach (var split in SplitNames.All)
        {
            (MimicSpeaker Speaker, int Number)[] owners =
            [
                .. cast.Index().Where(item => splits[item.Index] == split).SelectMany(item =>
                    Enumerable.Range(1, config.Clips / cast.Length + (item.Index < config.Clips % cast.Length ? 1 : 0)).Select(number => (item.Item, number))),
            ];
            var emotions = Quotas(owners.Length);
            new SeededRandom(config.Seed, $"emotions of {split}").Shuffle(emotions.AsSpan());
            plans.AddRange(owners.Zip(emotions, (owner, emotion) => DrawClip(config, owner.Speaker, owner.Number, split, emotion)));
        }
        return [.. plans.OrderBy(plan => plan.Id, StringComparer.Ordinal)];
    }

    private static ClipPlan DrawClip(MimicConfig config, MimicSpeaker speaker, int number, string split, int emotion)
    {
        var id = $"{speaker.Id}_{number:000}";
        var random = new SeededRandom(config.Seed, $"clip {id}");
        var (manner, acoustic, visual, lexical) = LatentTable.Draw(emotion, random);
        return new ClipPlan
        {
            Id = id,
            Speaker = speaker,
            Split = split,
            Emotion = emotion,
            Manner = manner,
            Acoustic = acoustic,
            Visual = visual,
            Lexical = lexical,
            Voice = DrawCues(VoiceCues.Table, acoustic, speaker.VoiceHabits),
            Face = DrawCues(FaceCues.Table, visual, speaker.FaceHabits),
            Sentence = Sentence.Draw(lexical, random),
        };

        double[] DrawCues(Cue[] table, int expressed, double[] habits)
        {
            var strength = random.Between(WeakestStrength, FullestStrength);
            return [.. table.Select((cue, index) => cue.Draw(expressed, strength, habits[index], random))];
        }
    }

    // Whole speakers, one kind of voice after the other in each part.
    private static string[] DivideSpeakers(MimicSpeaker[] cast, MimicConfig config)
    {
        var unlabelled = Math.Clamp((int)Math.Round(cast.Length * config.UnlabelledShare), 1, cast.Length - 3);
        var test = Math.Clamp((int)Math.Round((cast.Length - unlabelled) / (1 + LabelledToTest)), 1, cast.Length - unlabelled - 2);
        var random = new SeededRandom(config.Seed, "parts");
        var (low, high) = (Of(isHigh: false), Of(isHigh: true));
        var splits = new string[cast.Length];
        for (var turn = 0; turn < cast.Length; turn++)
        {
            var speaker = turn % 2 == 0 ? low[turn / 2] : high[turn / 2];
            splits[speaker] = turn < test ? SplitNames.Test : turn < test + unlabelled ? SplitNames.Unlabelled : SplitNames.Train;
        }
        return splits;

        int[] Of(bool isHigh)
        {
            var speakers = Enumerable.Range(0, cast.Length).Where(speaker => cast[speaker].IsHighVoiced == isHigh).ToArray();
            random.Shuffle(speakers.AsSpan());
            return speakers;
        }
    }

    // The emotions' frequencies as whole clips, by largest remainder: every part has the same class balance.
    private static int[] Quotas(int clips)
    {
        var wanted = Enumerable.Range(0, LatentTable.Emotions).Select(emotion => clips * LatentTable.Prior(emotion)).ToArray();
        var counts = wanted.Select(value => (int)value).ToArray();
        var missing = clips - counts.Sum();
        foreach (var emotion in Enumerable.Range(0, counts.Length).OrderByDescending(emotion => wanted[emotion] - counts[emotion]).Take(missing)) counts[emotion]++;
        return [.. counts.SelectMany((count, emotion) => Enumerable.Repeat(emotion, count))];
    }
}
