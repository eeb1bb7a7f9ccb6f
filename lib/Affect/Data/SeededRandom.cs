namespace Affect.Data;

/// <summary>
/// A small generator whose numbers never change with the runtime, the machine or its mathematics library: integer steps, and of the
/// floating-point operations only those that IEEE 754 defines exactly. What is generated from a seed today is generated from it for ever.
/// </summary>
/// <remarks>SplitMix64: Steele, Lea and Flood, <em>Fast Splittable Pseudorandom Number Generators</em>, OOPSLA 2014.</remarks>
public sealed class SeededRandom
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <summary>Starts from a seed.</summary>
    public SeededRandom(long seed) => state = Mix(unchecked((ulong)seed));

    /// <summary>Starts the stream of its own that a seed and a name stand for, so that one clip's draws do not depend on another's.</summary>
    public SeededRandom(long seed, string stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var hash = 0xCBF29CE484222325UL;                                        // FNV-1a over the name's bytes
        foreach (var value in Encoding.UTF8.GetBytes(stream)) hash = unchecked((hash ^ value) * 0x100000001B3);
        state = Mix(unchecked((ulong)seed) ^ Mix(hash));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(unchecked(state += Gamma));

    /// <summary>A number in 0 ≤ x &lt; 1, in steps of 2⁻⁵³.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A number between two bounds.</summary>
    public double Between(double low, double high) => low + (high - low) * NextDouble();

    /// <summary>An integer in 0 ≤ n &lt; <paramref name="count"/>, each as likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is not positive.</exception>
    public int Below(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        return (int)(((UInt128)NextBits() * (uint)count) >> 64);
    }

    /// <summary>A nearly normal number of mean 0 and deviation 1, within ±6: the sum of twelve uniform ones less six.</summary>
    public double Normal()
    {
        var sum = -6.0;
        for (var term = 0; term < 12; term++) sum += NextDouble();
        return sum;
    }

    /// <summary>Whether something of a given probability happens.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>One of the items, each as likely.</summary>
    public T Pick<T>(IReadOnlyList<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        return items[Below(items.Count)];
    }

    /// <summary>Puts items in a random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var last = items.Length - 1; last > 0; last--)
        {
            var other = Below(last + 1);
            (items[last], items[other]) = (items[other], items[last]);
        }
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
