namespace Affect.Tests.Media;

public sealed class NearbyFileTests : IDisposable
{
    private const string Composed = "M\u00FCller/caf\u00E9.wav";
    private const string Apart = "Mu\u0308ller/cafe\u0301.wav";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(Composed, Apart)]
    [InlineData(Apart, Composed)]
    public void A_file_whose_letters_are_composed_otherwise_is_found(string inTable, string onDisk)
    {
        folder.File(onDisk, "sound");
        var corpus = Corpus.Open(folder.File("m.csv", $"clip,audio,speaker,emotion\na,{inTable},x,sad\n"));
        Assert.Equal(folder.In(onDisk), corpus.Clips[0].AudioPath);
        Assert.Null(MediaPath.Problem(corpus.Clips[0].MediaPath));
    }

    [Fact]
    public void Where_both_forms_are_there_the_one_that_is_written_is_meant()
    {
        folder.File(Composed, "one");
        folder.File(Apart, "other");
        var corpus = Corpus.Open(folder.File("m.csv", $"clip,audio,speaker,emotion\na,{Composed},x,sad\nb,{Apart},x,sad\n"));
        Assert.Equal([folder.In(Composed), folder.In(Apart)], corpus.Clips.Select(clip => clip.AudioPath));
    }

    [Theory]
    [InlineData("Anna/A.WAV", "anna/a.wav", "in capitals")]
    [InlineData("a.wav ", "a.wav", "in spaces or in characters that cannot be seen")]
    [InlineData("a\u200B.wav", "a.wav", "in spaces or in characters that cannot be seen")]
    [InlineData("ａ.wav", "a.wav", "in the width of its letters")]
    [InlineData(Composed, Apart, "in how its letters are composed")]
    public void Of_a_missing_file_it_is_told_what_is_nearly_of_its_name(string asked, string onDisk, string difference)
    {
        folder.File(onDisk, "sound");
        var error = Assert.Throws<MediaException>(() => new Ffmpeg().DecodeAudio(folder.In(asked)));
        Assert.Contains("there is no such file", error.Message, StringComparison.Ordinal);
        Assert.Contains(folder.In(onDisk), error.Message, StringComparison.Ordinal);
        Assert.Contains($"which differs {difference}", error.Message, StringComparison.Ordinal);
        Assert.Contains(difference, MediaPath.Problem(folder.In(asked)), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_told_where_nothing_or_several_are_alike()
    {
        folder.File("a.wav", "sound");
        folder.File("A.wav", "sound");
        Assert.DoesNotContain("differs", Assert.Throws<MediaException>(() => new Ffmpeg().DecodeAudio(folder.In("a.WAV"))).Message, StringComparison.Ordinal);
        Assert.Equal("is missing", MediaPath.Problem(folder.In("b.wav")));
    }
}
