namespace Affect.Cli.Tests;

/// <summary>A system trained on few clips, and what it says of clips that were in no corpus.</summary>
public sealed class TrainedSystem : IDisposable
{
    public TrainedSystem()
    {
        // So few clips that a rare emotion would be missing from a fold: the labels are dealt out in turn, as nothing here asks how well they are learned.
        var clips = Mimic.Generate(In("corpus"), new MimicConfig { Clips = 48, Seed = 3 }).Clips;
        Manifest.Write(In("corpus/dealt.csv"), [.. clips.Select((clip, index) => clip.Emotion is null ? clip : clip with { Emotion = EmotionSet.Mer2024[index % EmotionSet.Mer2024.Count] })]);
        Run = LabProcess.Run(
            "fuse", "--corpus", In("corpus/dealt.csv"), "--seeds", "1", "--folds", "2", "--judge", "test", "--epochs", "4", "--width", "16", "--dropout", "0.3", "--out", In("run"), "--system", In("system"), "--cache", In("cache"));
        Assert.True(Run.ExitCode == 0, Run.Errors);
        // A stranger of another seed's cast.
        Stranger = Mimic.Generate(In("other"), new MimicConfig { Clips = 12, Seed = 8 }).Clips[0];
    }

    internal (int ExitCode, string Output, string Errors) Run { get; }

    public string Folder { get; } = Directory.CreateTempSubdirectory("affect-fuse-").FullName;

    public Clip Stranger { get; }

    public string In(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

public sealed class FusePredictTests(TrainedSystem trained) : IClassFixture<TrainedSystem>
{
    [Fact]
    public void Fusing_says_what_each_set_of_modalities_scores_and_a_page_can_be_made_of_it()
    {
        Assert.Contains("trained on acoustic + visual + lexical", trained.Run.Output, StringComparison.Ordinal);
        Assert.Contains("shown visual + lexical:", trained.Run.Output, StringComparison.Ordinal);
        Assert.Contains("ceiling 0.9", trained.Run.Output, StringComparison.Ordinal);
        LabProcess.Done("report", trained.In("run"), "--out", trained.In("page.html"));
        Assert.Contains("What is left when modalities are missing?", File.ReadAllText(trained.In("page.html")), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Speed", "Slow")]
    public void What_has_learned_from_a_speakers_labels_is_not_judged_by_that_speaker()
    {
        var (corpus, swapped, adapter) = (trained.In("corpus/dealt.csv"), trained.In("corpus/swapped.csv"), trained.In("adapt/seed-1/adapted"));
        Manifest.Write(swapped, [.. Corpus.Open(corpus).Clips.Select(clip => clip with { Split = clip.Split switch { SplitNames.Test => SplitNames.Train, SplitNames.Train => SplitNames.Test, var other => other } })]);
        Done("adapt", "--corpus", corpus, "--encoder", "mimic-hubert", "--layers", "8-8", "--width", "4", "--epochs", "1", "--mask-epochs", "0", "--folds", "0", "--out", trained.In("adapt"));
        Done(Fuse(corpus, "--adapter", adapter, "fused-1"));
        Assert.Contains("whom --judge test would judge", LabProcess.Refused(Fuse(swapped, "--adapter", adapter, "fused-2")), StringComparison.Ordinal);

        // A head that learned from normalised speakers hears them so here too, which single clips for a system cannot be.
        Done("adapt", "--corpus", corpus, "--encoder", "mimic-hubert", "--layers", "8-8", "--width", "4", "--epochs", "1", "--mask-epochs", "0", "--normalise", "speaker", "--out", trained.In("normalised"));
        var normalised = trained.In("normalised/seed-1/adapted");
        Done(Fuse(corpus, "--adapter", normalised, "fused-6"));
        Assert.Contains("normalises speakers, by all clips of each", LabProcess.Refused([.. Fuse(corpus, "--adapter", normalised, "fused-7"), "--system", trained.In("system-7")]), StringComparison.Ordinal);

        // Features: the corpus's own test part was met by nobody; all others are not judged.
        Done("extract", "--corpus", corpus, "--encoder", "mimic-hubert", "--adapted", adapter, "--out", trained.In("stores"));
        string[] align = ["align", "--corpus", corpus, "--acoustic-features", trained.In("stores"), "--epochs", "1", "--seeds", "1"];
        Assert.DoesNotContain("not judged", Done([.. align, "--out", trained.In("aligned")]), StringComparison.Ordinal);
        Assert.Contains("of speakers whose labels", LabProcess.Refused([.. align, "--choosing"]), StringComparison.Ordinal);
        Assert.Contains("whom --judge test would judge", LabProcess.Refused(Fuse(swapped, "--aligner", trained.In("aligned/seed-1"), "fused-3")), StringComparison.Ordinal);

        // Where none of the clips that were learned from is there, nobody can know who is a stranger; and a control's vectors are no features.
        var description = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(trained.In("aligned/seed-1/aligner.json")))!;
        description["taught"] = new System.Text.Json.Nodes.JsonArray("0000000000000000");
        File.WriteAllText(trained.In("aligned/seed-1/aligner.json"), description.ToJsonString());
        Assert.Contains("None of the 1 clips whose labels", Done(Fuse(corpus, "--aligner", trained.In("aligned/seed-1"), "fused-4")), StringComparison.Ordinal);
        description["is_control"] = true;
        File.WriteAllText(trained.In("aligned/seed-1/aligner.json"), description.ToJsonString());
        Assert.Contains("had a perfect teacher", LabProcess.Refused(Fuse(swapped, "--aligner", trained.In("aligned/seed-1"), "fused-5")), StringComparison.Ordinal);

        string[] Fuse(string of, string option, string what, string name) =>
        [
            "fuse", "--corpus", of, option, what, "--lexical", "none", option == "--adapter" ? "--visual" : "--acoustic", "none", "--judge", "test", "--seeds", "1", "--folds", "2", "--epochs", "1", "--width", "8",
            "--out", trained.In(name), "--cache", trained.In("cache"),
        ];
        static string Done(params string[] arguments) => LabProcess.Done(arguments).Errors;
    }

    [Fact]
    public void One_clip_of_no_corpus_gets_six_probabilities_and_what_they_rest_on()
    {
        var (code, output, errors) = Predict(trained.Stranger.VideoPath!, "--transcript", trained.Stranger.Transcript!);
        Assert.True(code == 0, errors);
        Assert.Contains("used: acoustic, visual, lexical", output, StringComparison.Ordinal);
        var numbers = output.Split('\n').Where(line => EmotionSet.Mer2024.Any(emotion => line.StartsWith($"  {emotion} ", StringComparison.Ordinal)))
            .Select(line => double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(6, numbers.Length);
        Assert.Equal(1, numbers.Sum(), 0.01);
        Assert.Contains("synthetic clips", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_is_read_as_a_corpus_is_every_kind_of_file_and_twins_as_one_clip()
    {
        var folder = Directory.CreateDirectory(trained.In("folder")).FullName;
        File.WriteAllBytes(Path.Combine(folder, "d.opus"), [1, 2, 3]);
        var (code, output, _) = Predict(folder);
        Assert.Equal(1, code);
        Assert.Contains("d: ", output, StringComparison.Ordinal); // named, and why nothing was heard
        foreach (var name in (string[])["c.wav", "c.flac"]) File.WriteAllBytes(Path.Combine(folder, name), [1, 2, 3]);
        var (refused, _, errors) = Predict(folder);
        Assert.Equal(2, refused);
        Assert.Contains($"{Path.Combine(folder, "c.wav")}: there is already a clip of this name, {Path.Combine(folder, "c.flac")}.", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_without_transcript_is_judged_by_the_rest()
    {
        var (code, output, errors) = Predict(trained.Stranger.VideoPath!);
        Assert.True(code == 0, errors);
        Assert.Contains("used: acoustic, visual\n", output, StringComparison.Ordinal);
        Assert.Contains("no lexical: the clip has no transcript", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Noise_without_pictures_or_words_is_nothing_to_judge_by()
    {
        var random = new SeededRandom(1);
        WaveFile.Write(trained.In("noise.wav"), [.. Enumerable.Range(0, 32000).Select(_ => (float)(0.05 * random.Normal()))]);
        var (code, output, _) = Predict(trained.In("noise.wav"));
        Assert.Equal(1, code);
        Assert.Contains("noise: nothing to judge by", output, StringComparison.Ordinal);
        Assert.Contains("no acoustic: nobody is heard to speak", output, StringComparison.Ordinal);
        Assert.Contains("no visual: the clip has no pictures", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_that_shows_no_face_is_told_of()
    {
        // A test card of moving bars, silent.
        var frames = Enumerable.Range(0, 25).Select(frame => Enumerable.Range(0, 96 * 96).SelectMany(pixel => Enumerable.Repeat((byte)((pixel % 96 + 4 * frame) / 12 % 2 * 255), 3)).ToArray());
        MediaWriter.WriteMp4(trained.In("bars.mp4"), frames, 96, 96, 25, new float[16000], 16000);
        var (code, output, _) = Predict(trained.In("bars.mp4"), "--transcript", trained.Stranger.Transcript!);
        Assert.Equal(0, code);
        Assert.Contains("used: lexical", output, StringComparison.Ordinal);
        Assert.Contains("no acoustic: nobody is heard to speak", output, StringComparison.Ordinal);
        Assert.Contains("no visual: no face is seen", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_becomes_the_challenges_csv_and_a_broken_clip_does_not_end_it()
    {
        var clips = Directory.CreateDirectory(trained.In("clips")).FullName;
        File.Copy(trained.Stranger.VideoPath!, Path.Combine(clips, "good.mp4"));
        File.WriteAllText(Path.Combine(clips, "bad.mp4"), "no film");
        var (code, output, _) = Predict(clips, "--out", trained.In("answer.csv"));
        Assert.Equal(1, code);
        var lines = File.ReadAllLines(trained.In("answer.csv"));
        Assert.Equal("name,discrete", lines[0]);
        Assert.StartsWith("good,", Assert.Single(lines[1..]), StringComparison.Ordinal);
        Assert.Contains("bad: no acoustic:", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_system_is_named()
    {
        var errors = LabProcess.Refused("predict", trained.Stranger.VideoPath!, "--system", trained.In("corpus"));
        Assert.Contains("must hold a trained system (system.json)", errors, StringComparison.Ordinal);
    }

    private (int ExitCode, string Output, string Errors) Predict(params string[] arguments)
    {
        var run = LabProcess.Run(["predict", .. arguments, "--system", trained.In("system")]);
        return (run.ExitCode, run.Output, run.Errors);
    }
}
