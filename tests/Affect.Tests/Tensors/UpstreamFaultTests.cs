namespace Affect.Tests.Tensors;

/// <summary>
/// What is wrong in TorchSharp 0.107, as it is: a test that fails here says that upstream has mended something, so that its guard
/// (<see cref="Guarded"/>), its line in <c>lib/BannedSymbols.Torch.txt</c> and its row in <c>environment.md</c> can go.
/// </summary>
public sealed class UpstreamFaultTests
{
    /// <summary>What ends the process, by name; run by a process of its own (<see cref="CrashProgram"/>).</summary>
    public static TheoryData<string> Crashes => new(CrashProgram.Cases.Keys);

    [Theory]
    [MemberData(nameof(Crashes))]
    public void This_ends_the_process(string name) => Assert.Equal(CrashProgram.Aborted, CrashProgram.Run(name));

    [Fact]
    public void What_ends_no_process_is_told_from_what_does() => Assert.Equal(CrashProgram.Survived, CrashProgram.Run("nothing"));

    [Fact]
    public void Baddbmm_swaps_its_arguments()
    {
        using var scope = NewDisposeScope();
        using var sum = zeros(1, 2, 2).baddbmm(ones(1, 2, 2), ones(1, 2, 2));
        Assert.Equal(1, sum[0, 0, 0].item<float>()); // 0 + 1·1 + 1·1
        Assert.Equal(2, zeros(1, 2, 2).PlusProducts(ones(1, 2, 2), ones(1, 2, 2))[0, 0, 0].item<float>());
    }

    [Fact]
    public void Group_norms_weights_are_what_the_memory_holds()
    {
        using var scope = NewDisposeScope();
        var isNeutral = true;
        for (var i = 0; i < 20 && isNeutral; i++)
        {
            full(4096, float.NaN).Dispose(); // so that what comes next finds it
            using var norm = nn.GroupNorm(2, 4096);
            isNeutral = norm.weight!.eq(1).all().item<bool>() && norm.bias!.eq(0).all().item<bool>();
        }
        Assert.False(isNeutral);
        full(4096, float.NaN).Dispose();
        using var guarded = Guarded.GroupNorm(2, 4096, 1e-5);
        Assert.True(guarded.weight!.eq(1).all().item<bool>() && guarded.bias!.eq(0).all().item<bool>());
    }

    [Fact]
    public void A_single_tensor_in_a_row_is_the_tensor_itself()
    {
        using var scope = NewDisposeScope();
        var one = zeros(2);
        cat([one]).add_(1);
        Assert.Equal(2, one.sum().item<float>());
        Guarded.Join([one]).add_(1);
        Assert.Equal(2, one.sum().item<float>());
    }

    [Fact]
    public void Zero_leaves_a_tensor_behind()
    {
        using var tensor = ones(2);
        Assert.Equal(1, Left(() => tensor.zero_()));
        Assert.Equal(0, Left(() => tensor.Clear()));
        using var parameter = nn.Parameter(ones(2));
        var optimizer = optim.SGD([parameter], 0.1);
        parameter.grad = ones(2);
        Assert.Equal(1, Left(optimizer.zero_grad));
    }

    [Fact]
    public void A_convolution_leaves_a_tensor_behind()
    {
        // Modules keep some until they are collected, so those of a linear map are the measure.
        Assert.Equal(1, Left(() => nn.Conv1d(2, 3, 3).Dispose()));
        Assert.Equal(1, Left(() => nn.Conv2d(2, 3, 3).Dispose()));
        Assert.Equal(0, Left(() => Guarded.Conv1d(2, 3, 3).Dispose()));
        Assert.Equal(0, Left(() => Guarded.Conv2d(2, 3, 3).Dispose()));
        // It lives in a scope as other modules do.
        Linear map;
        Conv1d convolution;
        using (NewDisposeScope()) (map, convolution) = (nn.Linear(2, 3), Guarded.Conv1d(2, 3, 3));
        Assert.Equal(map.weight.IsInvalid, convolution.weight.IsInvalid);
        Assert.Equal(map.bias!.IsInvalid, convolution.bias!.IsInvalid);
    }

    [Fact]
    public void The_count_of_all_tensors_grows_with_every_parameter()
    {
        var counts = Enumerable.Range(0, 5).Select(_ =>
        {
            var before = Tensor.TotalCount;
            using (nn.Parameter(zeros(2)))
            {
                // gone at once
            }
            return Tensor.TotalCount - before;
        });
        // Other tests' tensors come and go meanwhile: the quietest of five tells.
        Assert.Contains(1, counts);
    }

    [Fact]
    public void A_limit_beyond_float32_is_an_error_of_clipping()
    {
        using var parameter = nn.Parameter(zeros(2));
        parameter.grad = tensor(new[] { 3f, 4f });
        Assert.Contains("without overflow", Assert.Throws<ExternalException>(() => nn.utils.clip_grad_norm_([parameter], double.MaxValue)).Message, StringComparison.Ordinal);
        Assert.Equal(5, Guarded.ClipGradients([parameter], null), 1e-6);
        Assert.Equal(5, Guarded.ClipGradients([parameter], double.MaxValue), 1e-6);
        Assert.Equal(7, parameter.grad.sum().item<float>());
    }

    [Fact]
    public void The_static_division_ignores_its_rounding_mode()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(3.5f, div(tensor(7f), tensor(2f), RoundingMode.floor).item<float>());
        Assert.Equal(3f, tensor(7f).div(tensor(2f), RoundingMode.floor).item<float>());
    }

    [Fact]
    public void The_static_inverse_of_erf_is_erf()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(erf(tensor(0.5f)).item<float>(), erfinv(tensor(0.5f)).item<float>());
        Assert.Equal(0.476936f, special.erfinv(tensor(0.5f)).item<float>(), 1e-5f);
    }

    [Fact]
    public void A_truncated_normal_of_mean_0_is_a_constant()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, nn.init.trunc_normal_(empty(1000), 0, 0.02).std().item<float>(), 1e-6f);
    }

    // So a module that draws its weights so is another one at every start.
    [Fact]
    public void Uniform_initialisation_ignores_its_generator()
    {
        using var scope = NewDisposeScope();
        Tensor Draw() => nn.init.uniform_(empty(100), 0, 1, new Generator(1));
        Assert.False(Draw().equal(Draw()).all().item<bool>());
        Assert.True(empty(100).uniform_(0, 1, new Generator(1)).equal(empty(100).uniform_(0, 1, new Generator(1))).all().item<bool>());
    }

    [Fact]
    public void A_milestone_that_is_named_twice_counts_once()
    {
        using var parameter = nn.Parameter(zeros(2));
        var optimizer = optim.SGD([parameter], 1.0);
        var schedule = optim.lr_scheduler.MultiStepLR(optimizer, [1, 1], 0.1);
        optimizer.step();
        schedule.step();
        Assert.Equal(0.1, optimizer.ParamGroups.Single().LearningRate, 1e-9); // PyTorch: 0.01
    }

    [Fact]
    public void One_cycle_never_leaves_its_first_phase_for_a_second_group()
    {
        using var one = nn.Parameter(zeros(2));
        using var other = nn.Parameter(zeros(2));
        var optimizer = optim.SGD(new SGD.ParamGroup[] { new([one]), new([other]) }, 0.1, momentum: 0.9);
        var schedule = optim.lr_scheduler.OneCycleLR(optimizer, 0.5, total_steps: 10);
        for (var i = 0; i < 9; i++)
        {
            optimizer.step();
            schedule.step();
        }
        var rates = optimizer.ParamGroups.Select(group => group.LearningRate).ToArray();
        Assert.True(rates[1] > 1000 * rates[0], $"{rates[0]} and {rates[1]}");
    }

    [Fact]
    public void Errors_come_with_the_native_stack()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => ones(2, 3).mm(ones(2, 3)));
        Assert.Contains("frame #", error.Message, StringComparison.Ordinal);
        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", Guarded.Explain(error));
    }

    [Fact]
    public void Sound_convolutions_in_bfloat16_whatever_the_number_of_outputs()
    {
        using var scope = NewDisposeScope();
        foreach (var outputs in new[] { 8, 12, 16, 24, 40 }) Assert.InRange(BrainFloatError(outputs, Guarded.Convolve), 0, 0.02);
    }

    // Seen wrong on Zen 5, right on Zen 4 (which has the same instructions but AVX-VNNI) and on processors without them.
    [Zen5Fact]
    public void Convolutions_in_bfloat16_err_where_the_outputs_are_no_multiple_of_16()
    {
        using var scope = NewDisposeScope();
        var errors = new[] { 8, 12, 24 }.Select(outputs => BrainFloatError(outputs, (image, weight, bias, strides, padding, groups) => F.conv2d(image, weight, bias, strides, padding, groups: groups)));
        Assert.Contains(errors, error => error > 0.02);
    }

    private static double BrainFloatError(int outputs, Func<Tensor, Tensor, Tensor?, long[], long[], long, Tensor> convolve)
    {
        using var generator = new Generator(1);
        var image = randn([2, 8, 1, 50], generator: generator).to(bfloat16);
        var weight = (randn([outputs, 8, 1, 3], generator: generator) * 0.1).to(bfloat16);
        var bias = randn([outputs], generator: generator).to(bfloat16);
        var wide = F.conv2d(image.to(float32), weight.to(float32), bias.to(float32), strides: [1, 2], padding: [0, 0]);
        var narrow = convolve(image, weight, bias, [1, 2], [0, 0], 1);
        Assert.Equal(bfloat16, narrow.dtype);
        return ((narrow.to(float32) - wide).abs().max() / wide.abs().max()).item<float>();
    }

    // Tensors that live on after the work, beyond those of this thread before.
    private static long Left(Action work)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        work();
        return DisposeScopeManager.Statistics.ThreadTotalLiveCount - before;
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class Zen5FactAttribute : FactAttribute
    {
        public Zen5FactAttribute()
        {
            const string processor = "/proc/cpuinfo";
            var flags = File.Exists(processor) ? File.ReadLines(processor).FirstOrDefault(line => line.StartsWith("flags", StringComparison.Ordinal)) ?? "" : "";
            if (!flags.Contains(" avx512_bf16", StringComparison.Ordinal) || !flags.Contains(" avx_vnni", StringComparison.Ordinal)) Skip = "needs a processor with AVX512-BF16 and AVX-VNNI, as Zen 5 is";
        }
    }
}
