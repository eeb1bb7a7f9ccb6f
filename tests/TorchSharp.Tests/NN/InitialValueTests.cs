using static TorchSharp.torch;

namespace TorchSharp.Tests.NN;

public sealed class InitialValueTests
{
    [Fact]
    public void Modules_start_from_PyTorchs_values_after_the_same_seed()
    {
        using var scope = NewDisposeScope();
        var golden = GoldenValues.Open("init");
        manual_seed(7);
        var modules = new (string Name, nn.Module Module)[]
        {
            ("linear", nn.Linear(5, 7)),
            ("conv1d", nn.Conv1d(4, 6, 3, groups: 2)),
            ("conv2d", nn.Conv2d(3, 4, (3, 2), bias: false)),
            ("embedding", nn.Embedding(9, 4, padding_idx: 2)),
            ("lstm", nn.LSTM(3, 4, numLayers: 2, bidirectional: true)),
            ("gru", nn.GRU(3, 5)),
            ("layer_norm", nn.LayerNorm([2, 3])),
            ("group_norm", nn.GroupNorm(2, 4)),
            ("batch_norm", nn.BatchNorm1d(3)),
        };
        var own = modules.SelectMany(module => module.Module.state_dict().Select(entry => ($"{module.Name}.{entry.Key}", entry.Value))).ToList();
        Assert.Equal(golden.Names.Where(name => !name.StartsWith("init.", StringComparison.Ordinal)), own.Select(entry => entry.Item1));
        foreach (var (name, value) in own) Near.Same(golden[name], value, name);

        var fills = new (string Name, Func<Tensor, Tensor> Fill)[]
        {
            ("xavier_uniform", t => nn.init.xavier_uniform_(t, gain: 1.5)),
            ("xavier_normal", t => nn.init.xavier_normal_(t)),
            ("kaiming_uniform", t => nn.init.kaiming_uniform_(t, nonlinearity: nn.init.NonlinearityType.ReLU)),
            ("kaiming_normal", t => nn.init.kaiming_normal_(t, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU)),
            ("trunc_normal", t => nn.init.trunc_normal_(t, mean: 0.01, std: 0.02, a: -0.02, b: 0.04)),
            ("orthogonal", t => nn.init.orthogonal_(t, gain: 2.0)),
        };
        foreach (var (name, fill) in fills) Near.Equal(golden["init." + name], fill(empty([6, 10])), 1e-6, name);
    }

    [Fact]
    public void Truncated_normal_stays_inside_and_has_the_deviation_that_was_asked_for()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var values = nn.init.trunc_normal_(empty([200, 200]), mean: 0.5, std: 0.02);
        Assert.Equal(0.5, values.mean().ToDouble(), 3);
        Assert.Equal(0.02, values.std().ToDouble(), 3);
        var cut = nn.init.trunc_normal_(empty([1000]), a: -0.5, b: 0.25);
        Assert.InRange(cut.min().ToDouble(), -0.5, -0.4);
        Assert.InRange(cut.max().ToDouble(), 0.2, 0.25);
    }

    [Fact]
    public void Fills_record_no_gradient_and_return_the_tensor_itself()
    {
        using var scope = NewDisposeScope();
        var weight = nn.Parameter(empty([2, 2]));
        Assert.Same(weight, nn.init.ones_(weight));
        Assert.True(weight.is_leaf);
        Near.Same(eye(2), nn.init.eye_(weight));
        Near.Same(full([2, 2], 0.25f), nn.init.constant_(weight, 0.25f));
    }
}
