namespace Affect.Prediction;

/// <summary>A family of encoders of pictures, as the <c>model_type</c> of a folder's <c>config.json</c> tells it.</summary>
/// <param name="Open">Opens a folder's network.</param>
/// <param name="Random">Makes one of the folder's shape, its weights drawn from a seed.</param>
internal sealed record VisualFamily(
    Func<string, Device?, ScalarType?, IVisualEncoder> Open, Func<string, int, Device?, ScalarType?, IVisualEncoder> Random)
{
    private static readonly Dictionary<string, VisualFamily> All = new()
    {
        ["clip"] = new(
            (folder, device, type) => CLIPModel.FromPretrained(folder, device, type),
            (folder, seed, device, type) => CLIPModel.RandomLike(folder, seed, device, type)),
        ["vit"] = new(
            (folder, device, type) => VitModel.FromPretrained(folder, device, type),
            (folder, seed, device, type) => VitModel.Random(VitConfig.Read(PretrainedFolder.Config(folder)), seed, device, type)),
    };

    /// <summary>The family of what a folder holds.</summary>
    /// <exception cref="ArgumentException">It is another one.</exception>
    /// <exception cref="FormatException">The <c>config.json</c> cannot be understood.</exception>
    internal static VisualFamily Of(string folder)
    {
        var type = ConfigFile.Open(PretrainedFolder.Config(folder)).Text("model_type", "");
        return All.TryGetValue(type, out var family)
            ? family
            : throw new ArgumentException($"encoder must be a CLIP or a ViT, but {folder} holds a model of type '{type}'.", nameof(folder));
    }
}
