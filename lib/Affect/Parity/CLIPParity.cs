namespace Affect.Parity;

/// <summary>Checks a CLIP folder against transformers' states, features and logits on the same input.</summary>
/// <remarks>
/// The case holds <c>pixel_values</c>, <c>input_ids</c>, <c>attention_mask</c>, the states of both towers, and normalised features. Of texts only valid tokens
/// are compared: what a network makes of padding means nothing.
/// </remarks>
public sealed class CLIPParity : IParityCheck
{
    /// <inheritdoc/>
    public string Kind => CLIPConfigFile.ModelType;

    /// <inheritdoc/>
    public bool Recognizes(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var config = Path.Combine(folder, PretrainedFiles.ConfigName);
        return File.Exists(config) && ConfigFile.Open(config).Text("model_type", "") == Kind;
    }

    /// <inheritdoc/>
    public void Run(string folder, string? weights, ParityCase parityCase)
    {
        ArgumentNullException.ThrowIfNull(parityCase);
        using var model = CLIPModel.FromPretrained(folder, parityCase.Device, weights: weights);
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var mask = parityCase.Has("attention_mask") ? parityCase.Read("attention_mask") : null;
        var (pictures, pictureFeature) = model.Look(parityCase.Read("pixel_values"));
        var (texts, textFeature) = model.Read(parityCase.Read("input_ids"), mask);
        for (var layer = 0; layer < pictures.Count; layer++) parityCase.Compare($"vision.hidden_states.{layer}", pictures[layer]);
        for (var layer = 0; layer < texts.Count; layer++) parityCase.Compare($"text.hidden_states.{layer}", texts[layer], mask);
        parityCase.Compare("vision.pooler_output", model.Pooled(pictures[^1]));
        parityCase.Compare("image_embeds", CLIPModel.Unit(pictureFeature));
        parityCase.Compare("text_embeds", CLIPModel.Unit(textFeature));
        parityCase.Compare("logits_per_image", model.Logits(pictureFeature, textFeature));
    }
}
