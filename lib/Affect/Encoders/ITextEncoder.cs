namespace Affect.Encoders;

/// <summary>A frozen network that turns texts into layers of token states.</summary>
public interface ITextEncoder : ILayerEncoder
{
    /// <summary>Encodes texts, without dropout and without gradients.</summary>
    /// <param name="texts">At least one; an empty text is one without tokens of its own.</param>
    /// <param name="lastLayer">The last state wanted, 0…N; null: N.</param>
    /// <returns>States and masks, the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">There is no text, or no such layer.</exception>
    TextStates Encode(IReadOnlyList<string> texts, int? lastLayer = null);
}
