namespace Affect.Cli.Tests;

/// <summary>Corpora and a trained run to be wrong about.</summary>
public sealed class WrongInputs : IDisposable
{
    public WrongInputs()
    {
        NoiseCorpus.Write(In("corpus"));
        NoiseCorpus.Write(In("no-test"), clip => clip with { Split = SplitNames.Train });
        NoiseCorpus.Write(In("no-labels"), clip => clip with { Emotion = null, Split = SplitNames.Unlabelled });
        NoiseCorpus.Write(In("one-speaker"), clip => clip with { Speaker = "alone" });
        NoiseCorpus.Write(In("broken-clip"));
        File.WriteAllText(In("broken-clip/sound/3.wav"), "no sound");
        foreach (var (name, text) in new[] { ("unknown.yaml", "epochs: 2\nnonsense: 3\n"), ("broken.yaml", "epochs: [1, 2\n"), ("type.yaml", "epochs: many\n"), ("nested.yaml", "epochs: {a: 1}\n") })
            File.WriteAllText(In(name), text);
        // What a killed process leaves behind must not keep the next one out.
        Directory.CreateDirectory(In("run/acoustic-seed1-fold0"));
        File.WriteAllText(In("run/acoustic-seed1-fold0/.lock"), "");
        File.WriteAllText(In("run/acoustic-seed1-fold0/state.safetensors.1-2.tmp"), "half");
        Assert.Equal(0, Lab("fuse", "--corpus", In("corpus"), "--out", In("run")).ExitCode);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("affect-wrong-").FullName;

    public string In(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Runs a command with settings that take no time, as far as it has them and none of its own.</summary>
    internal (int ExitCode, string Output, string Errors) Lab(string command, params string[] arguments)
    {
        string[] small = command switch
        {
            "adapt" => ["--encoder", "random-hubert-tiny", "--layers", "2-3", "--mask-epochs", "0", "--epochs", "1"],
            "fuse" => ["--acoustic", "random-hubert-tiny", "--visual", "none", "--lexical", "none", "--epochs", "2", "--folds", "3", "--seeds", "1", "--cache", In("cache")],
            _ => [],
        };
        var own = small.Chunk(2).Where(pair => !arguments.Contains(pair[0]) && !(arguments.Contains("--config") && pair[0] == "--epochs")).SelectMany(pair => pair);
        return LabProcess.Run([command, .. arguments, .. own]);
    }
}

/// <summary>Whatever is wrong with arguments and files is told in one line, with exit code 2.</summary>
public sealed class BadInputTests(WrongInputs wrong) : IClassFixture<WrongInputs>
{
    [Theory]
    [InlineData("adapt --corpus nowhere", "nowhere is neither a manifest nor a folder")]
    [InlineData("adapt --corpus no-labels", "no clip has an emotion")]
    [InlineData("adapt --corpus one-speaker", "clips must come from at least two speakers")]
    [InlineData("adapt --corpus corpus --method nonsense", "--method must be one of bitfit, bottleneck,")]
    [InlineData("adapt --corpus corpus --rate NaN", "LearningRate must be between 1E-12 and 1000. Actual value was NaN.")]
    [InlineData("adapt --corpus corpus --rate high", "--rate must be one number, but is 'high'.")]
    [InlineData("adapt --corpus corpus --epochs 0", "Epochs must be at least 1. Actual value was 0.")]
    [InlineData("adapt --corpus corpus --folds 1", "--folds, unless 0, must be at least 3.")]
    [InlineData("adapt --corpus corpus --head-from 9", "--head-from must be between 0 and 3.")]
    [InlineData("adapt --corpus corpus --nonsense 3", "'--nonsense' is not understood: lab adapt has no such option")]
    [InlineData("adapt --corpus corpus --out corpus/manifest.csv", "--out must be a folder that can be written to")]
    [InlineData("bench recipes --seed 1", "--seed must be at least 2.")]
    [InlineData("align --corpus corpus --epochs 0", "Epochs must be at least 1.")]
    [InlineData("align --corpus corpus --acoustic nonsense", "but was 'nonsense' and there is no such folder")]
    [InlineData("align --corpus corpus --folds 2", "--folds, unless 0, must be at least 3")]
    [InlineData("align --corpus corpus --teacher perfect", "'face_expresses'")]
    [InlineData("align --corpus corpus --fps NaN", "framesPerSecond must be between")]
    [InlineData("fuse --corpus no-test --judge test --out run2", "no-test has 0 and 32")]
    [InlineData("fuse --corpus corpus --width 5 --out run", "must be empty or hold the same training")]
    [InlineData("fuse --corpus corpus --acoustic none --out run2", "must be asked for, but none is")]
    [InlineData("fuse --corpus corpus --adapter run --out run2", "run has learned from speakers that --judge all would judge")]
    [InlineData("fuse --corpus corpus --aligner run --out run2", "run has learned from speakers that --judge all would judge")]
    [InlineData("fuse --corpus corpus --judge test --aligner nowhere --out run2", "--aligner nowhere needs the encoder that it was trained on, but --visual is 'none'")]
    [InlineData("fuse --corpus corpus --judge test --adapter run --out run2", "must be a folder or the name of one under")]
    [InlineData("fuse --corpus corpus --system corpus/manifest.csv --out run2", "--system must be a folder that can be written to")]
    [InlineData("fuse --corpus corpus --out run2 --config unknown.yaml", "unknown.yaml:2: 'nonsense' is no option of 'fuse'")]
    [InlineData("fuse --corpus corpus --out run2 --config broken.yaml", "broken.yaml:2: this is not YAML")]
    [InlineData("fuse --corpus corpus --out run2 --config type.yaml", "--epochs must be one whole number, but is 'many'.")]
    [InlineData("fuse --corpus corpus --out run2 --config nested.yaml", "nested.yaml:1: 'epochs' must be a value or a list of values")]
    [InlineData("report corpus", "must hold the record of a run")]
    [InlineData("report run --out corpus/manifest.csv/page.html", "could not be written")]
    [InlineData("predict corpus/sound/1.wav --system run", "must hold a trained system (system.json)")]
    [InlineData("predict corpus/sound/1.wav", "Option '--system' is required.")]
    [InlineData("nonsense", "'nonsense' is not understood: lab has run,")]
    public void It_is_told_in_one_line_that_names_argument_wish_and_value(string line, string message)
    {
        var words = line.Split(' ').Select(word => File.Exists(wrong.In(word)) || Directory.Exists(wrong.In(word)) || word.StartsWith("run", StringComparison.Ordinal) || word.Contains('/', StringComparison.Ordinal) ? wrong.In(word) : word).ToArray();
        var (code, output, errors) = wrong.Lab(words[0], words[1..]);
        Assert.Equal(2, code);
        Assert.Empty(output);
        var told = Assert.Single(errors.Split('\n'), text => text.StartsWith("error: ", StringComparison.Ordinal));
        Assert.Contains(message, told, StringComparison.Ordinal);
        Assert.EndsWith(told + "\n", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("adapt")]
    [InlineData("fuse")]
    public void A_clip_that_is_no_sound_is_left_out_and_told_of_by_name_and_exit_code(string command)
    {
        var (code, output, errors) = wrong.Lab(command, "--corpus", wrong.In("broken-clip"), "--out", wrong.In($"broken-{command}"));
        Assert.Equal(1, code);
        Assert.NotEmpty(output);
        Assert.Contains("left out: clip 3: ", errors, StringComparison.Ordinal);
        Assert.Contains("3.wav: expected an audio or video file", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_there_is_told_of()
    {
        if (TorchSharp.torch.cuda.is_available()) return;
        var (code, _, errors) = wrong.Lab("adapt", "--corpus", wrong.In("corpus"), "--device", "cuda");
        Assert.Equal(2, code);
        Assert.StartsWith("error: --device must be cpu here: the libtorch that is loaded finds no CUDA device", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_process_left_in_the_run_folder_is_swept_away()
    {
        Assert.True(File.Exists(wrong.In("run/acoustic-seed1-fold0/state.safetensors")));
        Assert.Empty(Directory.EnumerateFiles(wrong.In("run"), "*.tmp", SearchOption.AllDirectories));
        Assert.Empty(Directory.EnumerateFiles(wrong.In("run"), ".lock", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_record_that_was_cut_off_is_whole_again_after_the_next_start()
    {
        var path = wrong.In("run/run.jsonl");
        var whole = File.ReadAllLines(path);
        Assert.Contains("\"event\":\"end\"", whole[^1], StringComparison.Ordinal);
        File.WriteAllText(path, whole[0] + "\n{\"event\":\"res");
        var (code, _, errors) = wrong.Lab("fuse", "--corpus", wrong.In("corpus"), "--out", wrong.In("run"));
        Assert.True(code == 0, errors);
        Assert.Equal(whole[1..], File.ReadAllLines(path)[1..]);
    }

    [Fact]
    public void A_run_folder_that_another_process_works_in_is_refused()
    {
        string[] arguments = ["adapt", "--corpus", wrong.In("corpus"), "--encoder", "random-hubert-tiny", "--layers", "2-3", "--mask-epochs", "0", "--epochs", "100000", "--out", wrong.In("shared")];
        using var first = LabProcess.Start(arguments);
        var record = wrong.In("shared/seed-1/labelled/run.jsonl");
        first.WaitUntil(() => File.Exists(record));
        var (code, _, errors) = LabProcess.Run(arguments);
        Assert.False(first.HasExited);
        Assert.Equal(2, code);
        Assert.Contains("is in use by another run; wait for its end or choose another folder.", errors, StringComparison.Ordinal);
    }
}
