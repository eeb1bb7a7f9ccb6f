namespace Affect.Parity;

/// <summary>Checks a CLIP folder against transformers' states, features and logits on the same input.</summary>
/// <remarks>
/// The case holds <c>pixel_values</c>, <c>input_ids</c>, <c>attention_mask</c>, the states of both towers, and normalised features. Of texts only valid tokens
/// are compared: what a network makes of padding means nothing.
/// </remarks>
public sealed class CLIPParity() : ModelParity<CLIPModel>(CLIPModel.FromPretrained, "clip")
{
    private protected override void Compare(CLIPModel model, ParityCase parityCase)
    {
        using var noGrad = no_grad();
        var mask = parityCase.Find("attention_mask");
        var (pictures, pictureFeature) = model.Look(parityCase.Read("pixel_values"));
        var (texts, textFeature) = model.Read(parityCase.Read("input_ids"), mask);
        parityCase.CompareStates(pictures, "vision.");
        parityCase.CompareStates(texts, "text.", mask);
        parityCase.Compare("vision.pooler_output", model.Pooled(pictures[^1]));
        parityCase.Compare("image_embeds", CLIPModel.Unit(pictureFeature));
        parityCase.Compare("text_embeds", CLIPModel.Unit(textFeature));
        parityCase.Compare("logits_per_image", model.Logits(pictureFeature, textFeature));
    }
}
