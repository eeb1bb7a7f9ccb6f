namespace Affect.Tests.Data;

public sealed class PlainFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Folders_are_emotions_and_names_begin_with_the_speaker()
    {
        folder.File("sad/ben-2.MP4");
        folder.File("happy/anna_1.wav");
        folder.File("happy/anna_1.mp4");
        folder.File("happy/anna_1.txt", " hello \n");
        folder.File("happy/._anna_1.wav");
        folder.File("happy/notes.md");
        folder.File(".hidden/x_1.wav");

        var corpus = Corpus.Open(folder.Path);

        Assert.Equal(["happy/anna_1", "sad/ben-2"], corpus.Clips.Select(clip => clip.Id));
        Assert.Equal(["anna", "ben"], corpus.Speakers);
        Assert.Equal("hello", corpus.Clips[0].Transcript);
        Assert.EndsWith("anna_1.wav", corpus.Clips[0].MediaPath, StringComparison.Ordinal);
        Assert.EndsWith("anna_1.mp4", corpus.Clips[0].VideoPath, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", " holds neither manifest.csv nor clips laid out as <folder>/<emotion>/<speaker>_")]
    [InlineData("sad/clip7.wav", "/sad/clip7.wav: its name must begin with the speaker")]
    [InlineData("bored/ben_1.wav", "must be one of the emotions neutral, angry, happy, sad, worried, surprise, but is 'bored'")]
    [InlineData("sad/ben_1.wav sad/ben_1.flac", "already a clip of this name")]
    public void What_cannot_be_understood_is_refused_by_name(string files, string message)
    {
        foreach (var file in files.Split(' ', StringSplitOptions.RemoveEmptyEntries)) folder.File(file);
        var error = Assert.Throws<FormatException>(() => Corpus.Open(folder.Path, EmotionSet.Mer2024));
        Assert.StartsWith(folder.Path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
