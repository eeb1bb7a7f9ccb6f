namespace Affect.Media;

/// <summary>How a picture that is not square becomes square.</summary>
public enum FrameFit
{
    /// <summary>The shorter side is scaled to the size and the middle is cut out, as CLIP's own preprocessing does.</summary>
    Crop,

    /// <summary>The longer side is scaled to the size and black bars fill the rest, so that nothing at the edges is lost.</summary>
    Letterbox,
}
