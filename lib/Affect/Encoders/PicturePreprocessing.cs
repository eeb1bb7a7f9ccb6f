using System.Globalization;
using System.Text.Json.Nodes;
using Affect.Checkpoints;
using Affect.Media;
using static TorchSharp.torch;

namespace Affect.Encoders;

/// <summary>How pictures become a network's input: the shorter side scaled to a size, the middle cut out, 0…255 brought to 0…1, then each colour normalised.</summary>
/// <remarks>
/// As <c>preprocessor_config.json</c> of transformers' CLIP and ViT says. Differences: the scaling is ffmpeg's bicubic, done while decoding, not Pillow's;
/// pictures that are not square are cut, where ViT's own processor squeezes them.
/// </remarks>
public sealed record PicturePreprocessing
{
    /// <summary>CLIP's: 224 pixels, the means and deviations of its training pictures.</summary>
    public static PicturePreprocessing Clip { get; } = new()
    {
        Mean = [0.48145466, 0.4578275, 0.40821073],
        Deviation = [0.26862954, 0.26130258, 0.27577711],
    };

    /// <summary>ViT's: 224 pixels, −1…1.</summary>
    public static PicturePreprocessing Vit { get; } = new() { Mean = [0.5, 0.5, 0.5], Deviation = [0.5, 0.5, 0.5] };

    /// <summary>What the shorter side is scaled to, in pixels.</summary>
    public int Size { get; init => field = Require.Between(8, 4096, value); } = 224;

    /// <summary>The side of the square that is cut out of the middle, in pixels; at most <see cref="Size"/>.</summary>
    public int Crop { get; init => field = Require.Between(8, 4096, value); } = 224;

    /// <summary>What is taken from red, green and blue (0…1).</summary>
    public IReadOnlyList<double> Mean { get; init => field = Colours(value, nameof(Mean)); } = [0, 0, 0];

    /// <summary>What they are divided by then.</summary>
    public IReadOnlyList<double> Deviation { get; init => field = Positive(Colours(value, nameof(Deviation))); } = [1, 1, 1];

    /// <summary>Reads <c>preprocessor_config.json</c>; fields that are missing have the values of <paramref name="standard"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="standard">The model's defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file cannot be understood.</exception>
    public static PicturePreprocessing Read(string path, PicturePreprocessing standard)
    {
        ArgumentNullException.ThrowIfNull(standard);
        return ConfigFile.Open(path).Build(file =>
        {
            var size = Side(file, "size", path) ?? standard.Size;
            var crop = file.Flag("do_center_crop", true) ? Side(file, "crop_size", path) ?? size : size;
            var normalises = file.Flag("do_normalize", true);
            var preprocessing = new PicturePreprocessing
            {
                Size = size,
                Crop = crop,
                Mean = normalises ? file.Numbers("image_mean", standard.Mean) : [0, 0, 0],
                Deviation = normalises ? file.Numbers("image_std", standard.Deviation) : [1, 1, 1],
            };
            return crop <= size ? preprocessing : throw new ArgumentException($"crop_size must be at most size = {size}, but is {crop}.", nameof(path));
        });
    }

    /// <summary>Writes <c>preprocessor_config.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="processor">The name of transformers' class, as in <c>CLIPImageProcessor</c>.</param>
    public void Write(string path, string processor) => ConfigFile.Write(path, new Dictionary<string, JsonNode?>
    {
        ["crop_size"] = new JsonObject { ["height"] = Crop, ["width"] = Crop },
        ["do_center_crop"] = true,
        ["do_convert_rgb"] = true,
        ["do_normalize"] = true,
        ["do_rescale"] = true,
        ["do_resize"] = true,
        ["image_mean"] = new JsonArray([.. Mean.Select(ConfigFile.Real)]),
        ["image_processor_type"] = processor,
        ["image_std"] = new JsonArray([.. Deviation.Select(ConfigFile.Real)]),
        ["resample"] = 3, // bicubic
        ["rescale_factor"] = ConfigFile.Real(1.0 / 255),
        ["size"] = new JsonObject { ["shortest_edge"] = Size },
    });

    /// <summary>The input that pictures become.</summary>
    /// <param name="frames">Pictures of <see cref="Size"/> pixels.</param>
    /// <returns><c>[frames, 3, crop, crop]</c>, float32, on the CPU.</returns>
    /// <exception cref="ArgumentException">The pictures are of another size.</exception>
    public Tensor Apply(VideoFrames frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Size != Size) throw new ArgumentException($"frames must be {Size} pixels wide and high, but are {frames.Size}.", nameof(frames));
        using var scope = NewDisposeScope();
        using var bytes = tensor(frames.Pixels.ToArray(), new long[] { frames.Count, Size, Size, 3 });
        return Apply(bytes).MoveToOuterDisposeScope();
    }

    /// <summary>The input that pictures become.</summary>
    /// <param name="pictures"><c>[frames, size, size, 3]</c>, bytes.</param>
    /// <returns><c>[frames, 3, crop, crop]</c>, float32, where the pictures are.</returns>
    public Tensor Apply(Tensor pictures)
    {
        pictures.Shape([-1, Size, Size, 3], "[frames, size, size, 3]");
        using var scope = NewDisposeScope();
        var edge = (Size - Crop) / 2;
        var cut = pictures.narrow(1, edge, Crop).narrow(2, edge, Crop).permute(0, 3, 1, 2).to(ScalarType.Float32);
        // (x / 255 − mean) / deviation as one multiplication and one addition.
        var factor = tensor(Deviation.Select(value => (float)(1 / (255 * value))).ToArray(), new long[] { 1, 3, 1, 1 }, device: pictures.device);
        var shift = tensor(Mean.Zip(Deviation, (mean, deviation) => (float)(-mean / deviation)).ToArray(), new long[] { 1, 3, 1, 1 }, device: pictures.device);
        return (cut * factor + shift).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>All of it as one text, for fingerprints.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"size={Size} crop={Crop} mean={string.Join(',', Mean)} deviation={string.Join(',', Deviation)}");

    /// <inheritdoc/>
    public bool Equals(PicturePreprocessing? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    // Written as a number, as {"shortest_edge": n} or as {"height": n, "width": n}.
    private static int? Side(ConfigFile file, string name, string path) => file.Raw(name) switch
    {
        null => null,
        JsonObject sides when sides["shortest_edge"] is { } edge => edge.GetValue<int>(),
        JsonObject sides when sides["height"] is { } height && height.ToJsonString() == sides["width"]?.ToJsonString() => height.GetValue<int>(),
        JsonObject sides => throw new FormatException($"{path}: '{name}' must be of equal height and width, but is {sides.ToJsonString()}."),
        _ => file.WholeNumber(name, 0),
    };

    private static double[] Colours(IReadOnlyList<double> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Count == 3 ? [.. values] : throw new ArgumentException($"{name} must hold three numbers, one a colour, but holds {values.Count}.", name);
    }

    private static double[] Positive(double[] values) =>
        values.All(value => value > 0) ? values : throw new ArgumentException($"Deviation must be above 0, but is {string.Join(", ", values)}.", nameof(values));
}
