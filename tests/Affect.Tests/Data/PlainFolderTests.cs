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

    [Fact]
    public void An_empty_folder_is_told_the_layout()
    {
        var error = Assert.Throws<FormatException>(() => Corpus.Open(folder.Path));
        Assert.Contains($"{folder.Path} holds neither manifest.csv nor clips laid out as <folder>/<emotion>/<speaker>_", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_without_a_speaker_is_refused()
    {
        folder.File("sad/clip7.wav");
        Assert.Contains("clip7.wav: its name must begin with the speaker", Assert.Throws<FormatException>(() => Corpus.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_emotion_is_refused()
    {
        folder.File("bored/ben_1.wav");
        var error = Assert.Throws<FormatException>(() => Corpus.Open(folder.Path, EmotionSet.Mer2024));
        Assert.Contains("must be one of the emotions neutral, angry, happy, sad, worried, surprise, but is 'bored'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_sound_files_of_one_name_are_refused()
    {
        folder.File("sad/ben_1.wav");
        folder.File("sad/ben_1.flac");
        Assert.Contains("already a clip of this name", Assert.Throws<FormatException>(() => Corpus.Open(folder.Path)).Message, StringComparison.Ordinal);
    }
}
