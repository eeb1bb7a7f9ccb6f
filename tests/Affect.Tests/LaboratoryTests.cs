namespace Affect.Tests;

public sealed class LaboratoryTests : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("affect-lab-").FullName;
    private readonly List<WorkProgress> told = [];

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public void A_folder_of_clips_becomes_a_layer_curve_and_is_encoded_once()
    {
        WriteClips();
        var lab = Open();
        var corpus = lab.Open("clips");
        var encoded = lab.Encode(corpus, "random-hubert-tiny");
        Assert.Equal((corpus.Clips.Count, 4), (encoded.Features.ClipIds.Count, encoded.Features.Layers));
        Assert.True(encoded.IsRandom);
        Assert.Equal(12 * 0.3, encoded.AudioSeconds, 3);

        var curve = lab.Probe(encoded, folds: 3);
        Assert.Equal("tiny HuBERT (random weights)", curve.Encoder);
        Assert.Equal(3, curve.Folds);
        Assert.NotNull(curve.Range);
        Assert.Empty(Laboratory.Ceilings(corpus));

        told.Clear();
        var again = lab.Encode(corpus, "random-hubert-tiny");
        Assert.Equal(encoded.Features.Values, again.Features.Values);
        Assert.All(told, step => Assert.Equal(12, step.Resumed));
    }

    [Fact]
    public void Means_are_taken_from_what_was_encoded_with_deviations()
    {
        WriteClips();
        var lab = Open();
        var corpus = lab.Open("clips");
        var both = lab.Hear(corpus, "random-hubert-tiny", Pooling.MeanAndDeviation);
        told.Clear();
        var means = lab.Hear(corpus, "random-hubert-tiny", Pooling.Mean);
        Assert.All(told, step => Assert.Equal(12, step.Resumed));
        Assert.Equal((both.Dims, both.Layers, both.FirstLayer), (2 * means.Dims, means.Layers, means.FirstLayer));
        var alone = lab.Encode(corpus, "random-hubert-tiny", Pooling.Mean).Features;
        Assert.Equal(alone.ClipIds, means.ClipIds);
        Assert.Equal(alone.Values, means.Values);
    }

    [Fact]
    public void An_adaptation_is_made_once_and_then_taken_from_the_cache()
    {
        WriteClips();
        var lab = Open();
        using var tries = lab.Adapt(lab.Open("clips"), "random-hubert-tiny");
        var made = tries.Run(Short(Laboratory.Recipe("bottleneck", new LayerRange(2, 3))), folds: 3);
        Assert.Equal(3, made.Folds.Count);
        Assert.Equal((4, 24), (made.Folds[0].Features.ClipIds.Count, made.Folds[0].Features.Dims)); // those that it judges
        Assert.Equal(12, made.Decided.Clips.Count);
        Assert.Equal(made.Corpus.Labels, made.Decided.Target);
        Assert.True(made.TrainedInEncoder > 0 && made.TrainedInEncoder < made.FullFineTuning);

        told.Clear();
        using var later = lab.Adapt(lab.Open("clips"), "random-hubert-tiny");
        var found = later.Run(Short(Laboratory.Recipe("bottleneck", new LayerRange(2, 3))), folds: 3);
        Assert.Empty(told);
        Assert.Equal(made.Folds[1].Features.Values, found.Folds[1].Features.Values);
        Assert.Equal(made.Decided.Probabilities.SelectMany(row => row), found.Decided.Probabilities.SelectMany(row => row));
        Assert.NotEqual(made.Folds[0].Folder, later.Run(Short(Laboratory.Recipe("bottleneck", new LayerRange(3, 3))), folds: 3).Folds[0].Folder);
        Assert.Contains("must be a HuBERT", Assert.Throws<ArgumentException>(() => lab.Adapt(lab.Open("clips"), "mfcc")).Message, StringComparison.Ordinal);

        static AdaptationConfig Short(AdaptationConfig config) => config with { Training = config.Training with { Epochs = 1 }, Masking = config.Masking with { Epochs = 0 } };
    }

    [Theory]
    [InlineData("bottleneck")]
    [InlineData("full")]
    [InlineData("frozen")]
    [InlineData("one written in a cell")]
    public void All_clips_are_read_later_by_what_was_adapted_then_and_nothing_is_trained_anew(string method)
    {
        WriteClips();
        var lab = Open();
        var corpus = lab.Open("clips");
        var fold = corpus.OuterFolds(3, 1)[1];
        var layers = method == "full" ? null : new LayerRange(2, 3);
        var config = Short(method.Contains("cell", StringComparison.Ordinal) ? AdaptationRecipes.For(new ScaleShiftConfig(), layers) : Laboratory.Recipe(method, layers));
        AdaptedFold judged, all;
        using (var tries = lab.Adapt(corpus, "random-hubert-tiny")) judged = tries.Fold(config, fold, readsAll: false);
        told.Clear();
        using (var later = lab.Adapt(corpus, "random-hubert-tiny")) all = later.Fold(config, fold);
        Assert.DoesNotContain(told, step => step.Task.StartsWith("Adapting", StringComparison.Ordinal));
        Assert.Equal((4, 12), (judged.Features.ClipIds.Count, all.Features.ClipIds.Count));
        var rows = all.Features.ClipIds.Index().ToDictionary(item => item.Item, item => item.Index);
        foreach (var (row, id) in judged.Features.ClipIds.Index())
            foreach (var (early, late) in judged.Logits[row].Zip(all.Logits[rows[id]])) Assert.Equal(early, late, 1e-5);
        using var third = lab.Adapt(corpus, "random-hubert-tiny");
        Assert.Equal(all.Features.Values, third.Fold(config, fold).Features.Values);

        static AdaptationConfig Short(AdaptationConfig config) => config with { NormalisesSpeakers = true, Training = config.Training with { Epochs = 1 }, Masking = config.Masking with { Epochs = 0 } };
    }

    [Fact]
    public void An_adaptation_of_other_recordings_of_the_same_length_is_made_anew()
    {
        WriteClips();
        var lab = Open();
        using var before = lab.Adapt(lab.Open("clips"), "random-hubert-tiny");
        var made = before.Run(Short(Laboratory.Recipe("bottleneck", new LayerRange(2, 3))), folds: 3);
        var clip = Path.Combine(home, "clips", "sad", "s1_sad.wav");
        var bytes = File.ReadAllBytes(clip);
        Array.Reverse(bytes, 44, bytes.Length - 44);
        File.WriteAllBytes(clip, bytes);
        using var after = lab.Adapt(lab.Open("clips"), "random-hubert-tiny");
        Assert.NotEqual(made.Folds[0].Folder, after.Run(Short(Laboratory.Recipe("bottleneck", new LayerRange(2, 3))), folds: 3).Folds[0].Folder);

        static AdaptationConfig Short(AdaptationConfig config) => config with { Training = config.Training with { Epochs = 1 }, Masking = config.Masking with { Epochs = 0 } };
    }

    [Fact]
    public void What_is_doubtful_about_a_corpus_is_told_with_it()
    {
        WriteClips();
        File.Copy(Path.Combine(home, "clips", "sad", "s1_sad.wav"), Path.Combine(home, "clips", "happy", "S1_copy.wav"));
        var corpus = Open().Open("clips");
        Assert.Equal(6, corpus.Speakers.Count);
        foreach (var doubt in (string[])["One speaker is written in several ways", "Who speaks is a guess", "The same recording stands under different emotions"])
            Assert.Contains(corpus.Warnings, warning => warning.StartsWith(doubt, StringComparison.Ordinal));
    }

    [Fact]
    public void Clips_that_cannot_be_read_are_named_and_left_out()
    {
        WriteClips();
        File.WriteAllText(Path.Combine(home, "clips", "happy", "s1_broken.wav"), "this is no sound");
        var lab = Open();
        var encoded = lab.Encode(lab.Open("clips"), "mfcc");
        Assert.Equal(12, encoded.Corpus.Clips.Count);
        Assert.Contains("broken", Assert.Single(encoded.Failures).ClipId, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_without_a_clip_that_can_be_read_is_refused_with_the_reason()
    {
        Directory.CreateDirectory(Path.Combine(home, "clips", "happy"));
        File.WriteAllText(Path.Combine(home, "clips", "happy", "s1_broken.wav"), "this is no sound");
        var lab = Open();
        var error = Assert.Throws<ArgumentException>(() => lab.Encode(lab.Open("clips"), "mfcc"));
        Assert.StartsWith("corpus must have clips that can be read, but none of clips's 1 can", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_corpus_that_is_not_there_is_named() =>
        Assert.Contains("no-such-corpus", Assert.Throws<FileNotFoundException>(() => Open().Open("no-such-corpus")).Message, StringComparison.Ordinal);

    private Laboratory Open() => new(home, Path.Combine(home, "cache"), new Listener(told));

    // Two emotions that differ in pitch, six speakers.
    private void WriteClips()
    {
        foreach (var (emotion, pitch) in (ReadOnlySpan<(string, double)>)[("happy", 300), ("sad", 120)])
        {
            Directory.CreateDirectory(Path.Combine(home, "clips", emotion));
            for (var speaker = 1; speaker <= 6; speaker++)
            {
                var wave = new float[4800];
                for (var n = 0; n < wave.Length; n++) wave[n] = (float)(0.3 * Math.Sin(2 * Math.PI * (pitch + 7 * speaker) * n / 16000));
                WaveFile.Write(Path.Combine(home, "clips", emotion, FormattableString.Invariant($"s{speaker}_{emotion}.wav")), wave);
            }
        }
    }

    // Unlike Progress<T>, tells at once.
    private sealed class Listener(List<WorkProgress> told) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value)
        {
            lock (told) told.Add(value); // several clips are listened to at once
        }
    }
}
