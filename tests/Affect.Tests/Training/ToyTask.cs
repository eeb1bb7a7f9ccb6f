namespace Affect.Tests.Training;

/// <summary>Three clouds of points and a small network that tells them apart.</summary>
internal sealed class ToyTask : ITrainingTask, IDisposable
{
    internal const int Classes = 3;
    private const int Dims = 4;

    private readonly Tensor points;
    private readonly Tensor labels;
    private readonly Linear first;
    private readonly Linear second;

    internal ToyTask(int items = 40, double dropout = 0, int seed = 7)
    {
        var random = new SeededRandom(seed);
        int[] classes = [.. Enumerable.Range(0, items).Select(item => item % 5 == 0 ? item / 5 % Classes : 0)]; // class 0 is the most frequent
        float[] values = [.. classes.SelectMany(label => Enumerable.Range(0, Dims).Select(dim => (float)(random.Normal() + (dim == label ? 2 : 0))))];
        (points, labels) = (tensor(values, [items, Dims]), tensor(Array.ConvertAll(classes, label => (long)label)));
        using var generator = new Generator(3);
        (first, second) = (nn.Linear(Dims, 8), nn.Linear(8, Classes));
        using (no_grad())
            foreach (var parameter in first.parameters().Concat(second.parameters())) parameter.uniform_(-0.5, 0.5, generator);
        (Items, Label, Dropout) = (items, classes, dropout);
    }

    public string Name => "toy";

    public string Recipe { get; init; } = "clouds";

    public int Items { get; }

    public IReadOnlyList<int> Label { get; }

    public IReadOnlyList<int>? Balanced { get; init; }

    IReadOnlyList<int>? ITrainingTask.Classes => Balanced;

    public double Dropout { get; }

    public bool DrawsFromTorch => Dropout > 0;

    public double Noise { get; init; } = 0.1;

    /// <summary>The item whose loss is no number; −1: none.</summary>
    public int Poison { get; init; } = -1;

    /// <summary>What <see cref="Validate"/> says, one score an epoch; null: the accuracy.</summary>
    public double[]? Script { get; init; }

    /// <summary>Every item that was learned from.</summary>
    public List<int> Seen { get; } = [];

    private int Validations { get; set; }

    public IReadOnlyList<TrainedParameter> Parameters =>
    [
        new("first.weight", first.weight!), new("first.bias", first.bias!) { Decays = false },
        new("second.weight", second.weight!) { RateFactor = 2 }, new("second.bias", second.bias!) { Decays = false },
    ];

    public string ItemName(int item) => FormattableString.Invariant($"point-{item}");

    public void SetTraining(bool training)
    {
        first.train(training);
        second.train(training);
    }

    public StepLoss Loss(IReadOnlyList<int> items, TrainingStep step)
    {
        lock (Seen) Seen.AddRange(items);
        using var scope = NewDisposeScope();
        var index = tensor(items.Select(item => (long)item).ToArray());
        var logits = Forward(points.index_select(0, index) + (float)(Noise * step.Random.Normal()));
        var loss = F.cross_entropy(logits, labels.index_select(0, index));
        if (items.Contains(Poison)) loss = loss * float.NaN;
        return new StepLoss(loss.MoveToOuterDisposeScope()) { Parts = new Dictionary<string, double> { ["ce"] = loss.ToDouble() } };
    }

    public IReadOnlyDictionary<string, double>? Validate()
    {
        if (Script is not null) return new Dictionary<string, double> { ["waf"] = Script[Validations++] };
        using var right = Forward(points).argmax(1).eq(labels).to(ScalarType.Float64).mean();
        return new Dictionary<string, double> { ["waf"] = right.ToDouble() };
    }

    internal float[] Weights() => [.. Parameters.SelectMany(parameter => parameter.Tensor.data<float>().ToArray())];

    public void Dispose()
    {
        points.Dispose();
        labels.Dispose();
        first.Dispose();
        second.Dispose();
    }

    private Tensor Forward(Tensor input)
    {
        var hidden = F.relu(first.call(input));
        if (first.training && Dropout > 0) hidden = F.dropout(hidden, Dropout, training: true);
        return second.call(hidden);
    }
}
