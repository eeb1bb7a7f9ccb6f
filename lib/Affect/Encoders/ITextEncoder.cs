namespace Affect.Encoders;

/// <summary>A frozen network that turns texts into layers of token states.</summary>
public interface ITextEncoder : IDisposable
{
    /// <summary>What to call it in tables and figures.</summary>
    string Name { get; }

    /// <summary>N, the number of blocks; there are N + 1 states.</summary>
    int Layers { get; }

    /// <summary>How many numbers each token has.</summary>
    int HiddenSize { get; }

    /// <summary>A hash of configuration, vocabulary and weights, hexadecimal: features of equal fingerprints can be compared.</summary>
    string Fingerprint { get; }

    /// <summary>Encodes texts, without dropout and without gradients.</summary>
    /// <param name="texts">At least one; an empty text is one without tokens of its own.</param>
    /// <param name="lastLayer">The last state wanted, 0…N; null: N.</param>
    /// <returns>States and masks, the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">There is no text, or no such layer.</exception>
    TextStates Encode(IReadOnlyList<string> texts, int? lastLayer = null);
}
