namespace Affect.Encoders;

/// <summary>
/// Where a folder says how sound or pictures are prepared: <c>preprocessor_config.json</c>, or, as transformers writes since version 4.57, an object within
/// <c>processor_config.json</c>, which wins where both say it.
/// </summary>
internal static class ProcessorFile
{
    private const string LegacyName = "preprocessor_config.json";
    private const string Name = "processor_config.json";

    // What the other parts of a processor need, and what it is called.
    private static readonly KnownFields Others = KnownFields.None.Harmless(
        "processor_class", "auto_map", "transformers_version", "chat_template", "tokenizer", "tokenizer_class", "feature_extractor", "audio_processor", "image_processor", "video_processor",
        "feature_extractor_type", "image_processor_type");

    /// <summary>What is said of sound; null: nothing.</summary>
    /// <exception cref="FormatException">A file cannot be understood.</exception>
    internal static ConfigFile? OfSound(string folder) => Open(folder, "feature_extractor", "audio_processor");

    /// <summary>What is said of pictures; null: nothing.</summary>
    /// <exception cref="FormatException">A file cannot be understood.</exception>
    internal static ConfigFile? OfPictures(string folder) => Open(folder, "image_processor");

    private static ConfigFile? Open(string folder, params IReadOnlyList<string> sections)
    {
        var (path, legacy) = (Path.Combine(folder, Name), Path.Combine(folder, LegacyName));
        if (File.Exists(path))
        {
            var file = ConfigFile.Open(path);
            file.RequireKnown(Others);
            if (sections.FirstOrDefault(file.Has) is { } section) return file.Section(section);
        }
        return File.Exists(legacy) ? ConfigFile.Open(legacy) : null;
    }
}
