namespace Affect.Features;

/// <summary>What an <see cref="Extractor{TInput}"/> needs to know of an encoder: how a clip is read, which clips are encoded together, and what becomes of them.</summary>
/// <typeparam name="TInput">What is read of a clip, as a waveform, pictures, or a text.</typeparam>
public interface IClipEncoder<TInput>
    where TInput : class
{
    /// <summary>What the features will be.</summary>
    FeatureRecipe Recipe { get; }

    /// <summary>Why a clip that lacks the part to be encoded gives no features.</summary>
    string WhyAbsent { get; }

    /// <summary>Whether the last digits of a clip's features do not depend on the other clips of its window, so that these need not be read again for its sake.</summary>
    bool EncodesAlone => false;

    /// <summary>Reads a clip that has the part; called from several threads at once.</summary>
    /// <exception cref="MediaException">The clip cannot be read, or cannot be encoded as it is.</exception>
    TInput Read(Clip clip, CancellationToken cancel);

    /// <summary>How long an input is, in samples, pictures or texts.</summary>
    long LengthOf(TInput input);

    /// <summary>Which pieces of a window's clips are encoded together: a function of the inputs alone, so that a resumed run forms the batches of an unbroken one.</summary>
    /// <param name="window">One per clip; null where a clip is not to be encoded.</param>
    IEnumerable<ClipPiece[]> Plan(IReadOnlyList<TInput?> window);

    /// <summary>Encodes a batch.</summary>
    /// <param name="batch">Pieces of one array of <see cref="Plan"/>.</param>
    /// <param name="window">The inputs that they are pieces of.</param>
    /// <returns>One per piece.</returns>
    /// <exception cref="ArgumentException">The encoder cannot take it.</exception>
    IReadOnlyList<EncodedPiece> Encode(ClipPiece[] batch, IReadOnlyList<TInput?> window);

    /// <summary>A clip's features from its pieces.</summary>
    /// <param name="pieces">In the clip's order.</param>
    /// <returns><c>[rows, dims]</c>, row-major.</returns>
    float[] Combine(IReadOnlyList<EncodedPiece> pieces) => pieces.Count == 1 ? pieces[0].Values : [.. pieces.SelectMany(piece => piece.Values)];

    /// <summary>What may have caused features that are not finite numbers.</summary>
    string WhyNotFinite(TInput input) => "where it runs in bfloat16 or float16, try float32.";
}
