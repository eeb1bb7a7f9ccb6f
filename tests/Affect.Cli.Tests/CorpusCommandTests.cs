namespace Affect.Cli.Tests;

public sealed class CorpusCommandTests : FolderTests
{
    [Fact]
    [Trait("Speed", "Slow")]
    public void Mimic_killed_in_the_middle_ends_with_the_bytes_of_an_unbroken_run_and_can_be_described()
    {
        var whole = LabProcess.Run("corpus", "mimic", "--clips", "12", "--out", In("whole"), "--contact-sheet", In("faces.png"));
        Assert.Equal(0, whole.ExitCode);
        Assert.Contains("acoustic + visual", whole.Output, StringComparison.Ordinal);
        Assert.Contains($"manifest sha256: {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(In("whole"), "manifest.csv"))))}", whole.Output, StringComparison.Ordinal);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], File.ReadAllBytes(In("faces.png"))[..4]);

        using (var lab = LabProcess.Start("corpus", "mimic", "--clips", "12", "--out", In("killed")))
        {
            lab.WaitUntil(() => Clips("killed").Length >= 3);
            lab.Kill();
            lab.Wait();
        }
        Assert.False(File.Exists(Path.Combine(In("killed"), "manifest.csv")));
        LabProcess.Done("corpus", "mimic", "--clips", "12", "--out", In("killed"));
        Assert.Equal(12, Clips("whole").Length);
        Assert.Equal(Clips("whole").Select(Hash), Clips("killed").Select(Hash));
        Assert.Equal(Hash(Path.Combine(In("whole"), "manifest.csv")), Hash(Path.Combine(In("killed"), "manifest.csv")));

        var described = LabProcess.Run("corpus", "describe", In("killed"));
        Assert.Equal(0, described.ExitCode);
        Assert.Contains("mimic (synthetic): 12 clips", described.Output, StringComparison.Ordinal);
        Assert.Contains("Every media file is there.", described.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_speakers_can_be_chosen_and_help_names_every_choice()
    {
        var help = LabProcess.Run("corpus", "mimic", "--help");
        Assert.Equal(0, help.ExitCode);
        foreach (var option in (string[])["--clips", "--speakers", "--seed", "--out", "--unlabelled", "--contact-sheet"]) Assert.Contains(option, help.Output, StringComparison.Ordinal);

        var four = LabProcess.Run("corpus", "mimic", "--clips", "20", "--speakers", "4", "--out", In("four"));
        Assert.Equal(0, four.ExitCode);
        Assert.Contains("20 clips of 4 speakers", four.Output, StringComparison.Ordinal);
        var manifest = File.ReadAllBytes(Path.Combine(In("four"), "manifest.csv"));
        Assert.Contains($"manifest sha256: {Convert.ToHexStringLower(SHA256.HashData(manifest))}", four.Output, StringComparison.Ordinal);

        var many = LabProcess.Refused("corpus", "mimic", "--speakers", "1000", "--out", In("many"));
        Assert.StartsWith("error: Speakers must be between 4 and 999.", many, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_files_are_listed_and_a_manifest_that_cannot_be_read_is_one_line()
    {
        File.WriteAllText(In("m.csv"), "clip,audio,speaker,emotion\na,gone.wav,x,sad\nb,gone too.wav,y,happy\n");
        var missing = LabProcess.Run("corpus", "describe", In("m.csv"));
        Assert.Equal(1, missing.ExitCode);
        Assert.Contains($"a: {In("gone.wav")} is missing", missing.Errors, StringComparison.Ordinal);

        var unknown = LabProcess.Refused("corpus", "describe", In("m.csv"), "--emotions", "happy,angry");
        Assert.Equal($"error: {In("m.csv")}:2: the emotion must be one of happy, angry, but is 'sad'.", unknown.Trim());
    }

    [Fact]
    public void People_in_several_forms_guesses_and_doubled_recordings_are_told()
    {
        var forms = LabProcess.Run("corpus", "describe", Repository.Golden("speaker-forms", "manifest.csv"));
        Assert.Contains("of 3 speakers", forms.Output, StringComparison.Ordinal);
        Assert.Contains("warning: One speaker is written in several ways", forms.Output, StringComparison.Ordinal);
        Assert.Contains("'JOSÉ'", forms.Output, StringComparison.Ordinal);

        foreach (var clip in Enumerable.Range(0, 10)) Clip("happy", FormattableString.Invariant($"scene{clip}_x.wav"), "sound");
        Clip("sad", "scene3_y.wav", "sound");
        var guessed = LabProcess.Run("corpus", "describe", In("clips"));
        Assert.Contains("speakers: scene3 (2), scene0 (1)", guessed.Output, StringComparison.Ordinal);
        Assert.Contains("warning: Who speaks is a guess", guessed.Output, StringComparison.Ordinal);
        Assert.Contains("This guess is doubtful", guessed.Output, StringComparison.Ordinal);
        Assert.Contains("warning: The same recording stands under different speakers", guessed.Output, StringComparison.Ordinal);
        Assert.Contains("warning: The same recording stands under different emotions", guessed.Output, StringComparison.Ordinal);

        // Other commands say it before their work.
        var extracted = LabProcess.Run("extract", "--corpus", In("clips"), "--encoder", "mfcc", "--out", In("store"));
        Assert.Contains("warning: Who speaks is a guess", extracted.Errors, StringComparison.Ordinal);
        Assert.Contains("warning: The same recording stands under different speakers", extracted.Errors, StringComparison.Ordinal);

        void Clip(string emotion, string name, string content)
        {
            Directory.CreateDirectory(Path.Combine(In("clips"), emotion));
            File.WriteAllText(Path.Combine(In("clips"), emotion, name), content);
        }
    }

    [Fact]
    public void Files_that_are_none_and_names_that_nearly_fit_are_told()
    {
        File.WriteAllText(In("A.wav"), "sound");
        using (var make = Process.Start("mkfifo", [In("pipe.wav")])) make.WaitForExit();
        File.WriteAllText(In("m.csv"), "clip,audio,speaker,emotion\na,a.wav,x,sad\nb,pipe.wav,y,happy\nc,/dev/zero,y,happy\n");
        var described = LabProcess.Run("corpus", "describe", In("m.csv"));
        Assert.Equal(1, described.ExitCode);
        Assert.Contains($"a: {In("a.wav")} is missing; there is {In("A.wav")}, which differs in capitals", described.Errors, StringComparison.Ordinal);
        Assert.Contains($"b: {In("pipe.wav")} is a named pipe", described.Errors, StringComparison.Ordinal);
        Assert.Contains("c: /dev/zero is a device", described.Errors, StringComparison.Ordinal);

        var extracted = LabProcess.Run("extract", "--corpus", In("m.csv"), "--encoder", "mfcc", "--out", In("store"));
        Assert.Equal(1, extracted.ExitCode);
        Assert.Contains("3 of 3 clips gave no features", extracted.Errors, StringComparison.Ordinal);
    }

    private string[] Clips(string name) =>
        Directory.Exists(Path.Combine(In(name), "clips")) ? [.. Directory.GetFiles(Path.Combine(In(name), "clips"), "*.mp4").Order(StringComparer.Ordinal)] : [];

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));
}
