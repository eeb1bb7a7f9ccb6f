using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

/// <summary>What a tensor does on a CUDA device, against the same on the CPU.</summary>
public sealed class CudaTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string> Operators => [.. Cases.Keys];

    // What the laboratory's models are made of.
    private static Dictionary<string, Func<Tensor, Tensor>> Cases { get; } = new()
    {
        ["arithmetic"] = x => (x * 2 + 1 - x / 3).pow(2).sqrt().log1p() + x.abs().neg(),
        ["comparison"] = x => x.gt(0).to(ScalarType.Float32) + x.eq(x).to(ScalarType.Float32),
        ["reduction"] = x => x.sum(1, keepdim: true) + x.mean() + x.max() + x.std(),
        ["product of matrices"] = x => x.flatten(1).matmul(x.flatten(1).transpose(0, 1)),
        ["softmax"] = x => x.softmax(2) + x.log_softmax(1),
        ["gelu"] = x => F.gelu(x) + F.relu(x) + x.tanh() + x.sigmoid(),
        ["norms"] = x => F.layer_norm(x, [64]) + F.group_norm(x, 4),
        ["convolution"] = x => F.conv1d(x, x[.., ..4].narrow(2, 0, 5).narrow(0, 0, 2).contiguous(), stride: 2, groups: 2),
        ["indexing"] = x => x[.., 1..3].index_select(2, tensor(new long[] { 3, 1 }, device: x.device)).masked_fill(x[.., 1..3, ..2].lt(0), 7),
        ["joining"] = x => cat([x, x.flip(0)], 0).transpose(0, 1).reshape(8, -1),
        ["sorting"] = x => x.argmax(1).to(ScalarType.Float32) + x.topk(3, 1).values.sum(1),
        ["loss"] = x => F.cross_entropy(x[0], x[0].argmax(1).remainder(5), label_smoothing: 0.1),
        ["spectrum"] = x => fft.rfft(x, dim: 2).abs(),
        ["half"] = x => x.to(ScalarType.BFloat16).to(ScalarType.Float32) + x.to(ScalarType.Float16).to(ScalarType.Float32),
    };

    [CudaTheory]
    [MemberData(nameof(Operators))]
    public void An_operator_gives_what_it_gives_on_the_cpu(string name)
    {
        backends.cudnn.allow_tf32 = false;
        using var scope = NewDisposeScope();
        var input = Input();
        var (here, there) = (Cases[name](input), Cases[name](input.cuda()));
        Assert.True(there.is_cuda);
        Assert.Equal(here.shape, there.shape);
        Assert.InRange((here - there.cpu()).abs().max().ToDouble(), 0, Tolerance * Math.Max(1, here.abs().max().ToDouble()));
    }

    [CudaTheory]
    [InlineData("product of matrices")]
    [InlineData("softmax")]
    [InlineData("gelu")]
    [InlineData("norms")]
    [InlineData("convolution")]
    [InlineData("indexing")]
    public void A_gradient_is_what_it_is_on_the_cpu(string name)
    {
        backends.cudnn.allow_tf32 = false;
        using var scope = NewDisposeScope();
        var (here, there) = (Input().requires_grad_(true), Input().cuda().requires_grad_(true));
        Cases[name](here).pow(2).sum().backward();
        Cases[name](there).pow(2).sum().backward();
        Assert.True(there.grad!.is_cuda);
        Assert.InRange((here.grad! - there.grad!.cpu()).abs().max().ToDouble(), 0, Tolerance * Math.Max(1, here.grad!.abs().max().ToDouble()));
    }

    [CudaFact]
    public void Devices_are_counted_named_and_waited_for()
    {
        Assert.True(cuda.device_count() > 0 && cuda.is_cudnn_available() && TryInitializeDeviceType(DeviceType.CUDA));
        using var t = zeros(2, device: CUDA);
        Assert.Equal((DeviceType.CUDA, 0, true), (t.device_type, t.device_index, t.is_cuda));
        Assert.Equal("cuda:0", t.device.ToString());
        cuda.synchronize();
        cuda.synchronize(t.device);
    }

    [CudaFact]
    public void Numbers_go_there_and_back_in_every_type()
    {
        using var scope = NewDisposeScope();
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64, ScalarType.Int64, ScalarType.Int32, ScalarType.Byte, ScalarType.Bool, ScalarType.Float16, ScalarType.BFloat16 })
        {
            var values = tensor(new[] { 0f, 1f, 1f, 0f }).to(type);
            Assert.True(values.cuda().to(type, CUDA).cpu().eq(values).all().ToBoolean(), type.ToString());
        }
        Assert.Equal(3.5f, tensor(3.5f, device: CUDA).item<float>());
        Assert.True(ones(3).pin_memory().is_pinned());
    }

    [CudaFact]
    public void A_generator_of_the_device_repeats_itself_and_the_global_seed_reaches_it()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5, CUDA);
        using var other = new Generator(5, CUDA);
        var first = randn(100, device: CUDA, generator: generator);
        Assert.True(first.eq(randn(100, device: CUDA, generator: other)).all().ToBoolean());
        Assert.False(first.eq(randn(100, device: CUDA, generator: generator)).all().ToBoolean());
        manual_seed(3).Dispose();
        var dropped = F.dropout(ones(1000, device: CUDA), 0.5, training: true);
        manual_seed(3).Dispose();
        Assert.True(dropped.eq(F.dropout(ones(1000, device: CUDA), 0.5, training: true)).all().ToBoolean());
        Assert.InRange(dropped.eq(0).sum().ToInt64(), 400, 600);
    }

    [CudaFact]
    public void A_module_moves_learns_and_comes_back()
    {
        backends.cudnn.allow_tf32 = false;
        using var scope = NewDisposeScope();
        var here = Losses(CPU);
        var there = Losses(CUDA);
        for (var step = 0; step < here.Length; step++) Assert.Equal(here[step], there[step], 1e-4);
        Assert.True(there[^1] < there[0]);

        static double[] Losses(Device device)
        {
            manual_seed(1).Dispose();
            using var model = nn.Sequential(nn.Linear(64, 32), nn.GELU(), nn.LayerNorm(32), nn.Linear(32, 3));
            model.to(device);
            Assert.All(model.parameters(), parameter => Assert.Equal(device.type, parameter.device_type));
            using var optimizer = optim.AdamW(model.parameters(), lr: 0.01, weight_decay: 0.1);
            var input = Input()[0].to(device);
            var target = (arange(8, device: device) % 3).to(ScalarType.Int64);
            var losses = new double[10];
            for (var step = 0; step < losses.Length; step++)
            {
                using var inner = NewDisposeScope();
                optimizer.zero_grad();
                var loss = F.cross_entropy(model.call(input), target);
                loss.backward();
                nn.utils.clip_grad_norm_(model.parameters(), 1);
                optimizer.step();
                losses[step] = loss.ToDouble();
            }
            model.cpu();
            Assert.All(model.parameters(), parameter => Assert.Equal(DeviceType.CPU, parameter.device_type));
            return losses;
        }
    }

    [CudaFact]
    public void An_optimizers_state_is_saved_and_taken_up_on_the_device()
    {
        using var scope = NewDisposeScope();
        float[] Run(bool breaks)
        {
            var weight = new Parameter(ones(5, device: CUDA));
            OptimizerState state = new(optim.AdamW([weight], lr: 0.1));
            for (var step = 0; step < 6; step++)
            {
                if (breaks && step == 3) state = state.TakenUp([weight]);
                state.Optimizer.zero_grad();
                (weight * tensor(new[] { 1f, 2f, 3f, 4f, 5f }, device: CUDA)).pow(2).sum().backward();
                state.Optimizer.step();
            }
            return weight.detach().cpu().data<float>().ToArray();
        }
        Assert.Equal(Run(breaks: false), Run(breaks: true));
    }

    [CudaFact]
    public void A_function_of_ones_own_is_called_back_from_the_devices_thread()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 1f, 2f }, device: CUDA, requires_grad: true);
        Reversed.apply(x).pow(2).sum().backward();
        Assert.Equal([-2f, -4f], x.grad!.cpu().data<float>().ToArray());
    }

    [CudaFact]
    public void Errors_are_told_as_elsewhere_and_nothing_is_left_behind()
    {
        var before = LiveTensors.Count;
        using (NewDisposeScope())
        {
            var t = ones(2, 3, device: CUDA);
            Assert.Contains("same device", Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => t + ones(2, 3)).Message, StringComparison.Ordinal);
            Assert.ThrowsAny<Exception>(() => t.matmul(t));
            Assert.ThrowsAny<Exception>(() => t.data<float>().ToArray());
        }
        Assert.Equal(before, LiveTensors.Count);
    }

    private static Tensor Input()
    {
        var values = Enumerable.Range(0, 2 * 8 * 64).Select(i => (float)Math.Sin(i * 0.37) * (1 + i % 5));
        return tensor(values.ToArray(), [2, 8, 64]);
    }

    private sealed record OptimizerState(TorchSharp.Modules.OptimizerHelper Optimizer)
    {
        internal OptimizerState TakenUp(Parameter[] weights)
        {
            using var buffer = new MemoryStream();
            using (var writer = new BinaryWriter(buffer, System.Text.Encoding.UTF8, leaveOpen: true)) Optimizer.save_state_dict(writer);
            buffer.Position = 0;
            var fresh = optim.AdamW(weights, lr: 0.1);
            using (var reader = new BinaryReader(buffer)) fresh.load_state_dict(reader);
            return new OptimizerState(fresh);
        }
    }

    private sealed class Reversed : autograd.SingleTensorFunction<Reversed>
    {
        public override string Name => nameof(Reversed);

        public override Tensor forward(autograd.AutogradContext ctx, params object[] vars) => ((Tensor)vars[0]).clone();

        public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output) => [-grad_output];
    }
}
