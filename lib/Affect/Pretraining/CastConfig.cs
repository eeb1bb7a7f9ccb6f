namespace Affect.Pretraining;

/// <summary>Whose voices or faces are learned from: Mimic's speakers, one cast after the other.</summary>
public abstract record CastConfig
{
    /// <summary>The seed of the first cast of speakers; further casts take the numbers after it.</summary>
    public int Seed { get; init; } = 1001;

    /// <summary>The seed of the corpus that results will be reported on. No cast has it.</summary>
    public int HeldOutSeed { get; init; } = 1;

    /// <summary>How many speakers a cast has.</summary>
    public int SpeakersPerCast { get; init => field = Require.Between(4, 999, value); } = 96;

    /// <summary>How many clips of a cast are learned from.</summary>
    public int ClipsPerCast { get; init => field = Require.AtLeast(12, value); } = 480;

    /// <summary>The planned clips of one cast after the other, without end, each cast in a seeded order.</summary>
    /// <exception cref="ArgumentException">The held-out cast's turn has come.</exception>
    internal static IEnumerable<(int Seed, ClipPlan[] Plans)> Casts(CastConfig config, Func<ClipPlan, bool> isAllowed)
    {
        for (var cast = 0; ; cast++)
        {
            var seed = config.Seed + cast;
            if (seed == config.HeldOutSeed)
                throw new ArgumentException($"Seed must lead to casts other than that of HeldOutSeed = {config.HeldOutSeed}, but cast {cast + 1} has it; choose a Seed above it.", nameof(config));
            var plans = CorpusPlan.Draw(new MimicConfig { Clips = config.ClipsPerCast, Speakers = config.SpeakersPerCast, Seed = seed }).Where(isAllowed).ToArray();
            new SeededRandom(seed, "order").Shuffle(plans.AsSpan());
            yield return (seed, plans);
        }
    }
}
