namespace Affect.Features;

/// <summary>What of a picture encoder's output stands for a picture.</summary>
public enum FrameOutput
{
    /// <summary>Its feature: CLIP's projection into the common space, ViT's pooler.</summary>
    Feature,

    /// <summary>The class token of the last state.</summary>
    ClassToken,

    /// <summary>The mean over the patches of the last state.</summary>
    Patches,
}
