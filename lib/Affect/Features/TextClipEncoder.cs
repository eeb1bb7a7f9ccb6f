namespace Affect.Features;

/// <summary>Gives the extractor a clip's transcript: one vector per layer, the mean over the tokens without the special ones; zeros for an empty transcript.</summary>
/// <remarks>The sum of the last four layers' means is the mean of their sum, the baseline's text feature (arXiv:2404.17113), so means by layer are all that is kept.</remarks>
/// <param name="encoder">The encoder; it stays the caller's.</param>
/// <param name="batchTexts">How many texts are encoded at a time.</param>
internal sealed class TextClipEncoder(ITextEncoder encoder, int batchTexts = 32) : IClipEncoder<string>
{
    private readonly int batchTexts = Require.AtLeast(1, batchTexts, nameof(batchTexts));

    public FeatureRecipe Recipe => new()
    {
        Encoder = encoder.Name,
        Fingerprint = encoder.Fingerprint,
        Part = ClipPart.Words,
        Preprocessing = "mean over tokens, special ones left out",
        Pooling = Pooling.Mean,
        FirstLayer = 0,
        LastLayer = encoder.Layers,
        Dims = encoder.HiddenSize,
    };

    public string WhyAbsent => "The clip has no transcript.";

    public string Read(Clip clip, CancellationToken cancel) => clip.Transcript!;

    public long LengthOf(string input) => 1;

    public IEnumerable<ClipPiece[]> Plan(IReadOnlyList<string?> window) =>
        window.Index().Where(clip => clip.Item is not null).Select(clip => new ClipPiece(clip.Index, 0, 1)).Chunk(batchTexts);

    public IReadOnlyList<EncodedPiece> Encode(ClipPiece[] batch, IReadOnlyList<string?> window)
    {
        var states = encoder.Encode([.. batch.Select(piece => window[piece.Clip]!)]);
        var pooled = stack([.. states.Layers.Select(states.MeanOverText)], 1).cpu(); // [clips, layers, hidden]
        return [.. FramePooling.PerClip(pooled).Select(values => new EncodedPiece(1, values))];
    }
}
