namespace Affect.Cli.Options;

/// <summary>The options that several commands have, each with one help text, one way to read it and one error.</summary>
internal sealed partial class LabCommand
{
    internal ReadOption<string, Device> Device()
    {
        var option = new ReadOption<string, Device>("--device", DeviceOf) { Description = "cpu or cuda", DefaultValueFactory = _ => "cpu" };
        option.AcceptOnlyFromAmong("cpu", "cuda");
        return With(option);
    }

    internal Option<string> Acoustic(string name = "--acoustic", string kind = "The encoder of sound: ") =>
        Standard(name, "mimic-hubert", kind + EncoderChoice.Help);

    internal Option<string> Visual(string more = "") => Standard("--visual", "mimic-clip", $"The encoder of pictures: {VisualChoice.Help}{more}");

    internal ReadOption<string?, ScalarType> Precision() => Choice(
        "--dtype", "float32", "In which the encoder computes", ("float32", ScalarType.Float32), ("bfloat16", ScalarType.BFloat16));

    internal Option<double> PicturesPerSecond() => Standard("--fps", 5.0, "Pictures a second");

    internal ReadOption<string?, Metric> Criterion(string help) => Choice(
        "--criterion", "waf", $"What {help} by: waf, uar or accuracy", ("waf", Metric.Waf), ("uar", Metric.Uar), ("accuracy", Metric.Accuracy));

    /// <summary>So many outer folds, or the corpus's own test part.</summary>
    internal ReadOption<int, int> OuterFolds() => With(new ReadOption<int, int>("--folds", CheckedFolds)
    {
        Description = "0: learn from all but the test part and report on it; otherwise so many outer folds over all labelled speakers",
        DefaultValueFactory = _ => 0,
    });

    private static int CheckedFolds(int folds) => folds == 0 ? 0 : Require.AtLeast(3, folds, "--folds, unless 0,");

    internal Option<int> Folds(int standard = 5) => Standard("--folds", standard, "Speaker-disjoint folds");

    internal ReadOption<int[], IReadOnlyList<int>> Seeds(string name, string help, params int[] standard) =>
        With(new ReadOption<int[], IReadOnlyList<int>>(name, seeds => Require.Different(seeds is { Length: > 0 } ? seeds : standard, name))
        {
            Description = help,
            DefaultValueFactory = _ => standard,
            AllowMultipleArgumentsPerToken = true,
        });

    internal Option<string?> NormalisesSpeakers(string what)
    {
        var option = Optional<string?>(
            "--normalise", $"speaker: bring each one's {what} to mean 0 and deviation 1 first, by all clips and no labels");
        option.AcceptOnlyFromAmong("speaker");
        return option;
    }

    /// <summary>A folder that is tried before the work: whether something can be written there.</summary>
    internal ReadOption<string?, string?> Folder(string name, string help, bool isRequired = false) =>
        With(new ReadOption<string?, string?>(name, path => Writable(path, name)) { Description = help, Required = isRequired });

    internal Argument<string[]> Notebooks() => Files("files", "Notebooks; by default all of notebooks/, in order");

    internal Option<string?> Cache() => Optional<string?>("--cache", "Folder of generated clips and features; by default .cache beside lab");

    internal ReadOption<double?, TimeSpan> CellTime() => With(new ReadOption<double?, TimeSpan>("--timeout", seconds => seconds switch
    {
        null => Timeout.InfiniteTimeSpan,
        > 0 and < int.MaxValue / 1000 => TimeSpan.FromSeconds(seconds.Value),
        _ => throw new FormatException($"--timeout must be a number of seconds above 0, but was {seconds}."),
    })
    {
        Description = "Seconds that one cell may take; by default as long as it takes",
    });

    private static Device DeviceOf(string? name)
    {
        if (name != "cuda") return CPU;
        if (cuda.is_available()) return CUDA;
        throw new ArgumentException("--device must be cpu here: the libtorch that is loaded finds no CUDA device; see environment.md.", nameof(name));
    }

    // Makes the folder and a file in it, which is taken away again; null: nothing is to be written.
    private static string? Writable(string? path, string option)
    {
        if (path is null) return null;
        try
        {
            Directory.CreateDirectory(path);
            var probe = Path.Combine(path, $".{Guid.NewGuid():N}.tmp");
            System.IO.File.WriteAllText(probe, "");
            System.IO.File.Delete(probe);
            return path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"{option} must be a folder that can be written to, but '{path}' is none ({error.Message}).", error);
        }
    }
}
