namespace Affect.Features;

/// <summary>Gives the extractor a clip's pictures: one vector per picture, in a sequence of the clip's own length.</summary>
/// <param name="encoder">The encoder; it stays the caller's.</param>
/// <param name="media">Reads the clips.</param>
/// <param name="config">How.</param>
internal sealed class PictureClipEncoder(IVisualEncoder encoder, IMediaReader media, FrameExtractorConfig config) : IClipEncoder<VideoFrames>
{
    public FeatureRecipe Recipe => new()
    {
        Encoder = encoder.Name,
        Fingerprint = encoder.Fingerprint,
        Part = ClipPart.Pictures,
        Preprocessing = $"pictures {config.Sampling}; {encoder.Preprocessing}; output {config.Output}",
        FirstLayer = encoder.Layers,
        LastLayer = encoder.Layers,
        Dims = config.Output == FrameOutput.Feature ? encoder.FeatureSize : encoder.HiddenSize,
    };

    public string WhyAbsent => "The clip has no pictures.";

    public bool EncodesAlone => true;

    public VideoFrames Read(Clip clip, CancellationToken cancel) =>
        config.Sampling.Sample(media, clip.VideoPath!, encoder.Preprocessing.Size, cancel);

    public long LengthOf(VideoFrames input) => input.Count;

    public IEnumerable<ClipPiece[]> Plan(IReadOnlyList<VideoFrames?> window) =>
        window.Index().Where(clip => clip.Item is not null).Select(clip => new[] { new ClipPiece(clip.Index, 0, clip.Item!.Count) });

    public IReadOnlyList<EncodedPiece> Encode(ClipPiece[] batch, IReadOnlyList<VideoFrames?> window)
    {
        var pixels = encoder.Preprocessing.Apply(window[batch[0].Clip]!);
        var parts = new List<Tensor>();
        for (long first = 0; first < pixels.shape[0]; first += config.BatchFrames)
        {
            using var scope = NewDisposeScope();
            var states = encoder.Encode(pixels.narrow(0, first, Math.Min(config.BatchFrames, pixels.shape[0] - first)));
            var last = states.Layers[^1]; // [frames, 1 + patches, hidden]
            parts.Add((config.Output switch
            {
                FrameOutput.Feature => states.Feature,
                FrameOutput.ClassToken => last.select(1, 0),
                _ => last.narrow(1, 1, last.shape[1] - 1).mean(new long[] { 1 }),
            }).cpu().MoveToOuterDisposeScope());
        }
        return [new EncodedPiece(pixels.shape[0], Guarded.Join(parts).contiguous().data<float>().ToArray())];
    }
}
