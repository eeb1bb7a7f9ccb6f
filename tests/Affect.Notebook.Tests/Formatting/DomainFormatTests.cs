namespace Affect.Tests.Formatting;

public sealed class DomainFormatTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_tensor_shows_its_shape_its_spread_and_its_first_values()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("[2, 4] float32 on cpu: min 0, mean 0.875, max 1.75\n[0, 0.25, 0.5, 0.75, 1, 1.25, …]", Shown.Text((arange(8) / 4.0).to(ScalarType.Float32).reshape(2, 4)));
        Assert.Equal("[3] int64 on cpu: min 0, mean 1, max 2\n[0, 1, 2]", Shown.Text(arange(3)));
        Assert.Equal("[0, 5] float32 on cpu, no values", Shown.Text(zeros(0, 5)));
        Assert.Equal("[] float32 on cpu: 0.5", Shown.Text(tensor(0.5f)));
        Assert.StartsWith("[2] float32 on cpu: 1 of 2 are NaN", Shown.Text(tensor(new[] { 1f, float.NaN })), StringComparison.Ordinal);
    }

    [Fact]
    public void Showing_a_tensor_leaves_no_tensor_behind()
    {
        using var scope = NewDisposeScope();
        var value = rand(new long[] { 4, 5 });
        var before = scope.DisposablesCount;
        for (var i = 0; i < 3; i++) Shown.Forms(value);
        Assert.Equal(before, scope.DisposablesCount);
    }

    [Fact]
    public void A_disposed_tensor_is_said_to_be_so()
    {
        var value = zeros(2);
        value.Dispose();
        Assert.Equal("a tensor that has been disposed", Shown.Text(value));
    }

    [Fact]
    public void A_clip_plays_and_says_who_speaks_and_what()
    {
        var bundle = Shown.Forms(Clip(Tone(seconds: 1)));
        var html = bundle["text/html"].ToString();
        Assert.Contains("<audio controls preload=\"auto\" aria-label=\"clip c1\" src=\"data:audio/mpeg;base64,", html, StringComparison.Ordinal);
        Assert.Contains("<b>angry</b> “Give it &lt;back&gt;!”", html, StringComparison.Ordinal);
        Assert.Equal("angry · “Give it <back>!” · c1 · speaker s1 · train · 1.0 s, a small copy", bundle["text/plain"].ToString());
        Assert.InRange(html.Length, 1000, 8000);
        Assert.DoesNotContain(folder, html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_clip_stays_small_and_says_that_it_was_cut()
    {
        var bundle = Shown.Forms(Clip(Tone(seconds: 30)));
        Assert.InRange(bundle["text/html"].ToString().Length, 20_000, 61_000);
        Assert.EndsWith("the first 8.0 of 30.0 s, a small copy", bundle["text/plain"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_with_pictures_plays_as_video()
    {
        var path = Path.Combine(folder, "film.mp4");
        var random = new Random(1);
        var frames = Enumerable.Range(0, 50).Select(_ =>
        {
            var frame = new byte[64 * 48 * 3];
            random.NextBytes(frame);
            return frame;
        });
        MediaWriter.WriteMp4(path, frames, 64, 48, framesPerSecond: 25, new float[2 * 16000]);
        var html = Shown.Forms(Clip(null) with { VideoPath = path })["text/html"].ToString();
        Assert.Contains("<video controls preload=\"auto\" width=\"220\" aria-label=\"clip c1\" src=\"data:video/mp4;base64,", html, StringComparison.Ordinal);
        // Noise is the hardest there is to compress.
        Assert.InRange(html.Length, 2000, 61_000);
    }

    [Fact]
    public void A_clip_whose_file_is_missing_says_so_and_no_path()
    {
        var text = Shown.Text(Clip(Path.Combine(folder, "gone.wav")));
        Assert.EndsWith("cannot be played: gone.wav is missing or damaged, or ffmpeg is", text, StringComparison.Ordinal);
        Assert.DoesNotContain(folder, text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_clips_is_a_table_without_paths()
    {
        Assert.Equal("clip  speaker  emotion  split  transcript\nc1    s1       angry    train  Give it <back>!", Shown.Text(new[] { Clip("/x/y.wav") }));
    }

    [Fact]
    public void A_corpus_is_a_table_without_paths()
    {
        var corpus = new Corpus("Toy", folder, new EmotionSet(["sad", "angry"]), [Clip(null), Clip(null) with { Id = "c2", Emotion = null, Split = null }], isSynthetic: true);
        Assert.Equal("Toy, synthetic\nclips     2\nlabelled  1\nspeakers  1\nemotions  sad 0, angry 1\nparts     train 1, none 1", Shown.Text(corpus));
    }

    [Fact]
    public void Scores_and_features_are_tables()
    {
        Assert.Contains("WAF (weighted F1)  0.667", Shown.Text(Scores.Of([0, 0, 1], [0, 1, 1], 2)), StringComparison.Ordinal);
        Assert.Equal(
            "features  [clips, layers, dims] = [2, 1, 3]\nlayers    0 to 0\nclips     [a, b]", Shown.Text(new FeatureTable(["a", "b"], new float[6], layers: 1, dims: 3)));
    }

    [Fact]
    public void A_column_of_numbers_stands_to_the_right_whether_thousands_are_set_apart_or_not()
    {
        var table = new FigureTable { Caption = "Sizes", Columns = ["name", "weights"], Rows = [["small", "64"], ["large", "1,627,808"]] };
        Assert.Equal("Sizes\nname     weights\nsmall         64\nlarge  1,627,808", Shown.Text(table));
    }

    private string Tone(int seconds)
    {
        var path = Path.Combine(folder, $"tone-{seconds}.wav");
        var tone = new float[seconds * 16000];
        for (var i = 0; i < tone.Length; i++) tone[i] = 0.3f * MathF.Sin(i * 0.1f);
        WaveFile.Write(path, tone, 16000);
        return path;
    }

    private static Clip Clip(string? audio) =>
        new() { Id = "c1", Speaker = "s1", Emotion = "angry", Transcript = "Give it <back>!", Split = "train", AudioPath = audio };
}
