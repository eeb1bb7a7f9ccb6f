namespace Affect.Prediction;

/// <summary>How what lies in a trained system's folder is opened, where it has an encoder or an adapter that the library does not know.</summary>
public sealed record SystemParts
{
    /// <summary>Opens an encoder of sound; one that was adapted is an <see cref="ISpeechTransformer"/>. By default a HuBERT.</summary>
    public Func<string, Device?, IEncoder> Sound { get; init; } = (folder, device) => HubertModel.FromPretrained(folder, device);

    /// <summary>Opens an encoder of pictures. By default a CLIP or a ViT, as its <c>config.json</c> says.</summary>
    public Func<string, Device?, IVisualEncoder> Pictures { get; init; } = (folder, device) => VisualFamily.Of(folder).Open(folder, device, null);

    /// <summary>Opens an encoder of transcripts. By default a BERT.</summary>
    public Func<string, Device?, ITextEncoder> Words { get; init; } = (folder, device) => BertModel.FromPretrained(folder, device);

    /// <summary>Adapter methods that the library does not have.</summary>
    public IReadOnlyList<AdapterMethod> Methods { get; init; } = [];
}
