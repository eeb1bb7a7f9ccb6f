namespace Affect.Tests.Features;

public sealed class FeatureStoreTests : IDisposable
{
    private static readonly FeatureRecipe Recipe = new()
    {
        Encoder = "toy",
        Fingerprint = "f",
        Pooling = Pooling.Mean,
        SampleRate = 16000,
        FirstLayer = 0,
        LastLayer = 1,
        Dims = 3,
        MaximumSeconds = 30,
    };

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Everything_that_makes_features_enters_the_key_and_the_name_does_not()
    {
        FeatureRecipe[] others =
        [
            Recipe with { Fingerprint = "g" }, Recipe with { Pooling = Pooling.MeanAndDeviation }, Recipe with { SampleRate = 8000 },
            Recipe with { FirstLayer = 1 }, Recipe with { LastLayer = 2 }, Recipe with { Dims = 4 }, Recipe with { MaximumSeconds = 20 },
        ];
        Assert.Equal(8, others.Append(Recipe).Select(recipe => recipe.Key).Distinct().Count());
        Assert.Equal(Recipe.Key, (Recipe with { Encoder = "the same weights elsewhere" }).Key);
        Assert.Equal(
            FeatureStore.ForRecipe(folder.Path, Recipe).Folder,
            FeatureStore.ForRecipe(folder.Path, Recipe with { Encoder = "the same weights elsewhere" }).Folder);
    }

    [Fact]
    public void A_store_says_what_made_it_and_is_opened_by_its_folder_or_the_one_above()
    {
        var store = FeatureStore.ForRecipe(folder.Path, Recipe with { Encoder = "../bad name\n" });
        Assert.Matches("^bad-name-[0-9a-f]{12}$", Path.GetFileName(store.Folder));
        Assert.Equal(folder.Path, Path.GetDirectoryName(store.Folder));
        var text = File.ReadAllText(Path.Combine(store.Folder, "store.json"));
        Assert.Contains("\"fingerprint\": \"f\"", text, StringComparison.Ordinal);
        Assert.Contains("\"pooling\": \"mean\"", text, StringComparison.Ordinal);
        Assert.Equal(store.Recipe, FeatureStore.Open(store.Folder).Recipe);
        Assert.Equal(store.Folder, FeatureStore.Open(folder.Path + "/").Folder);
    }

    [Fact]
    public void A_missing_an_ambiguous_and_a_damaged_store_are_told_apart()
    {
        var missing = Assert.Throws<FileNotFoundException>(() => FeatureStore.Open(folder.Path));
        Assert.Equal($"{folder.Path} holds no feature store (store.json); 'lab extract' makes one.", missing.Message);

        var one = FeatureStore.ForRecipe(folder.Path, Recipe);
        FeatureStore.ForRecipe(folder.Path, Recipe with { Fingerprint = "g" });
        var ambiguous = Assert.Throws<ArgumentException>(() => FeatureStore.Open(folder.Path));
        Assert.StartsWith($"{folder.Path} holds 2 feature stores, so one must be named: toy-", ambiguous.Message, StringComparison.Ordinal);

        File.WriteAllText(Path.Combine(one.Folder, "store.json"), "{\"encoder\": 3");
        var damaged = Assert.Throws<FormatException>(() => FeatureStore.Open(one.Folder));
        Assert.StartsWith($"{one.Folder}/store.json must describe a feature store, but does not: ", damaged.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string> HostileIds =>
    [
        "../../escape", "/etc/passwd", "a/b\\c", "-i.wav", "a%03d.wav", "concat:x", "two\nlines\r\nand \"quotes\", commas;", " blank ", "Żółć 怒り 😡 ي",
        "=1+1", "nul\0", new string('x', 5000), "é", "e\u0301", "CON", ".", "",
    ];

    [Theory]
    [MemberData(nameof(HostileIds))]
    public void Any_clip_id_is_only_a_name(string id)
    {
        var store = FeatureStore.ForRecipe(folder.Path, Recipe);
        var media = folder.File("sound.wav", "sound");
        var clip = new Clip { Id = id, AudioPath = media, Speaker = "anna" };
        float[] values = [1, 2, 3, 4, 5, 6];
        store.Write(new StoredClip(id, store.Hashes.Of(media, default), 7), values);
        store.WriteIndex();

        var file = Assert.Single(Directory.GetFiles(Path.Combine(store.Folder, "clips"), "*", SearchOption.AllDirectories));
        Assert.Matches("/clips/[0-9a-f]{2}/[0-9a-f]{64}[.]safetensors$", file);
        var read = FeatureStore.Open(store.Folder).Read(Corpus(clip));
        Assert.Equal([id], read.Table.ClipIds);
        Assert.Equal(values, read.Table.Values);
        Assert.Equal([id], FeatureStore.Open(store.Folder).Clips().Select(stored => stored.Id));

        // Without the index, and without the media: found by what the file itself says.
        File.Delete(Path.Combine(store.Folder, "index.csv"));
        File.Delete(media);
        Assert.Equal([id], FeatureStore.Open(store.Folder).Read(Corpus(clip)).Table.ClipIds);
    }

    [Fact]
    public void A_table_has_the_order_of_the_corpus_and_tells_what_is_missing()
    {
        var store = FeatureStore.ForRecipe(folder.Path, Recipe);
        var clips = Enumerable.Range(0, 5).Select(i => new Clip { Id = $"c{i}", AudioPath = folder.File($"{i}.wav", $"sound {i}"), Speaker = "anna" }).ToArray();
        foreach (var i in new[] { 4, 0, 2 }) store.Write(Stored(store, clips[i]), [i, i, i, -i, -i, -i]);

        var read = store.Read(Corpus(clips));
        Assert.Equal(["c0", "c2", "c4"], read.Table.ClipIds);
        Assert.Equal(["c1", "c3"], read.Missing);
        Assert.Equal([-2f, -2, -2], read.Table.Row(1, 1).ToArray());
        Assert.Equal(["c4", "c0"], store.Read(Corpus(clips[4], clips[3], clips[0])).Table.ClipIds);
    }

    [Fact]
    public void A_clip_is_its_content_wherever_it_lies_and_whenever_it_was_copied()
    {
        var store = FeatureStore.ForRecipe(folder.Path, Recipe);
        var clip = new Clip { Id = "c", AudioPath = folder.File("a.wav", "sound"), Speaker = "anna" };
        store.Write(Stored(store, clip), new float[6]);

        var moved = folder.File("elsewhere/b.wav", "sound");
        File.SetLastWriteTimeUtc(moved, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Empty(store.Read(Corpus(clip with { AudioPath = moved })).Missing);
        Assert.Equal(["c"], store.Read(Corpus(clip with { AudioPath = folder.File("c.wav", "other sound") })).Missing);
        Assert.Equal(["d"], store.Read(Corpus(clip with { Id = "d" })).Missing);
    }

    [Fact]
    public void Without_its_media_a_clip_is_found_by_its_id_unless_two_have_it()
    {
        var store = FeatureStore.ForRecipe(folder.Path, Recipe);
        var clip = new Clip { Id = "c", AudioPath = Path.Combine(folder.Path, "gone.wav"), Speaker = "anna" };
        store.Write(new StoredClip("c", "hash 1", 5), new float[6]);
        Assert.Empty(store.Read(Corpus(clip)).Missing);
        store.Write(new StoredClip("c", "hash 2", 5), new float[6]);
        Assert.Equal(["c"], store.Read(Corpus(clip)).Missing);
    }

    [Fact]
    public void A_damaged_file_and_one_of_another_shape_are_named()
    {
        var store = FeatureStore.ForRecipe(folder.Path, Recipe);
        var clip = new Clip { Id = "c", AudioPath = folder.File("a.wav", "sound"), Speaker = "anna" };
        store.Write(Stored(store, clip), new float[9]);
        var file = Directory.GetFiles(Path.Combine(store.Folder, "clips"), "*", SearchOption.AllDirectories)[0];
        var error = Assert.Throws<FormatException>(() => store.Read(Corpus(clip)));
        Assert.Equal($"{file} must hold 'features' as float32 [2, 3], but does not. Delete it and extract again.", error.Message);

        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^4]);
        Assert.Contains(file, Assert.Throws<FormatException>(() => store.Read(Corpus(clip))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_killed_process_left_half_written_is_no_clip_and_goes_in_time()
    {
        var store = FeatureStore.ForRecipe(folder.Path, Recipe);
        var young = folder.File(Path.Combine(store.Folder, "clips", "ab", $"{new string('a', 64)}.safetensors.1-x.tmp"), "half");
        var old = folder.File(Path.Combine(store.Folder, "clips", "ab", $"{new string('b', 64)}.safetensors.1-x.tmp"), "half");
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-1));
        Assert.Empty(store.Keys());
        store.RemoveAbandoned();
        Assert.True(File.Exists(young), "it may be another process's, at work now");
        Assert.False(File.Exists(old));
    }

    private static StoredClip Stored(FeatureStore store, Clip clip) => new(clip.Id, store.Hashes.Of(clip.MediaPath, default), 5);

    private Corpus Corpus(params Clip[] clips) => new("toys", folder.Path, new EmotionSet(["happy", "sad"]), clips);
}
