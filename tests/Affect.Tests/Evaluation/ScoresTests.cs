namespace Affect.Tests.Evaluation;

/// <summary>Scores against scikit-learn's, and what they must be by definition.</summary>
public sealed class ScoresTests
{
    private const double Tolerance = 1e-12;

    [Fact]
    public void Scores_are_those_of_scikit_learn()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(Repository.Golden("metrics", "metrics.json")));
        var cases = golden.RootElement.EnumerateArray().ToArray();
        Assert.Equal(4, cases.Length);
        foreach (var expected in cases)
        {
            var classes = expected.GetProperty("classes").GetInt32();
            var scores = Scores.Of(Integers(expected.GetProperty("target")), Integers(expected.GetProperty("predicted")), classes);
            Assert.Equal(expected.GetProperty("accuracy").GetDouble(), scores.Accuracy, Tolerance);
            Assert.Equal(expected.GetProperty("weighted_f1").GetDouble(), scores.Waf, Tolerance);
            Assert.Equal(expected.GetProperty("macro_f1").GetDouble(), scores.MacroF1, Tolerance);
            Assert.Equal(expected.GetProperty("unweighted_average_recall").GetDouble(), scores.Uar, Tolerance);
            var perClass = expected.GetProperty("per_class_f1").EnumerateArray().Select(value => value.GetDouble()).ToArray();
            Assert.Equal(perClass.Length, scores.PerClassF1.Count);
            for (var c = 0; c < classes; c++) Assert.Equal(perClass[c], scores.PerClassF1[c], Tolerance);
            Assert.Equal(expected.GetProperty("confusion").EnumerateArray().Select(Integers), scores.Confusion);
        }
    }

    [Fact]
    public void All_right_scores_one_and_all_wrong_scores_nothing()
    {
        int[] target = [0, 1, 2, 2];
        foreach (var metric in Enum.GetValues<Metric>())
        {
            Assert.Equal(1, Scores.Of(target, target, 3).Value(metric));
            Assert.Equal(0, Scores.Of(target, [1, 2, 0, 1], 3).Value(metric));
        }
    }

    [Fact]
    public void Renaming_the_classes_changes_no_score()
    {
        int[] target = [0, 1, 2, 2, 1, 0, 2], predicted = [0, 2, 2, 1, 1, 0, 2];
        int[] names = [2, 0, 1];
        var plain = Scores.Of(target, predicted, 3);
        var renamed = Scores.Of([.. target.Select(c => names[c])], [.. predicted.Select(c => names[c])], 3);
        foreach (var metric in Enum.GetValues<Metric>()) Assert.Equal(plain.Value(metric), renamed.Value(metric), Tolerance);
    }

    [Fact]
    public void A_wrong_argument_is_named_with_wish_and_value()
    {
        Assert.Equal("predicted must hold one class per target, 2, but holds 1. (Parameter 'predicted')", Message(() => Scores.Of([0, 1], [0], 2)));
        Assert.Equal("predicted must hold classes 0 to 1, but holds 2 at position 1. (Parameter 'predicted')", Message(() => Scores.Of([0, 1], [0, 2], 2)));
        Assert.Equal("target must hold classes 0 to 1, but holds -1 at position 0. (Parameter 'target')", Message(() => Scores.Of([-1, 1], [0, 1], 2)));
        Assert.Equal("target must hold at least one clip, but is empty. (Parameter 'target')", Message(() => Scores.Of([], [], 2)));
        Assert.StartsWith("classes must be at least 1.", Message(() => Scores.Of([0], [0], 0)), StringComparison.Ordinal);
    }

    private static string Message(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private static int[] Integers(JsonElement list) => [.. list.EnumerateArray().Select(value => value.GetInt32())];
}
