namespace Affect.Encoders;

/// <summary>How pictures become a network's input: the shorter side scaled to a size, the middle cut out, 0…255 brought to 0…1, then each colour normalised.</summary>
/// <remarks>
/// As <c>preprocessor_config.json</c> of transformers' CLIP and ViT says. Differences: the scaling is ffmpeg's bicubic, done while decoding, not Pillow's;
/// pictures that are not square are cut, where ViT's own processor squeezes them.
/// </remarks>
public sealed record PicturePreprocessing
{
    private const double ByteScale = 1.0 / 255;

    // Pictures come as red, green and blue with the channels in front, whatever the file says. do_reduce_labels is of segmentation's targets.
    private static readonly KnownFields Others = KnownFields.None
        .Harmless(
            "do_convert_rgb", "data_format", "input_data_format", "return_tensors", "device", "processor_class", "auto_map", "transformers_version", "do_reduce_labels", "reduce_labels", "feature_extractor_type",
            "image_processor_type", "tokenizer_class", "disable_grouping", "image_seq_length", "default_to_square")
        .Only("do_resize", true)
        .Only("resample", 3, "bicubic")
        .Only("do_pad", false)
        .Only("offset", false)
        .Only("do_flip_channel_order", false)
        .Only("do_convert_grayscale", false)
        .Only("use_square_size", false);

    /// <summary>CLIP's: 224 pixels, the means and deviations of its training pictures.</summary>
    public static PicturePreprocessing CLIP { get; } = new()
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

    /// <summary>What a picture's bytes, 0…255, are multiplied by first (<c>rescale_factor</c>; 1 where <c>do_rescale</c> is false).</summary>
    public double RescaleFactor { get; init => field = Factor(value); } = ByteScale;

    /// <summary>What is taken from red, green and blue (0…1).</summary>
    public IReadOnlyList<double> Mean { get; init => field = Colours(value, nameof(Mean)); } = [0, 0, 0];

    /// <summary>What they are divided by then.</summary>
    public IReadOnlyList<double> Deviation { get; init => field = Positive(Colours(value, nameof(Deviation))); } = [1, 1, 1];

    /// <summary>Reads <c>preprocessor_config.json</c>; fields that are missing have the values of <paramref name="standard"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="standard">The model's defaults.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FormatException">The file cannot be understood.</exception>
    public static PicturePreprocessing Read(string path, PicturePreprocessing standard) => Read(ConfigFile.Open(path), standard);

    /// <summary>Reads the settings of an image processor.</summary>
    /// <exception cref="FormatException">They cannot be understood, or ask for something that is not done here.</exception>
    internal static PicturePreprocessing Read(ConfigFile settings, PicturePreprocessing standard)
    {
        ArgumentNullException.ThrowIfNull(standard);
        return settings.Build(file =>
        {
            standard = OfType(file, standard);
            var size = Side(file, "size") ?? standard.Size;
            var cut = Side(file, "crop_size");
            var crop = file.Flag("do_center_crop", true) ? cut ?? size : size;
            var (mean, deviation) = (Colours(file, "image_mean", standard.Mean), Colours(file, "image_std", standard.Deviation));
            var factor = file.Number("rescale_factor", standard.RescaleFactor);
            var normalises = file.Flag("do_normalize", true);
            var preprocessing = new PicturePreprocessing
            {
                Size = size,
                Crop = crop,
                RescaleFactor = file.Flag("do_rescale", true) ? factor : 1,
                Mean = normalises ? mean : [0, 0, 0],
                Deviation = normalises ? deviation : [1, 1, 1],
            };
            // 2 is bilinear, ViT's own choice: there the scaling is a difference that the remarks name.
            file.RequireKnown(standard.Mean.SequenceEqual(Vit.Mean) ? Others.Only("resample", 3, 2, "bicubic", "bilinear") : Others);
            return crop <= size ? preprocessing : throw new ArgumentException($"crop_size must be at most size = {size}, but is {crop}.", nameof(settings));
        });
    }

    /// <summary>How a folder's pictures become its network's input.</summary>
    /// <param name="folder">Holds <c>preprocessor_config.json</c> or <c>processor_config.json</c>, or neither.</param>
    /// <param name="standard">What the network's family does, at the network's size.</param>
    /// <exception cref="FormatException">A file cannot be understood, or makes pictures of another size.</exception>
    internal static PicturePreprocessing OfFolder(string folder, PicturePreprocessing standard)
    {
        var file = ProcessorFile.OfPictures(folder);
        var read = file is null ? standard : Read(file, standard);
        return read.Crop == standard.Crop
            ? read
            : throw new FormatException(
                $"{file!.Place}: 'crop_size', or 'size' without it, must be the image_size of config.json, {standard.Crop}, but is {read.Crop}.");
    }

    /// <summary>The same for pictures of a size.</summary>
    internal PicturePreprocessing At(int size) => this with { Size = size, Crop = size };

    /// <summary>Writes <c>preprocessor_config.json</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="processor">The name of transformers' class, as in <c>CLIPImageProcessor</c>.</param>
    public void Write(string path, string processor) => ConfigFile.Write(path, new Dictionary<string, JsonNode?>
    {
        ["crop_size"] = new JsonObject { ["height"] = Crop, ["width"] = Crop },
        ["do_center_crop"] = true,
        ["do_convert_rgb"] = true,
        ["do_normalize"] = true,
        ["do_rescale"] = RescaleFactor != 1,
        ["do_resize"] = true,
        ["image_mean"] = new JsonArray([.. Mean.Select(ConfigFile.Real)]),
        ["image_processor_type"] = processor,
        ["image_std"] = new JsonArray([.. Deviation.Select(ConfigFile.Real)]),
        ["resample"] = 3, // bicubic
        ["rescale_factor"] = ConfigFile.Real(RescaleFactor),
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
        // (x · rescale factor − mean) / deviation as one multiplication and one addition.
        var factor = tensor(Deviation.Select(value => (float)(RescaleFactor == ByteScale ? 1 / (255 * value) : RescaleFactor / value)).ToArray(), new long[] { 1, 3, 1, 1 }, device: pictures.device);
        var shift = tensor(Mean.Zip(Deviation, (mean, deviation) => (float)(-mean / deviation)).ToArray(), new long[] { 1, 3, 1, 1 }, device: pictures.device);
        return (cut * factor + shift).contiguous().MoveToOuterDisposeScope();
    }

    /// <summary>All of it as one text, for fingerprints.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"size={Size} crop={Crop} mean={string.Join(',', Mean)} deviation={string.Join(',', Deviation)}{(RescaleFactor == ByteScale ? "" : $" factor={RescaleFactor:R}")}");

    /// <inheritdoc/>
    public bool Equals(PicturePreprocessing? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    // The classes whose steps these are, and whose defaults a file without a field means.
    private static PicturePreprocessing OfType(ConfigFile file, PicturePreprocessing standard)
    {
        var field = file.Has("image_processor_type") ? "image_processor_type" : "feature_extractor_type";
        var type = file.Text(field, "");
        var (mean, deviation) = type switch
        {
            "" => (standard.Mean, standard.Deviation),
            "CLIPImageProcessor" or "CLIPImageProcessorFast" or "CLIPImageProcessorPil" or "CLIPFeatureExtractor" => (CLIP.Mean, CLIP.Deviation),
            "ViTImageProcessor" or "ViTImageProcessorFast" or "ViTImageProcessorPil" or "ViTFeatureExtractor" => (Vit.Mean, Vit.Deviation),
            _ => throw new ArgumentException($"'{field}' must be CLIPImageProcessor or ViTImageProcessor, whose steps are known here, but is '{type}'.", nameof(file)),
        };
        return standard with { Mean = mean, Deviation = deviation };
    }

    // Written as a number, as {"shortest_edge": n}, as {"height": n, "width": n} or as a list of the two.
    private static int? Side(ConfigFile file, string name) => file.Raw(name) switch
    {
        null => null,
        JsonObject { Count: 1 } sides when sides["shortest_edge"] is JsonValue edge && edge.TryGetValue<int>(out var side) => side,
        JsonObject { Count: 2 } sides when sides["height"] is JsonValue height && height.TryGetValue<int>(out var side) && height.ToJsonString() == sides["width"]?.ToJsonString() => side,
        JsonArray { Count: 2 } sides when sides[0] is JsonValue height && height.TryGetValue<int>(out var side) && height.ToJsonString() == sides[1]?.ToJsonString() => side,
        JsonObject or JsonArray => throw new FormatException($"{file.Place}: '{name}' must be of equal height and width, or a shortest edge alone, but is {file.Raw(name)!.ToJsonString()}."),
        _ => file.WholeNumber(name, 0),
    };

    // One number stands for all three.
    private static IReadOnlyList<double> Colours(ConfigFile file, string name, IReadOnlyList<double> missing) =>
        file.Raw(name) is JsonValue ? [.. Enumerable.Repeat(file.Number(name, 0), 3)] : file.Numbers(name, missing);

    private static double Factor(double value) =>
        double.IsFinite(value) && value > 0 ? value : throw new ArgumentException($"RescaleFactor must be above 0, but is {value.ToString(CultureInfo.InvariantCulture)}.", nameof(value));

    private static double[] Colours(IReadOnlyList<double> values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Count == 3 ? [.. values] : throw new ArgumentException($"{name} must hold three numbers, one a colour, but holds {values.Count}.", name);
    }

    private static double[] Positive(double[] values) =>
        values.All(value => value > 0) ? values : throw new ArgumentException($"Deviation must be above 0, but is {string.Join(", ", values)}.", nameof(values));
}
