using System.Runtime.InteropServices;
using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

public sealed class MachineTests
{
    [Fact]
    public void The_runtime_says_what_is_loaded()
    {
        Assert.Matches(@"^\d+\.\d+", Runtime.Version);
        Assert.Contains("PyTorch built with", Runtime.Configuration, StringComparison.Ordinal);
        Assert.Contains(Runtime.MathLibraries, static library => library.Contains("libtorch_cpu", StringComparison.Ordinal));
        Assert.True(Runtime.Threads >= 1);
        Assert.Contains("aten::add.Tensor(Tensor self, Tensor other", Runtime.SchemaOf("aten::add.Tensor"), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_openblas_with_openmp_is_installed_it_is_the_one_in_use()
    {
        if (!Directory.EnumerateDirectories("/usr/lib", "*-linux-gnu").Any(static folder => Directory.Exists(Path.Combine(folder, "openblas-openmp")))) return;
        Assert.Contains("openblas-openmp", Runtime.Blas.Path, StringComparison.Ordinal);
        Assert.Equal("openmp", Runtime.Blas.Threading);
        Assert.Single(Runtime.MathLibraries, static library => Path.GetFileName(library).Contains("openblas", StringComparison.Ordinal));
    }

    [Fact]
    public void Threads_can_be_set()
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(1);
            Assert.Equal(1, get_num_threads());
            Assert.Throws<ArgumentOutOfRangeException>(() => set_num_threads(0));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Fact]
    public void The_allocator_knows_what_is_in_use_and_gives_back_what_is_idle()
    {
        Garbage.Collect(); // or large tensors of earlier tests go meanwhile
        var (_, before) = Runtime.Memory;
        var t = zeros(4 << 20);
        Assert.True(Runtime.Memory.Live - before >= 16 << 20);
        t.Dispose();
        Assert.True(Runtime.Memory.Live - before < 16 << 20);
        Assert.True(Runtime.Memory.Cached >= 16 << 20);
        Runtime.ReleaseIdleMemory();
        Assert.True(Runtime.Memory.Cached < 16 << 20);
    }

    [Fact]
    public void An_unknown_operator_or_too_many_arguments_are_named()
    {
        Assert.Contains("has no operator aten::no_such_thing", Assert.Throws<ExternalException>(() => new Operator("aten::no_such_thing").Call(1)).Message, StringComparison.Ordinal);
        Assert.False(new Operator("aten::no_such_thing").Exists());
        using var t = zeros(1);
        Assert.Contains("takes 1 arguments, but was given 2", Assert.Throws<ExternalException>(() => new Operator("aten::exp").Call(t, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("needs the argument other", Assert.Throws<ExternalException>(() => new Operator("aten::add.Tensor").Call(t)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lists_and_texts_reach_an_operator_whole()
    {
        using var scope = NewDisposeScope();
        var parts = Enumerable.Range(0, 300).Select(static i => full(1, (float)i)).ToArray();
        var joined = cat(parts);
        Assert.Equal(299 * 150, joined.sum().item<float>());
        var sizes = Enumerable.Repeat(1L, 300).ToArray();
        Assert.Equal(300, joined.split(sizes).Length);
        Assert.Equal(ones(2, 2).sum().item<float>(), einsum(string.Concat("ab,", new string(' ', 1000), "ab->"), ones(2, 2), ones(2, 2)).item<float>());
    }

    [Fact]
    public void A_machine_without_cuda_says_so()
    {
        if (cuda.is_available()) return;
        Assert.Equal(0, cuda.device_count());
        Assert.False(cuda.is_cudnn_available());
        cuda.manual_seed_all(1);
        cuda.synchronize();
        Assert.Throws<InvalidOperationException>(() => InitializeDeviceType(DeviceType.CUDA));
        Assert.Throws<ExternalException>(() => zeros(1, device: CUDA));
        using var t = zeros(1);
        Assert.Throws<ArgumentException>(() => t.cuda(CPU));
    }
}
