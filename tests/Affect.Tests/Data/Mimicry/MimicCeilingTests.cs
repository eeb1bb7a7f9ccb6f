namespace Affect.Tests.Data.Mimicry;

public sealed class MimicCeilingTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<Modalities> Subsets => [.. MimicCeiling.All.Select(ceiling => ceiling.Modalities)];

    [Fact]
    public void There_are_seven_sets_of_modalities() =>
        Assert.Equal(Enumerable.Range(1, 7), MimicCeiling.All.Select(ceiling => (int)ceiling.Modalities).Order());

    // The same scores another way: every history (emotion, manner, three expressions) is walked through in decimals, filed under what an
    // observer writes down, and each file is answered by its most frequent emotion.
    [Theory]
    [MemberData(nameof(Subsets))]
    public void A_ceiling_is_what_walking_through_every_history_gives(Modalities modalities)
    {
        var files = new Dictionary<string, decimal[]>();
        foreach (var (emotion, expressions, probability) in Histories())
        {
            var note = string.Concat(expressions.Select((expressed, modality) => ((int)modalities >> modality & 1) == 1 ? $"{expressed}," : "-,"));
            if (!files.TryGetValue(note, out var file)) files.Add(note, file = new decimal[LatentTable.Emotions]);
            file[emotion] += probability;
        }
        var answers = files.Values.Select(file => (File: file, Answer: Array.IndexOf(file, file.Max()))).ToArray();

        decimal accuracy = 0, waf = 0, uar = 0;
        for (var emotion = 0; emotion < LatentTable.Emotions; emotion++)
        {
            var right = answers.Where(item => item.Answer == emotion).Sum(item => item.File[emotion]);
            var answered = answers.Where(item => item.Answer == emotion).Sum(item => item.File.Sum());
            var support = answers.Sum(item => item.File[emotion]);
            accuracy += right;
            if (right > 0) waf += support * 2 / (support / right + answered / right);
            uar += right / support / LatentTable.Emotions;
        }

        var ceiling = MimicCeiling.Of(modalities);
        Assert.Equal((double)accuracy, ceiling.Accuracy, Tolerance);
        Assert.Equal((double)waf, ceiling.Waf, Tolerance);
        Assert.Equal((double)uar, ceiling.Uar, Tolerance);
    }

    // With one modality there are only 6 to the power of 6 rules: none beats the ceiling, and one reaches it.
    [Theory]
    [InlineData(Modalities.Acoustic, 0)]
    [InlineData(Modalities.Visual, 1)]
    [InlineData(Modalities.Lexical, 2)]
    public void No_rule_on_one_modality_is_more_often_right_than_its_ceiling(Modalities modalities, int modality)
    {
        var joint = new double[LatentTable.Emotions, LatentTable.Emotions];
        foreach (var (emotion, expressions, probability) in Histories()) joint[expressions[modality], emotion] += (double)probability;

        double best = 0;
        for (var rule = 0; rule < 46656; rule++)
        {
            double accuracy = 0;
            for (int expressed = 0, left = rule; expressed < LatentTable.Emotions; expressed++, left /= LatentTable.Emotions)
                accuracy += joint[expressed, left % LatentTable.Emotions];
            best = Math.Max(best, accuracy);
        }

        Assert.Equal(best, MimicCeiling.Of(modalities).Accuracy, Tolerance);
    }

    [Fact]
    public void Seeing_more_never_lowers_the_ceiling_and_each_modality_alone_is_below_all_three()
    {
        var all = MimicCeiling.Of(Modalities.All);
        foreach (var less in MimicCeiling.All)
        {
            foreach (var more in MimicCeiling.All.Where(more => more != less && more.Modalities.HasFlag(less.Modalities)))
                Assert.True(less.Accuracy < more.Accuracy && less.Waf < more.Waf, $"{less.Modalities} must be below {more.Modalities}");
            Assert.InRange(less.Waf, MimicCeiling.Chance + 0.3, less == all ? 0.95 : all.Waf - 0.03);
        }
    }

    [Fact]
    public void Seeing_nothing_leaves_the_most_frequent_emotion()
    {
        var blind = MimicCeiling.Of(Modalities.None);
        Assert.Equal(1248.0 / 5030, blind.Accuracy, Tolerance);
        Assert.Equal(1.0 / 6, blind.Uar, Tolerance);
    }

    [Fact]
    public void What_is_drawn_follows_the_table()
    {
        var clips = CorpusPlan.Draw(new MimicConfig { Clips = 30_000, Seed = 7 }).Select(plan => plan.ToClip("/")).ToArray();
        foreach (var ceiling in MimicCeiling.All)
        {
            var (accuracy, waf) = ceiling.OnClips(clips);
            Assert.Equal(ceiling.Accuracy, accuracy, 0.01);                     // three standard errors of 30,000 draws
            Assert.Equal(ceiling.Waf, waf, 0.01);
        }
    }

    [Fact]
    public void Clips_of_another_corpus_are_refused()
    {
        Clip[] clips = [new() { Id = "a", Speaker = "x", AudioPath = "/a.wav" }];
        Assert.Contains("must come from Mimic", Assert.Throws<ArgumentException>(() => MimicCeiling.Of(Modalities.All).OnClips(clips)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<(int Emotion, int[] Expressions, decimal Probability)> Histories()
    {
        for (var history = 0; history < 6 * 3 * 6 * 6 * 6; history++)
        {
            int emotion = history % 6, manner = history / 6 % 3;
            int[] expressions = [history / 18 % 6, history / 108 % 6, history / 648];
            var probability = (decimal)LatentTable.Prior(emotion) * (decimal)LatentTable.MannerProbability(manner);
            for (var modality = 0; modality < 3; modality++) probability *= (decimal)LatentTable.Expression(modality, manner, emotion, expressions[modality]);
            if (probability > 0) yield return (emotion, expressions, probability);
        }
    }
}
