namespace Affect.Tests.Pretraining.Bert;

public sealed class WordMaskingTests
{
    private const string Text = "Honestly, I was matter-of-fact about the photograph; don't ask me why.";

    // Knows three words whole; all others fall into letters.
    private static readonly BertTokenizer Tokenizer = VocabularyLearner.Words(["the fact about"], 300, leastCount: 1);

    [Fact]
    public void A_words_pieces_and_what_hyphens_join_are_one_word_and_marks_are_words_of_their_own()
    {
        var tokens = WordTokens.Of(Tokenizer, Text, maxLength: 96);
        Assert.Equal(tokens.List.Ids.Count, tokens.Words.Count);
        string[] words = [.. tokens.Words.Zip(tokens.List.Ids).Where(token => token.First >= 0).GroupBy(token => token.First, token => token.Second).Select(word => Tokenizer.Decode([.. word]))];
        Assert.Equal(["honestly", ",", "i", "was", "matter - of - fact", "about", "the", "photograph", ";", "don ' t", "ask", "me", "why", "."], words);
        Assert.All(tokens.Words.Zip(tokens.List.IsSpecial), token => Assert.Equal(token.Second, token.First == -1));
    }

    [Fact]
    public void A_text_that_is_cut_off_keeps_the_words_of_what_is_left()
    {
        var (whole, cut) = (WordTokens.Of(Tokenizer, Text, maxLength: 96), WordTokens.Of(Tokenizer, Text, maxLength: 12));
        Assert.Equal(12, cut.Words.Count);
        Assert.Equal(whole.Words.Take(11), cut.Words.Take(11));
        Assert.Equal(-1, cut.Words[^1]);
        Assert.Equal([-1, -1], WordTokens.Of(Tokenizer, "", maxLength: 96).Words);
    }

    [Fact]
    public void All_pieces_of_a_word_share_its_fate()
    {
        var tokens = WordTokens.Of(Tokenizer, Text, maxLength: 96);
        var places = Enumerable.Range(0, tokens.Words.Count).Where(place => tokens.Words[place] >= 0).GroupBy(place => tokens.Words[place]).Select(word => word.ToArray()).ToArray();
        var longWords = places.Where(word => word.Length >= 4).ToArray();
        Assert.True(longWords.Length >= 3);
        var random = new SeededRandom(5);
        var fates = new Dictionary<string, int> { ["hidden"] = 0, ["replaced"] = 0, ["kept"] = 0 };
        for (var turn = 0; turn < 3000; turn++)
        {
            int[] ids = [.. tokens.List.Ids];
            var chosen = WordMasking.Apply(ids, tokens.Words, 0.15, Tokenizer, random).Places.ToHashSet();
            Assert.All(places, word => Assert.True(word.All(chosen.Contains) || !word.Any(chosen.Contains)));
            foreach (var word in longWords.Where(word => chosen.Contains(word[0])))
            {
                var hidden = word.Count(place => ids[place] == Tokenizer.MaskId);
                var kept = word.Count(place => ids[place] == tokens.List.Ids[place]);
                // Four random tokens may hold the mask, or one that stood there, but hardly all of them.
                Assert.True(hidden == word.Length || kept == word.Length || (hidden <= 1 && kept <= 1), $"{hidden} hidden and {kept} kept of {word.Length}");
                fates[hidden == word.Length ? "hidden" : kept == word.Length ? "kept" : "replaced"]++;
            }
        }
        var sum = (double)fates.Values.Sum();
        Assert.True(sum > 1000);
        Assert.Equal(0.8, fates["hidden"] / sum, tolerance: 0.04);
        Assert.Equal(0.1, fates["replaced"] / sum, tolerance: 0.03);
        Assert.Equal(0.1, fates["kept"] / sum, tolerance: 0.03);
    }

    [Fact]
    public void The_share_of_words_is_chosen_and_nothing_else_changes()
    {
        var tokens = WordTokens.Of(Tokenizer, Text, maxLength: 96);
        var random = new SeededRandom(3);
        var (turns, words) = (2000, 0);
        for (var turn = 0; turn < turns; turn++)
        {
            int[] ids = [.. tokens.List.Ids];
            var (places, original) = WordMasking.Apply(ids, tokens.Words, 0.15, Tokenizer, random);
            Assert.DoesNotContain(places, place => tokens.List.IsSpecial[place]);
            Assert.Equal(places.Order(), places);
            Assert.Equal(original, places.Select(place => tokens.List.Ids[place]));
            Assert.All(Enumerable.Range(0, ids.Length).Except(places), place => Assert.Equal(tokens.List.Ids[place], ids[place]));
            words += places.Select(place => tokens.Words[place]).Distinct().Count();
        }
        Assert.Equal(0.15 * 14, (double)words / turns, tolerance: 0.05);
    }

    [Fact]
    public void One_seed_gives_one_masking()
    {
        var tokens = WordTokens.Of(Tokenizer, Text, maxLength: 96);
        int[] ids = [.. tokens.List.Ids];
        // As a second implementation of generator, words and masking has it: "was", ";", "don't", "me" and "." are hidden.
        var (places, _) = WordMasking.Apply(ids, tokens.Words, 0.3, Tokenizer, new SeededRandom(11));
        Assert.Equal("11 12 13 37 38 39 40 41 42 46 47 51", string.Join(' ', places));
        Assert.Equal(
            "[CLS] honestly , i [MASK] [MASK] [MASK] matter - of - fact about the photograph [MASK] [MASK] [MASK] [MASK] [MASK] [MASK] ask [MASK] [MASK] why [MASK] [SEP]",
            Tokenizer.Decode(ids, skipsSpecial: false));
    }

    [Fact]
    public void A_tokenizer_that_looks_beyond_a_word_is_refused()
    {
        var clip = VocabularyLearner.CLIP(["the fact about"], 514);
        var error = Assert.Throws<ArgumentException>(() => WordMasking.Apply([1, 2], [0, 1], 0.15, clip, new SeededRandom(1)));
        Assert.Contains("The tokenizer must have a mask token", error.Message, StringComparison.Ordinal);
        var special = Assert.Throws<ArgumentException>(() => WordTokens.Of(Tokenizer, "a [MASK] b", maxLength: 96));
        Assert.Contains("must cut each word of a text by itself, but of 'a [MASK] b'", special.Message, StringComparison.Ordinal);
    }
}
