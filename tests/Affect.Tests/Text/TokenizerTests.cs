namespace Affect.Tests.Text;

public sealed class TokenizerTests
{
    private static readonly string[] Sentences =
    [
        "what a lovely surprise", "what a sad day", "i am so happy today", "i am not angry", "the train is late again", "a lovely day, a lovely train",
    ];

    [Fact]
    public void A_batch_is_padded_to_its_longest_text_and_tells_text_from_special_tokens()
    {
        using var scope = NewDisposeScope();
        ITokenizer tokenizer = BertTokenizer.Open(Repository.Golden("tokenizers", "bert-wordpiece"));
        using var batch = tokenizer.Batch(["I'm so happy to see you again!", ""]);
        Assert.Equal([2, 14], batch.Ids.shape);
        Assert.Equal([2L, 3, .. Enumerable.Repeat(0L, 12)], batch.Ids[1].data<long>().ToArray());
        Assert.Equal([14L, 2L], batch.Mask.sum(1).data<long>().ToArray());
        Assert.Equal([12L, 0L], batch.TextMask.sum(1).data<long>().ToArray());
        Assert.Equal(0, batch.Types.sum().item<long>());
    }

    [Fact]
    public void A_batch_of_a_given_length_refuses_longer_texts()
    {
        ITokenizer tokenizer = BertTokenizer.Open(Repository.Golden("tokenizers", "bert-wordpiece"));
        var error = Assert.Throws<ArgumentException>(() => tokenizer.Batch(["I'm so happy"], length: 3));
        Assert.Contains("length must be at least that of the longest text", error.Message, StringComparison.Ordinal);
        using var batch = tokenizer.Batch(["I'm so happy"], maxLength: 4, length: 9);
        Assert.Equal(9, batch.Ids.shape[1]);
    }

    [Fact]
    public void Truncation_of_a_pair_takes_from_the_longer_text()
    {
        var tokenizer = BertTokenizer.Open(Repository.Golden("tokenizers", "bert-wordpiece"));
        var list = tokenizer.Encode("so happy so happy so", "why me", maxLength: 8);
        Assert.Equal(8, list.Ids.Count);
        Assert.Equal([0, 0, 0, 0, 0, 1, 1, 1], list.Types);
        Assert.Equal(list.Ids.Count - 3, list.IsSpecial.Count(special => !special));
        Assert.True(list.Truncated > 0);
        Assert.Contains(
            "maxLength must be at least 3", Assert.Throws<ArgumentOutOfRangeException>(() => tokenizer.Encode("a", "b", maxLength: 2)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_says_which_tokenizer_it_holds()
    {
        Assert.IsType<BertTokenizer>(Tokenizer.Open(Repository.Golden("tokenizers", "bert-wordpiece")));
        Assert.IsType<RobertaTokenizer>(Tokenizer.Open(Repository.Golden("tokenizers", "roberta-bytebpe")));
        using var folder = new TemporaryFolder();
        Assert.Contains("BertTokenizer, CLIPTokenizer, RobertaTokenizer", Assert.Throws<FormatException>(() => Tokenizer.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RoBERTa_reads_back_what_it_writes()
    {
        using var folder = new TemporaryFolder();
        var original = RobertaTokenizer.Open(Repository.Golden("tokenizers", "roberta-bytebpe"));
        original.Save(folder.Path);
        var read = Assert.IsType<RobertaTokenizer>(Tokenizer.Open(folder.Path));
        const string text = "don't  <mask> worry, 我真的!";
        Assert.Equal(original.Encode(text).Ids, read.Encode(text).Ids);
        Assert.Equal(text.Replace("  <mask>", "", StringComparison.Ordinal), read.Decode(read.Encode(text).Ids));
    }

    [Theory]
    [InlineData("vocab.txt", "", "is empty")]
    [InlineData("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n", "must hold the special token '[MASK]'")]
    public void A_damaged_vocabulary_is_told_of_by_file_and_line(string file, string content, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, file), content);
        Assert.Contains(message, Assert.Throws<FormatException>(() => Tokenizer.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"<s>": 0, "a": 0}""", "a b\n", "'<s>' and 'a' both have 0")]
    [InlineData("""{"<s>": "x"}""", "a b\n", "must be a whole number from 0")]
    [InlineData("""{"<s>": 0}""", "#version: 0.2\na b\nabc\n", "merges.txt:3: must hold two pieces")]
    public void Damaged_byte_pairs_are_told_of_by_file(string vocabulary, string merges, string message)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "vocab.json"), vocabulary);
        File.WriteAllText(Path.Combine(folder.Path, "merges.txt"), merges);
        Assert.Contains(message, Assert.Throws<FormatException>(() => Tokenizer.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_and_added_tokens_are_honoured()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nÉ\né\ne\n中\n中文\n");
        File.WriteAllText(
            Path.Combine(folder.Path, "tokenizer_config.json"),
            """{"tokenizer_class":"BertTokenizerFast","do_lower_case":false,"tokenize_chinese_chars":false,"model_max_length":1e30,"added_tokens_decoder":{"12":{"content":"<au>"}}}""");
        var tokenizer = Assert.IsType<BertTokenizer>(Tokenizer.Open(folder.Path));
        Assert.Equal(512, tokenizer.MaxLength);
        Assert.Equal(13, tokenizer.VocabularySize);
        Assert.Equal([2, 5, 6, 9, 12, 7, 3], tokenizer.Encode("É é 中文<au>e").Ids);
    }

    [Fact]
    public void A_word_of_a_hundred_thousand_letters_takes_no_minutes()
    {
        var tokenizer = VocabularyLearner.CLIP(Sentences, size: 560);
        var started = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(16, tokenizer.Encode(new string('a', 100_000), maxLength: 16).Ids.Count);
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(20), $"took {started.Elapsed}");
    }

    [Theory]
    [InlineData("é", "e\u0301")]
    [InlineData("가", "\u1100\u1161")]
    [InlineData("각", "\u1100\u1161\u11A8")]
    [InlineData("ế", "e\u0302\u0301")]
    public void Characters_come_apart_and_together(string whole, string apart)
    {
        Assert.Equal(apart, CanonicalForm.Decompose(whole));
        Assert.Equal(whole, CanonicalForm.Compose(apart));
    }

    [Fact]
    public void Marks_are_put_in_order_and_what_is_excluded_stays_apart()
    {
        Assert.Equal("a\u0323\u0302", CanonicalForm.Decompose("a\u0302\u0323"));
        Assert.Equal("\u1EAD", CanonicalForm.Compose("a\u0302\u0323"));
        Assert.Equal("\u0915\u093C", CanonicalForm.Compose("\u0958")); // a composition exclusion
        Assert.Equal("q\u0307\u0323".Length, CanonicalForm.Compose("q\u0307\u0323").Length);
    }

    [Theory]
    [InlineData("İstanbul", "i\u0307stanbul")]
    [InlineData("ΟΔΟΣ ΣΑΣ", "οδος σας")]
    [InlineData("ＦＵＬＬ", "ｆｕｌｌ")]
    public void Small_letters_are_those_of_the_full_mapping(string text, string lower) => Assert.Equal(lower, LowerCase.Of(text));

    [Theory]
    [InlineData("it's  so\n\nnew 42!'ll", "it|'s| | so|\n|\n|new| 42|!'|ll")]
    [InlineData("  ", "  ")]
    [InlineData(" a", " a")]
    [InlineData("𝟙𝔸", "𝟙|𝔸")]
    public void Words_of_RoBERTa_begin_with_their_blank(string text, string words) =>
        Assert.Equal(words, string.Join('|', WordSplitter.Gpt(text).Select(range => text[range])));
}
