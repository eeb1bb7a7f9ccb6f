using Affect.Data;
using Affect.Encoders.Bert;
using Affect.Encoders.BagOfWords;
using Affect.Tests.Data;
using Affect.Text.Learning;
using Affect.Training.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Affect.Tests.Training.Language;

public sealed class TextPretrainingTests
{
    private static readonly TextPretrainingConfig Tiny = new()
    {
        Corpora = 1,
        Model = TextPretrainingConfig.SmallModel with { HiddenSize = 16, Layers = 2, Heads = 2, FeedForwardSize = 32 },
        Training = new TextPretrainingConfig().Training with { Epochs = 2, BatchSize = 128, LearningRate = 5e-3, SaveEvery = 3 },
    };

    [Fact]
    public void A_run_that_was_stopped_gives_the_weights_of_one_that_never_was()
    {
        using var folder = new TemporaryFolder();
        var whole = TextPretraining.Run(Tiny, Path.Combine(folder.Path, "a"), Path.Combine(folder.Path, "a.work"));
        using (var stop = new CancellationTokenSource())
        {
            var progress = new Immediate(report => { if (report.Done >= 5) stop.Cancel(); });
            Assert.Throws<OperationCanceledException>(() => TextPretraining.Run(Tiny, Path.Combine(folder.Path, "b"), Path.Combine(folder.Path, "b.work"), progress, cancellation: stop.Token));
        }
        var resumed = TextPretraining.Run(Tiny, Path.Combine(folder.Path, "b"), Path.Combine(folder.Path, "b.work"));
        Assert.Equal(whole.Fingerprint, resumed.Fingerprint);
        Assert.True(whole.Epochs[^1].Parts["masked"] < whole.Epochs[0].Parts["masked"]);
        Assert.Equal(whole.Fingerprint, TextPretrainingRecord.Read(Path.Combine(folder.Path, "a")).Fingerprint);
        using var model = BertModel.FromPretrained(Path.Combine(folder.Path, "a"));
        Assert.Equal(whole.Fingerprint, model.Fingerprint);
        using var states = model.Encode(["What a surprise!"]);
        Assert.Equal(3, states.Layers.Count);
    }

    [Fact]
    public void No_sentence_of_the_held_out_corpus_is_read()
    {
        var texts = MimicTexts.Of(new TextPretrainingConfig { Corpora = 2 });
        var heldOut = Mimic.Plan(new MimicConfig()).Clips.Select(clip => clip.Transcript!).ToHashSet(StringComparer.Ordinal);
        Assert.True(texts.Texts.Count > 1500);
        Assert.DoesNotContain(texts.Texts, heldOut.Contains);
        Assert.Contains("FirstSeed must lead to corpora other than that of HeldOutSeed = 1002", Assert.Throws<ArgumentException>(() => MimicTexts.Of(new TextPretrainingConfig { HeldOutSeed = 1002 })).Message, StringComparison.Ordinal);
        var random = new SeededRandom(1);
        for (var i = 0; i < 100; i++) Assert.Equal(texts.Moods[i], texts.Moods[texts.Partner(i, random)]);
    }

    [Fact]
    public void Masking_hides_its_share_of_the_text_and_nothing_else()
    {
        var tokenizer = VocabularyLearner.Words(["one two three four five six seven eight nine ten"], 300, leastCount: 1);
        var list = tokenizer.Encode("one two three four five six seven eight nine ten");
        var random = new SeededRandom(3);
        var (chosen, masked) = (0, 0);
        for (var turn = 0; turn < 2000; turn++)
        {
            int[] ids = [.. list.Ids];
            var (places, original) = TokenMasking.Apply(ids, list.IsSpecial, 0.25, tokenizer, random);
            Assert.DoesNotContain(places, place => list.IsSpecial[place]);
            Assert.Equal(original, places.Select(place => list.Ids[place]));
            Assert.All(Enumerable.Range(0, ids.Length).Except(places), place => Assert.Equal(list.Ids[place], ids[place]));
            chosen += places.Length;
            masked += places.Count(place => ids[place] == tokenizer.MaskId);
        }
        Assert.Equal(2.5, chosen / 2000.0, tolerance: 0.05);
        Assert.Equal(0.8, (double)masked / chosen, tolerance: 0.02);
    }

    [Fact]
    public void Partners_are_found_and_others_of_their_mood_do_not_count_as_wrong()
    {
        using var scope = NewDisposeScope();
        var vectors = eye(3);
        var (aligned, right) = MoodPairs.Loss(vectors, vectors, [0, 1, 2], temperature: 0.1);
        Assert.Equal(1, right);
        Assert.True(aligned.ToSingle() < 1e-3);
        var (crossed, _) = MoodPairs.Loss(vectors, vectors.flip(0), [0, 1, 2], temperature: 0.1);
        Assert.True(crossed.ToSingle() > 1);
        // All of one mood: nothing to be told apart from.
        var (same, all) = MoodPairs.Loss(vectors, vectors.flip(0), [4, 4, 4], temperature: 0.1);
        Assert.Equal(0, same.ToSingle(), tolerance: 1e-5);
        Assert.Equal(1, all);
    }

    [Fact]
    public void A_bag_of_words_counts_tokens_and_knows_no_order()
    {
        using var scope = NewDisposeScope();
        using var bag = new BagOfWordsEncoder(VocabularyLearner.Words(["a b c"], 300, leastCount: 1));
        var states = bag.Encode(["b a a", "a b a"]);
        var counts = states.MeanOverText(states.Layers[0]);
        Assert.True(counts[0].allclose(counts[1]));
        Assert.Equal(1, counts[0].sum().ToSingle(), tolerance: 1e-6);
        Assert.Equal(2f / 3, counts[0].max().ToSingle(), tolerance: 1e-6);
    }

    [Fact]
    public void The_shipped_checkpoint_is_what_its_record_says()
    {
        var folder = Path.Combine(Repository.Root, "data", "checkpoints", "mimic-bert");
        Assert.True(Directory.EnumerateFiles(folder).Sum(file => new FileInfo(file).Length) <= 6 << 20);
        using var model = BertModel.FromPretrained(folder);
        var record = TextPretrainingRecord.Read(folder);
        Assert.Equal(record.Fingerprint, model.Fingerprint);
        Assert.Contains(record.Fingerprint, File.ReadAllText(Path.Combine(folder, "README.md")), StringComparison.Ordinal);
        Assert.Equal(record.Vocabulary, model.Tokenizer!.VocabularySize);
    }

    private sealed class Immediate(Action<WorkProgress> report) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => report(value);
    }
}
