namespace Affect.Features;

/// <summary>Makes extractors of the encoders that the library knows.</summary>
public static class Extractor
{
    /// <summary>Of clips' sound: one vector per clip and layer.</summary>
    /// <param name="encoder">The encoder, in evaluation mode; it stays the caller's.</param>
    /// <param name="media">Reads the clips.</param>
    /// <param name="config">How; may be null.</param>
    public static Extractor<float[]> Of(IEncoder encoder, IMediaReader media, ExtractorConfig? config = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(media);
        config ??= new ExtractorConfig();
        return new Extractor<float[]>(new SoundClipEncoder(encoder, media, config), config);
    }

    /// <summary>Of clips' pictures: a sequence of vectors per clip, one a picture.</summary>
    /// <inheritdoc cref="Of(IEncoder, IMediaReader, ExtractorConfig?)"/>
    public static Extractor<VideoFrames> Of(IVisualEncoder encoder, IMediaReader media, FrameExtractorConfig? config = null)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        ArgumentNullException.ThrowIfNull(media);
        config ??= new FrameExtractorConfig();
        return new Extractor<VideoFrames>(new PictureClipEncoder(encoder, media, config), config);
    }

    /// <summary>Of clips' transcripts: one vector per clip and layer.</summary>
    /// <param name="encoder">The encoder; it stays the caller's.</param>
    /// <param name="batchTexts">How many texts are encoded at a time.</param>
    public static Extractor<string> Of(ITextEncoder encoder, int batchTexts = 32)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        return new Extractor<string>(new TextClipEncoder(encoder, batchTexts));
    }
}
