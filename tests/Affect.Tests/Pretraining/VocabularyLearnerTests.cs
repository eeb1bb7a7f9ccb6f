namespace Affect.Tests.Pretraining;

public sealed class VocabularyLearnerTests
{
    private static readonly string[] Sentences =
    [
        "what a lovely surprise", "what a sad day", "i am so happy today", "i am not angry", "the train is late again", "a lovely day, a lovely train",
    ];

    [Fact]
    public void A_learned_byte_pair_vocabulary_reads_back_as_the_same_tokenizer()
    {
        using var folder = new TemporaryFolder();
        var learned = VocabularyLearner.CLIP(Sentences, size: 524, maxLength: 16);
        learned.Save(folder.Path);
        var read = Assert.IsType<CLIPTokenizer>(Tokenizer.Open(folder.Path));
        Assert.Equal(16, read.MaxLength);
        Assert.Equal(524, read.VocabularySize);
        Assert.Equal(523, read.EndId); // by which CLIP finds the end
        foreach (var text in new[] { "A lovely DAY!", "naïve 我 😀", "", "unseen words" })
        {
            var ids = learned.Encode(text).Ids;
            Assert.Equal(ids, read.Encode(text).Ids);
            Assert.All(ids, id => Assert.InRange(id, 0, 523));
        }
        // Merges make frequent words short: "lovely" in fewer pieces than letters.
        Assert.True(read.Encode("lovely").Ids.Count < 2 + 6);
        Assert.Equal("a lovely day !", read.Decode(read.Encode("A lovely day!").Ids));
    }

    [Fact]
    public void A_learned_word_vocabulary_reads_back_and_knows_frequent_words_whole()
    {
        using var folder = new TemporaryFolder();
        var learned = VocabularyLearner.Words(Sentences, size: 200);
        learned.Save(folder.Path);
        var read = Assert.IsType<BertTokenizer>(Tokenizer.Open(folder.Path));
        Assert.Equal(learned.Encode("a lovely surprise").Ids, read.Encode("a lovely surprise").Ids);
        Assert.Equal(3, read.Encode("Lovely").Ids.Count);
        Assert.Equal(2 + "surprise".Length, read.Encode("surprise").Ids.Count); // stands once: spelled
        Assert.DoesNotContain(read.UnknownId, read.Encode("zebra #42!").Ids);
        Assert.Equal("a lovely surprise", read.Decode(read.Encode("A lovely surprise").Ids));
    }

    [Fact]
    public void Learning_depends_on_the_texts_alone()
    {
        var forward = VocabularyLearner.CLIP(Sentences, size: 560);
        var backward = VocabularyLearner.CLIP(Sentences.Reverse(), size: 560);
        Assert.Equal(forward.Encode("a lovely train today").Ids, backward.Encode("a lovely train today").Ids);
    }
}
