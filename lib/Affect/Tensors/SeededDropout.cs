namespace Affect.Tensors;

/// <summary>
/// Dropout with draws of one's own. libtorch's has one generator for the whole process, so that two trainings side by side would take each other's
/// draws and could not be repeated; here each piece of work brings its own (<see cref="Seed"/>), and draws what libtorch would after
/// <c>manual_seed</c> with that seed.
/// </summary>
/// <remarks>Where no piece of work has brought one, and on an accelerator, which does one piece after another, libtorch's own is used.</remarks>
public static class SeededDropout
{
    // What the work on this thread has brought; gone with the work.
    private static readonly ThreadLocal<Generator?> Own = new();

    /// <summary>Sets some values to 0 and scales the others by 1 / (1 − probability), so that the mean stays.</summary>
    /// <param name="input">Any shape.</param>
    /// <param name="probability">The chance of each value to become 0; 0…1.</param>
    /// <returns>The same shape; the caller's.</returns>
    public static Tensor Apply(Tensor input, double probability)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Own.Value is not { } own || input.device_type != DeviceType.CPU) return nn.functional.dropout(input, probability, training: true);
        using var scope = NewDisposeScope();
        Tensor noise;
        using (no_grad())
        {
            noise = empty_like(input).bernoulli_(1 - probability, own);
            if (probability < 1) noise.div_(1 - probability);
        }
        return (input * noise).MoveToOuterDisposeScope();
    }

    /// <summary>Draws whether something is left out as a whole, as a block is by LayerDrop.</summary>
    /// <param name="probability">The chance of it.</param>
    public static bool Drops(double probability)
    {
        using var chance = Own.Value is { } own ? rand(1, generator: own) : rand(1);
        return chance.ToSingle() < probability;
    }

    /// <summary>Draws from a generator of this seed, on this thread, until the result is disposed.</summary>
    internal static IDisposable Seed(ulong seed) => new Scope(seed);

    private sealed class Scope : IDisposable
    {
        private readonly Generator generator;
        private readonly Generator? before;

        internal Scope(ulong seed)
        {
            (generator, before) = (new Generator(seed), Own.Value);
            Own.Value = generator;
        }

        public void Dispose()
        {
            Own.Value = before;
            generator.Dispose();
        }
    }
}
