namespace Affect.Tests.Data;

public sealed class ManifestTests : IDisposable
{
    private const string Good = "clip,audio,speaker,emotion,transcript,mood\na,sound/a.wav,anna,happy,hello,calm\nb,/elsewhere/b.wav,ben,sad,,\n";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Columns_become_the_clip_and_other_columns_are_kept()
    {
        var corpus = Corpus.Open(folder.File("manifest.csv", Good));

        Assert.Equal(["happy", "sad"], corpus.Emotions);
        Assert.Equal([0, 1], corpus.Labels);
        Assert.False(corpus.IsSynthetic);
        var (a, b) = (corpus.Clips[0], corpus.Clips[1]);
        Assert.Equal(("a", "anna", "happy", "hello"), (a.Id, a.Speaker, a.Emotion, a.Transcript));
        Assert.Equal(Path.Combine(folder.Path, "sound", "a.wav"), a.MediaPath);
        Assert.Equal("calm", a.Extras["mood"]);
        Assert.Equal("/elsewhere/b.wav", b.AudioPath);
        Assert.Null(b.Transcript);
        Assert.Empty(b.Extras);
    }

    [Fact]
    public void A_folder_is_opened_by_its_manifest()
    {
        folder.File("manifest.csv", Good);
        Assert.Equal(2, Corpus.Open(folder.Path).Clips.Count);
    }

    [Fact]
    public void A_byte_order_mark_crlf_and_blank_lines_do_no_harm()
    {
        var path = folder.File("m.csv", "\uFEFF" + Good.Replace("\n", "\r\n\r\n", StringComparison.Ordinal) + ",,,,,\r\n");
        Assert.Equal(2, Manifest.Read(path).Clips.Count);
    }

    [Fact]
    public void Names_with_quotes_commas_newlines_and_other_letters_survive_writing_and_reading()
    {
        Clip[] clips =
        [
            new() { Id = "a \"quoted\", name", Speaker = "Żaneta", Emotion = "happy", AudioPath = Path.Combine(folder.Path, "-i.wav"), Transcript = "one\ntwo\r\nthree" },
            new() { Id = "مرحبا", Speaker = "ben", AudioPath = Path.Combine(folder.Path, "a%03d.wav"), VideoPath = "/far/away/concat:x.mp4", Split = SplitNames.Unlabelled },
            new() { Id = " spaces ", Speaker = "x", Emotion = "sad", VideoPath = Path.Combine(folder.Path, "line\nbreak.mp4"), Session = "2", Extras = new Dictionary<string, string> { ["note, two"] = "\r" } },
        ];
        var path = Path.Combine(folder.Path, "deep", "manifest.csv");
        Manifest.Write(path, clips);

        var read = Manifest.Read(path).Clips;
        Assert.Equal(clips.Select(Fields), read.Select(Fields));
        Assert.Equal("\r", read[2].Extras["note, two"]);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(path)!, "*.tmp"));

        static (string, string?, string?, string, string?, string?, string?, string?) Fields(Clip clip) =>
            (clip.Id, clip.AudioPath, clip.VideoPath, clip.Speaker, clip.Session, clip.Emotion, clip.Transcript, clip.Split);
    }

    [Theory]
    [InlineData("clip,audio,emotion\na,a.wav,sad\n", ":1: the column speaker is missing; found: clip, audio, emotion.")]
    [InlineData("clip,speaker,label\na,x,sad\n", ":1: the column emotion, audio (or video) is missing; found: clip, speaker, label.")]
    [InlineData("clip;audio;speaker;emotion\na;a.wav;x;sad\n", "Its columns seem to be separated by ';'; commas are expected.")]
    [InlineData("clip,audio,speaker,emotion,clip\na,a.wav,x,sad,a\n", ":1: every column must have a name of its own, but 'clip' is there 2 times.")]
    [InlineData("clip,audio,speaker,emotion\na,a.wav,x,sad\nb,b.wav,x,bored\n", ":3: the emotion must be one of happy, sad, but is 'bored'.")]
    [InlineData("clip,audio,speaker,emotion\na,\"a\nb.wav\",x,sad\n\nb,b.wav,x,sad\na,c.wav,y,happy\n", ":6: the clip 'a' is already in line 2.")]
    [InlineData("clip,audio,speaker,emotion\na,a.wav, ,sad\n", ":2: the clip 'a' has no speaker; folds are by speaker")]
    [InlineData("clip,audio,video,speaker,emotion\na,,,x,sad\n", ":2: the clip 'a' has neither audio nor video.")]
    [InlineData("clip,audio,speaker,emotion\n,a.wav,x,sad\n", ":2: the clip's name is empty.")]
    [InlineData("clip,audio,speaker,emotion\na,a.wav,x\n", ":2: must have 4 fields like the first line, but has 3")]
    [InlineData("clip,audio,speaker,emotion,split\na,a.wav,x,sad,later\n", ":2: the split must be one of train, val, test, unlabelled, but is 'later'.")]
    [InlineData("clip,audio,speaker,emotion\na,a.wav,x,sad\nb,\"b.wav,x,sad\n", ":3: a quote must enclose a whole field")]
    [InlineData("clip,audio,speaker,emotion\n", ": must hold at least one clip")]
    [InlineData("", ":1: must begin with the columns' names, but is empty.")]
    public void Bad_input_is_refused_by_file_and_line(string text, string message)
    {
        var path = folder.File("bad.csv", text);
        var error = Assert.Throws<FormatException>(() => Manifest.Read(path, new EmotionSet(["happy", "sad"])));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_in_windows_1252_is_refused_with_line_byte_and_cure()
    {
        var path = Path.Combine(folder.Path, "old.csv");
        File.WriteAllBytes(path, [.. Encoding.UTF8.GetBytes("clip,audio,speaker,emotion\nä,a.wav,"), 0x93, .. "x,sad\n"u8]);
        var error = Assert.Throws<FormatException>(() => Manifest.Read(path));
        Assert.Contains($"{path}:2: must be UTF-8, but byte 10 of the line is 0x93 (in Windows-1252 that is '“')", error.Message, StringComparison.Ordinal);
        Assert.Contains("iconv -f WINDOWS-1252 -t UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Utf_16_is_refused_by_name()
    {
        var path = Path.Combine(folder.Path, "wide.csv");
        File.WriteAllText(path, Good, Encoding.Unicode);
        Assert.Contains("is UTF-16", Assert.Throws<FormatException>(() => Manifest.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_cells_as_tables_write_them_are_doubted()
    {
        var path = folder.File("m.csv", "clip,audio,speaker,emotion\na,a.wav,x,sad\nb,b.wav,y,nan\nc,c.wav,y,None\n");
        Assert.Contains("'None', 'nan' are taken for an emotion, but so tables write an empty cell", Assert.Single(Manifest.Read(path).Warnings), StringComparison.Ordinal);
        Assert.Empty(Manifest.Read(folder.File("n.csv", "clip,audio,speaker,emotion\na,a.wav,x,sad\nb,b.wav,y,none at all\n")).Warnings);
    }

    [Theory]
    [InlineData("a,a.wav,x,sad\nb,b.wav,x,Sad\n", ":3: the emotion 'Sad' differs from 'sad' in line 2 by no more than capitals")]
    [InlineData("a,a.wav,x,\n", ": no clip has an emotion, so the classes must be given")]
    public void Labels_that_make_no_classes_are_refused(string rows, string message)
    {
        var path = folder.File("m.csv", "clip,audio,speaker,emotion\n" + rows);
        Assert.StartsWith(path + message, Assert.Throws<FormatException>(() => Manifest.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_label_given_classes_serve() =>
        Assert.Equal([-1], Manifest.Read(folder.File("m.csv", "clip,audio,speaker,emotion\na,a.wav,x,\n"), EmotionSet.Mer2024).Labels);

    [Fact]
    public void A_missing_manifest_is_named() =>
        Assert.Contains("nowhere.csv", Assert.Throws<FileNotFoundException>(() => Corpus.Open("nowhere.csv")).Message, StringComparison.Ordinal);

    [SharedFact("real/nemo")]
    public void A_real_manifest_is_read()
    {
        var corpus = Corpus.Open(Repository.Shared("real", "nemo")!);
        Assert.Equal((530, 9, 6), (corpus.Clips.Count, corpus.Speakers.Count, corpus.Emotions.Count));
        Assert.All(corpus.Clips, clip => Assert.True(File.Exists(clip.MediaPath)));
    }
}
