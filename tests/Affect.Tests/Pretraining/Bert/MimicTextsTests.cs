namespace Affect.Tests.Pretraining.Bert;

public sealed class MimicTextsTests
{
    private static readonly TextPretrainingConfig Some = new() { Sentences = 6000, Training = new TrainerConfig { BatchSize = 32, Pieces = 2, Criterion = null } };

    [Fact]
    public void No_sentence_of_a_held_out_corpus_is_read()
    {
        var texts = MimicTexts.Of(Some);
        Assert.Equal(6000, texts.Drawn);
        Assert.InRange(texts.Texts.Count, 4000, 5999);
        foreach (var seed in (int[])[1, 2, 3, 101, 102])
        {
            var heldOut = Mimic.Plan(new MimicConfig { Seed = seed }).Clips.Select(clip => clip.Transcript!).ToHashSet(StringComparer.Ordinal);
            Assert.DoesNotContain(texts.Texts, heldOut.Contains);
            Assert.Equal(0, texts.OccurringIn(seed));
        }
        // Without leaving anything out there would be some: the count counts.
        Assert.True(texts.OccurringIn(4) > 0);
        var said = Mimic.Plan(new MimicConfig { Seed = 2 }).Clips.Select(clip => (clip.Transcript!, 0));
        Assert.Contains("Sentences must leave some that stand in no held-out corpus", Assert.Throws<ArgumentException>(() => MimicTexts.Of(Some, said)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_learned_from_is_the_same_whatever_labels_the_sentences_bear_and_however_they_were_grouped()
    {
        var drawn = MimicTexts.Draw(Some).ToArray();
        var labels = drawn.Select(sentence => sentence.Expressed).ToArray();
        new SeededRandom(7).Shuffle(labels.AsSpan());
        (string, int)[] mislabelled = [.. drawn.Zip(labels, (sentence, label) => (sentence.Text, label))];
        (string, int)[] grouped = [.. drawn.OrderBy(sentence => sentence.Expressed)];
        var (asDrawn, losses) = Learn(drawn);
        foreach (var other in (IEnumerable<(string, int)>[])[mislabelled, grouped])
        {
            var (batches, same) = Learn(other);
            Assert.Equal(asDrawn, batches);
            Assert.Equal(losses, same);
        }
    }

    [Fact]
    public void Neighbours_and_batches_share_an_emotion_no_more_often_than_chance()
    {
        var config = Some with { Sentences = 20_000 };
        var drawn = MimicTexts.Draw(config).ToArray();
        var expressed = drawn.DistinctBy(sentence => sentence.Text).ToDictionary(sentence => sentence.Text, sentence => sentence.Expressed, StringComparer.Ordinal);
        var texts = MimicTexts.Of(config, drawn);
        using var model = Model(texts);
        using var task = new MaskedLanguageTask(config, texts, model);
        var batches = BatchOrder.Of(task, config.Training, epoch: 1).Where(batch => batch.Length == 32).Select(batch => batch.Select(item => expressed[texts.Texts[item]]).ToArray()).ToArray();
        var all = batches.SelectMany(batch => batch).ToArray();
        var chance = all.CountBy(emotion => emotion).Sum(emotion => Math.Pow((double)emotion.Value / all.Length, 2));
        Assert.InRange(chance, 1.0 / 6, 0.4);
        // Four standard deviations of so many pairs.
        var tolerance = 4 * Math.Sqrt(chance * (1 - chance) / all.Length);
        Assert.Equal(chance, all.Zip(all.Skip(1), (one, next) => one == next ? 1.0 : 0.0).Average(), tolerance);
        Assert.Equal(chance, batches.SelectMany(batch => batch.Take(16).Zip(batch.Skip(16), (one, other) => one == other ? 1.0 : 0.0)).Average(), tolerance * Math.Sqrt(2));
        Assert.Null(((ITrainingTask)task).Classes);
    }

    [Fact]
    public void Sentences_come_from_a_seed_of_their_own_and_not_from_a_cast()
    {
        string[] first = [.. MimicTexts.Draw(Some).Take(3).Select(sentence => sentence.Text)];
        // As a second implementation of generator and grammar has them.
        Assert.Equal(
            [
                "Without the teacher I cannot be fretful, the garden means nothing to me now.",
                "I am anything but fretful: the ring makes me bewildered.",
                "The boat made me really happy today.",
            ],
            first);
        Assert.NotEqual(first, MimicTexts.Draw(Some with { TextSeed = 1002 }).Take(3).Select(sentence => sentence.Text));
        Assert.Equal(first, MimicTexts.Draw(Some with { Sentences = 3 }).Select(sentence => sentence.Text));
    }

    private static BertModel Model(MimicTexts texts)
    {
        var tokenizer = VocabularyLearner.Words(texts.Texts, 600, maxLength: 96);
        var config = TextPretrainingConfig.SmallModel with { HiddenSize = 16, Layers = 1, Heads = 2, FeedForwardSize = 32, VocabularySize = tokenizer.VocabularySize, PadId = tokenizer.PadId };
        return BertModel.Random(config, seed: 1, tokenizer);
    }

    // The first epoch's texts batch by batch, and the losses of some of its batches, both tasks at work.
    private static (string[][] Batches, double[] Losses) Learn(IEnumerable<(string, int)> drawn)
    {
        var config = Some with { ContrastWeight = 1 };
        var texts = MimicTexts.Of(config, drawn);
        using var model = Model(texts);
        using var task = new MaskedLanguageTask(config, texts, model);
        var order = BatchOrder.Of(task, config.Training, epoch: 1);
        var losses = order.Take(3).Select((batch, number) =>
        {
            using var scope = NewDisposeScope();
            return task.Loss(batch, new TrainingStep { Number = number + 1, Epoch = 1, Random = new SeededRandom(number) }).Loss.ToDouble();
        });
        return ([.. order.Select(batch => batch.Select(item => texts.Texts[item]).ToArray())], [.. losses]);
    }
}
