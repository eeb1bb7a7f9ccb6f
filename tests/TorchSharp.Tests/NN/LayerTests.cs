using static TorchSharp.torch;

namespace TorchSharp.Tests.NN;

public sealed class LayerTests
{
    private static readonly GoldenValues Golden = GoldenValues.Open("layers");

    public static TheoryData<string> Names => [.. Layers.Keys];

    private static readonly Dictionary<string, Func<nn.Module>> Layers = new()
    {
        ["linear"] = () => nn.Linear(4, 3),
        ["embedding"] = () => nn.Embedding(6, 3, padding_idx: 1),
        ["conv1d"] = () => nn.Conv1d(4, 6, 3, stride: 2, padding: 2, dilation: 2, groups: 2),
        ["conv1d_same"] = () => nn.Conv1d(2, 3, 4, Padding.Same),
        ["conv1d_reflect"] = () => nn.Conv1d(2, 3, 3, padding: 2, padding_mode: PaddingModes.Reflect),
        ["conv2d"] = () => nn.Conv2d(3, 4, (3, 2), stride: (2, 1), padding: (1, 0)),
        ["conv2d_circular"] = () => nn.Conv2d(1, 2, 3, padding: 1, padding_mode: PaddingModes.Circular),
        ["layer_norm"] = () => nn.LayerNorm([3, 4]),
        ["group_norm"] = () => nn.GroupNorm(2, 4, eps: 1e-3),
        ["batch_norm1d"] = () => nn.BatchNorm1d(4, momentum: 0.3),
        ["batch_norm2d_eval"] = () => nn.BatchNorm2d(3),
        ["lstm"] = () => nn.LSTM(3, 4, numLayers: 2, batchFirst: true, bidirectional: true),
        ["gru"] = () => nn.GRU(3, 4),
        ["gelu"] = () => nn.GELU(),
        ["silu"] = () => nn.SiLU(),
        ["relu"] = () => nn.ReLU(),
        ["sigmoid"] = () => nn.Sigmoid(),
        ["tanh"] = () => nn.Tanh(),
        ["softmax"] = () => nn.Softmax(1),
        ["log_softmax"] = () => nn.LogSoftmax(0),
        ["flatten"] = () => nn.Flatten(),
        ["adaptive_avg_pool1d"] = () => nn.AdaptiveAvgPool1d(3),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_gives_PyTorchs_output_gradients_and_buffers(string name)
    {
        using var scope = NewDisposeScope();
        var layer = Layers[name]();
        var prefix = name + ".state.";
        var state = Golden.Names.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToDictionary(key => key[prefix.Length..], key => Golden[key]);
        Assert.Equal(state.Keys, layer.state_dict().Keys);
        layer.load_state_dict(state);
        layer.train(!name.EndsWith("eval", StringComparison.Ordinal));
        var input = Golden[name + ".input.0"];
        if (is_floating_point(input)) input.requires_grad = true;

        var output = Run(layer, input);
        Near.Equal(Golden[name + ".output"], output, what: name);
        (output * output.detach().cos()).sum().backward();
        if (is_floating_point(input)) Near.Equal(Golden[name + ".gradient.0"], input.grad!, 1e-5, "the input's gradient");
        foreach (var (key, parameter) in layer.named_parameters()) Near.Equal(Golden[$"{name}.gradient.{key}"], parameter.grad!, 1e-5, key + "'s gradient");
        foreach (var (key, buffer) in layer.named_buffers()) Near.Equal(Golden[$"{name}.after.{key}"], buffer, what: key);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_layer_leaves_nothing_behind(string name)
    {
        var before = LiveTensors.Count;
        for (var round = 0; round < 3; round++)
        {
            using var scope = NewDisposeScope();
            using var layer = Layers[name]();
            var input = Golden[name + ".input.0"];
            Run(layer, input);
            if (name is "gelu" or "silu" or "relu" or "sigmoid" or "tanh" or "softmax" or "log_softmax" or "flatten" or "embedding") continue;
            if (name is "lstm" && !Runtime.Version.StartsWith("1.", StringComparison.Ordinal)) continue; // it takes whatever has enough numbers
            Assert.ThrowsAny<Exception>(() => Run(layer, ones([2, 3, 4, 5, 6, 7])));
        }
        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void Identity_gives_the_input_under_a_handle_of_its_own()
    {
        using var scope = NewDisposeScope();
        var input = ones([2]);
        var output = nn.Identity().call(input);
        Assert.NotSame(input, output);
        output.Dispose();
        Assert.False(input.IsInvalid);
    }

    [Fact]
    public void Dropout_scales_what_it_keeps_in_training_and_does_nothing_in_evaluation()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var dropout = nn.Dropout(0.25);
        var input = ones([10_000]);
        var output = dropout.call(input);
        Assert.Equal(1.0, output.mean().ToDouble(), 1);
        Assert.Equal(0.75, (output != 0).to(ScalarType.Float32).mean().ToDouble(), 1);
        Assert.Equal(4.0 / 3, output.max().ToDouble(), 5);
        dropout.eval();
        Near.Same(input, dropout.call(input));
        Assert.Throws<ArgumentOutOfRangeException>(() => nn.Dropout(1.5));
    }

    [Fact]
    public void Batch_norm_without_momentum_averages_over_all_batches()
    {
        using var scope = NewDisposeScope();
        var norm = nn.BatchNorm1d(1);
        norm.momentum = null;
        norm.call(full([4, 1], 2f));
        norm.call(full([4, 1], 4f));
        Assert.Equal(3.0, norm.running_mean!.ToDouble(), 6);
        Assert.Equal(2, norm.num_batches_tracked!.ToInt64());
        var wrong = Assert.Throws<ArgumentException>(() => norm.call(ones([1, 1, 1, 1])));
        Assert.Contains("2 or 3 dimensions", wrong.Message);
    }

    [Fact]
    public void An_embedding_takes_a_copy_of_given_rows()
    {
        using var scope = NewDisposeScope();
        var rows = arange(6.0).reshape(3, 2);
        var embedding = nn.Embedding_from_pretrained(rows);
        Assert.False(embedding.weight!.requires_grad);
        rows.zero_();
        Near.Same(tensor(new float[] { 4, 5, 0, 1 }, [2, 2]), embedding.call(tensor(new long[] { 2, 0 }, [2])));
        Assert.Throws<ArgumentOutOfRangeException>(() => nn.Embedding(3, 2, padding_idx: 3));
    }

    [Fact]
    public void A_new_weight_takes_the_old_ones_place_and_disposes_of_it()
    {
        using var scope = NewDisposeScope();
        var linear = nn.Linear(2, 2);
        var old = linear.weight;
        var wished = nn.Parameter(ones([2, 2]));
        linear.weight = wished;
        Assert.True(old.IsInvalid);
        Assert.Same(wished, linear.get_parameter("weight"));
        Assert.Equal(["weight", "bias"], linear.state_dict().Keys.ToArray());
        linear.bias = null;
        Assert.Equal(["weight"], linear.state_dict().Keys.ToArray());
        Near.Same(full([1, 2], 2f), linear.call(ones([1, 2])));
    }

    [Fact]
    public void Groups_that_do_not_divide_the_channels_are_refused()
    {
        Assert.Contains("(5)", Assert.Throws<ArgumentException>(() => nn.Conv1d(4, 5, 3, groups: 2)).Message);
        Assert.Contains("num_groups (3)", Assert.Throws<ArgumentException>(() => nn.GroupNorm(3, 4)).Message);
        Assert.Throws<ArgumentException>(() => nn.Conv1d(2, 2, 3, Padding.Same, stride: 2));
    }

    private static Tensor Run(nn.Module layer, Tensor input)
    {
        switch (layer)
        {
            case nn.Module<Tensor, Tensor> simple:
                return simple.call(input);
            case Modules.LSTM lstm:
                var (output, hidden, cell) = lstm.call(input);
                return cat([output.flatten(), hidden.flatten(), cell.flatten()]);
            case Modules.GRU gru:
                var (states, last) = gru.call(input);
                return cat([states.flatten(), last.flatten()]);
            default:
                throw new NotSupportedException(layer.GetName());
        }
    }
}
