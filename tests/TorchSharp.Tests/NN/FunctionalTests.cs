using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;
using Reduction = TorchSharp.torch.nn.Reduction;

namespace TorchSharp.Tests.NN;

public sealed class FunctionalTests
{
    private static readonly GoldenValues Golden = GoldenValues.Open("functions");

    private static readonly Dictionary<string, Func<GoldenValues, Tensor>> Functions = new()
    {
        ["cross_entropy"] = g => F.cross_entropy(g["logits"], g["classes"]),
        ["cross_entropy_full"] = g => F.cross_entropy(g["logits"], g["classes"], g["weight"], ignore_index: 2, Reduction.Sum, label_smoothing: 0.1),
        ["nll_loss"] = g => F.nll_loss(F.log_softmax(g["logits"], 1), g["classes"], g["weight"]),
        ["mse_loss"] = g => F.mse_loss(g["a"], g["b"]),
        ["l1_loss"] = g => F.l1_loss(g["a"], g["b"], Reduction.None),
        ["mse_broadcast"] = g => F.mse_loss(g["a"], g["b"].slice(0, 0, 1, 1)),
        ["smooth_l1_loss"] = g => F.smooth_l1_loss(g["a"], g["b"], beta: 0.5),
        ["huber_loss"] = g => F.huber_loss(g["a"], g["b"], delta: 0.7),
        ["kl_div"] = g => F.kl_div(F.log_softmax(g["a"], 1), F.log_softmax(g["b"], 1)),
        ["kl_div_batch"] = g => F.kl_div(F.log_softmax(g["a"], 1), F.softmax(g["b"], 1), log_target: false, Reduction.Sum),
        ["bce"] = g => F.binary_cross_entropy(g["a"].sigmoid(), g["b"].sigmoid()),
        ["bce_logits"] = g => F.binary_cross_entropy_with_logits(g["a"], g["b"].sigmoid(), pos_weights: g["a"].select(0, 0).sigmoid()),
        ["cosine_embedding"] = g => F.cosine_embedding_loss(g["a"], g["b"], tensor(new long[] { 1, -1, 1, -1 }, [4]), margin: 0.2),
        ["triplet"] = g => F.triplet_margin_loss(g["a"], g["b"], g["a"].flip(0), margin: 0.5),
        ["margin_ranking"] = g => F.margin_ranking_loss(g["a"], g["b"], (g["a"] * g["b"]).sign(), margin: 0.1),
        ["ctc"] = g => F.ctc_loss(
            F.log_softmax(stack([g["a"], g["b"], g["a"] * g["b"], g["a"] + g["b"], g["a"] - g["b"]]).transpose(1, 2).reshape(5, 6, 4), 2),
            tensor(new long[] { 1, 2, 3, 1, 2, 2, 1, 3, 3, 2, 1, 1 }, [6, 2]), full([6], 5L), full([6], 2L)),
        ["cosine_similarity"] = g => F.cosine_similarity(g["a"], g["b"]),
        ["pairwise_distance"] = g => F.pairwise_distance(g["a"], g["b"], p: 3),
        ["normalize"] = g => F.normalize(g["a"]),
        ["normalize_p1"] = g => F.normalize(g["a"], p: 1, dim: 0),
        ["glu"] = g => F.glu(g["a"]),
        ["gelu_tanh"] = g => F.gelu(g["a"], Modules.GELU.Approximate.tanh),
        ["softplus"] = g => F.softplus(g["a"], beta: 2),
        ["elu"] = g => F.elu(g["a"], 0.7),
        ["leaky_relu"] = g => F.leaky_relu(g["a"], 0.2),
        ["pad_constant"] = g => F.pad(g["image"], new long[] { 1, 2, 0, 1 }, value: 3.5),
        ["pad_reflect"] = g => F.pad(g["sequence"], (2, 1), PaddingModes.Reflect),
        ["pad_replicate"] = g => F.pad(g["sequence"], (2, 1), PaddingModes.Replicate),
        ["pad_circular"] = g => F.pad(g["sequence"], (2, 1), PaddingModes.Circular),
        ["interpolate_bilinear"] = g => F.interpolate(g["image"], [4, 9], mode: InterpolationMode.Bilinear, align_corners: false),
        ["interpolate_bilinear_corners"] = g => F.interpolate(g["image"], scale_factor: [1.7], mode: InterpolationMode.Bilinear, align_corners: true),
        ["interpolate_bilinear_antialias"] = g => F.interpolate(g["image"], [3, 3], mode: InterpolationMode.Bilinear, antialias: true),
        ["interpolate_bicubic"] = g => F.interpolate(g["image"], [4, 9], mode: InterpolationMode.Bicubic, align_corners: false),
        ["interpolate_bicubic_corners"] = g => F.interpolate(g["image"], scale_factor: [1.7, 1.7], mode: InterpolationMode.Bicubic, align_corners: true),
        ["interpolate_bicubic_antialias"] = g => F.interpolate(g["image"], [3], mode: InterpolationMode.Bicubic, antialias: true),
        ["interpolate_nearest"] = g => F.interpolate(g["image"], scale_factor: [0.5, 1.6]),
        ["interpolate_area"] = g => F.interpolate(g["image"], [2, 3], mode: InterpolationMode.Area),
        ["interpolate_linear"] = g => F.interpolate(g["sequence"], [5], mode: InterpolationMode.Linear),
        ["grid_sample"] = g => F.grid_sample(
            g["image"], stack([g["a"].slice(0, 0, 2, 1).reshape(2, 2, 3), g["b"].slice(0, 0, 2, 1).reshape(2, 2, 3)], 3).tanh(),
            padding_mode: GridSamplePaddingMode.Border, align_corners: true),
        ["unfold"] = g => F.unfold(g["image"], 2, padding: 1, stride: 2),
        ["max_pool1d"] = g => F.max_pool1d(g["sequence"], 3, 2, 1),
        ["avg_pool2d"] = g => F.avg_pool2d(g["image"], 2, 1),
        ["attention"] = g => F.scaled_dot_product_attention(g["q"], g["k"], g["v"]),
        ["attention_seen"] = g => F.scaled_dot_product_attention(g["q"], g["k"], g["v"], g["seen"].to(ScalarType.Bool)),
        ["attention_added"] = g => F.scaled_dot_product_attention(g["q"], g["k"], g["v"], g["added"]),
        ["attention_causal"] = g => F.scaled_dot_product_attention(g["q"], g["k"], g["v"], is_casual: true),
    };

    public static TheoryData<string> Names => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_gives_PyTorchs_values(string name)
    {
        var before = LiveTensors.Count;
        using (NewDisposeScope()) Near.Equal(Golden[name], Functions[name](Golden), 3e-6, name);
        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void Loss_modules_are_the_functions()
    {
        using var scope = NewDisposeScope();
        var (a, b) = (Golden["a"], Golden["b"]);
        Near.Equal(Golden["cross_entropy"], nn.CrossEntropyLoss().call(Golden["logits"], Golden["classes"]));
        Near.Equal(Golden["cross_entropy_full"], new Modules.CrossEntropyLoss(Golden["weight"], 2, Reduction.Sum, 0.1).call(Golden["logits"], Golden["classes"]));
        Near.Equal(Golden["mse_loss"], nn.MSELoss().call(a, b));
        Near.Equal(Golden["l1_loss"], nn.L1Loss(Reduction.None).call(a, b));
        Near.Equal(Golden["smooth_l1_loss"], nn.SmoothL1Loss(beta: 0.5).call(a, b));
        Near.Equal(Golden["huber_loss"], nn.HuberLoss(0.7).call(a, b));
        Near.Equal(Golden["kl_div"], nn.KLDivLoss().call(F.log_softmax(a, 1), F.log_softmax(b, 1)));
        Near.Equal(Golden["bce"], nn.BCELoss().call(a.sigmoid(), b.sigmoid()));
        Near.Equal(Golden["triplet"], nn.TripletMarginLoss(0.5).call(a, b, a.flip(0)));
        Near.Equal(Golden["cosine_embedding"], nn.CosineEmbeddingLoss(0.2).call(a, b, tensor(new long[] { 1, -1, 1, -1 }, [4])));
    }

    [Fact]
    public void Norms_in_bfloat16_are_those_of_float32_rounded_once()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (input, weight, bias) = (randn([3, 8, 16]).bfloat16(), randn([8]).bfloat16(), randn([8]).bfloat16());
        var turned = input.transpose(1, 2);
        Near.Same(F.layer_norm(turned.@float(), [8], weight.@float(), bias.@float()).bfloat16(), F.layer_norm(turned, [8], weight, bias));
        Near.Same(F.group_norm(input.@float(), 4, weight.@float()).bfloat16(), F.group_norm(input, 4, weight));
        Near.Same(F.layer_norm(turned.@float(), [8]).bfloat16(), nn.LayerNorm(8, elementwise_affine: false).call(turned));
        input.requires_grad_();
        weight.requires_grad_();
        F.group_norm(input, 4, weight, bias).sum().backward();
        Assert.Equal(ScalarType.BFloat16, input.grad!.dtype);
        Assert.Equal(ScalarType.BFloat16, weight.grad!.dtype);
    }

    [Fact]
    public void Functions_in_place_return_their_input()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new float[] { -1, 2 }, [2]);
        Assert.Same(x, F.relu(x, inplace: true));
        Near.Same(tensor(new float[] { 0, 2 }, [2]), x);
        Assert.Same(x, F.dropout(x, 0.5, training: false, inplace: true));
        Assert.Same(x, F.silu(x, inplace: true));
    }

    [Fact]
    public void Impossible_interpolations_are_refused_with_the_reason()
    {
        using var scope = NewDisposeScope();
        var image = ones([1, 1, 4, 4]);
        Assert.Contains("size and scale_factor", Assert.Throws<ArgumentException>(() => F.interpolate(image)).Message);
        Assert.Contains("align_corners", Assert.Throws<ArgumentException>(() => F.interpolate(image, [2, 2], align_corners: true)).Message);
        Assert.Contains("1 or 2 entries", Assert.Throws<ArgumentException>(() => F.interpolate(image, [2, 2, 2])).Message);
        Assert.Contains("Trilinear", Assert.Throws<ArgumentException>(() => F.interpolate(image, [2, 2], mode: InterpolationMode.Trilinear)).Message);
        Assert.Throws<ArgumentException>(() => F.scaled_dot_product_attention(image, image, image, image, is_casual: true));
    }

    [Theory]
    [InlineData(1.0, "clip_1")]
    [InlineData(2.0, "clip_2")]
    [InlineData(double.PositiveInfinity, "clip_inf")]
    public void Gradients_are_clipped_to_a_joint_norm_as_in_PyTorch(double type, string name)
    {
        using var scope = NewDisposeScope();
        var parameters = Enumerable.Range(0, 2).Select(i => Golden[$"clip.gradient.{i}"]).Select(gradient => nn.Parameter(zeros_like(gradient), true)).ToArray();
        for (var i = 0; i < 2; i++) parameters[i].grad = Golden[$"clip.gradient.{i}"];
        var norm = nn.utils.clip_grad_norm_(parameters.Append(nn.Parameter(ones([1]))), 1.5, type);
        Assert.Equal(Golden[name + ".norm"].ToDouble(), norm, 5);
        for (var i = 0; i < 2; i++) Near.Equal(Golden[$"{name}.clipped.{i}"], parameters[i].grad!, 1e-7, name);
        nn.utils.clip_grad_value_(parameters, 0.01);
        Assert.InRange(parameters[0].grad!.abs().max().ToDouble(), 0, 0.0100001);
        Assert.Equal(0.0, nn.utils.clip_grad_norm_([], 1));
    }

    [Fact]
    public void Parameters_go_into_one_row_and_back()
    {
        using var scope = NewDisposeScope();
        var parameters = new[] { nn.Parameter(arange(6.0).reshape(2, 3)), nn.Parameter(ones([2])) };
        var row = nn.utils.parameters_to_vector(parameters);
        Near.Same(tensor(new float[] { 0, 1, 2, 3, 4, 5, 1, 1 }, [8]), row);
        nn.utils.vector_to_parameters(row * 2, parameters);
        Assert.Equal(10.0, parameters[0][1, 2].ToDouble());
        Assert.Throws<ArgumentException>(() => nn.utils.vector_to_parameters(ones([9]), parameters));
    }

    [Fact]
    public void Sequences_are_padded_at_the_end()
    {
        using var scope = NewDisposeScope();
        var padded = nn.utils.rnn.pad_sequence([ones([3]), ones([1])], batch_first: true, padding_value: -1);
        Near.Same(tensor(new float[] { 1, 1, 1, 1, -1, -1 }, [2, 3]), padded);
        Near.Same(tensor(new long[] { 0, 1, 0, 1, 0, 0 }, [2, 3]), F.one_hot(tensor(new long[] { 1, 0 }, [2]), 3));
    }
}
