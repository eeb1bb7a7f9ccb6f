using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests.NN;

public sealed class ModuleFileTests : IDisposable
{
    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".dat");

    public void Dispose() => File.Delete(path);

    private static Sequential Model() => Sequential(("first", Linear(3, 200)), ("norm", BatchNorm1d(200)), ("last", Linear(200, 2, hasBias: false)));

    [Fact]
    public void A_file_brings_every_value_back()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var from = Model();
        using var to = Model();
        from.call(randn([4, 3]));
        Assert.Same(from, from.save(path));
        var loaded = new Dictionary<string, bool>();
        Assert.Same(to, to.load(path, loadedParameters: loaded));
        foreach (var (name, value) in from.state_dict()) Near.Same(value, to.state_dict()[name], name);
        Assert.Equal(from.state_dict().Keys, loaded.Keys);
        Assert.All(loaded.Values, Assert.True);
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!, Path.GetFileName(path) + "*"));
    }

    [Fact]
    public void The_bytes_are_those_of_TorchSharps_format()
    {
        using var linear = Linear(200, 1);
        init.ones_(linear.weight);
        init.constant_(linear.bias!, 2);
        using var stream = new MemoryStream();
        linear.save(stream);
        Assert.False(stream.CanWrite);
        var bytes = stream.ToArray();
        byte[] expected = [2, 6, .. "weight"u8, 6, 2, 1, 0xC8, 1, .. Enumerable.Repeat(BitConverter.GetBytes(1f), 200).SelectMany(one => one), 4, .. "bias"u8, 6, 1, 1, .. BitConverter.GetBytes(2f)];
        Assert.Equal(expected, bytes);
    }

    [Fact]
    public void All_element_types_and_askew_tensors_survive()
    {
        using var scope = NewDisposeScope();
        foreach (var type in new[] { ScalarType.Byte, ScalarType.Int8, ScalarType.Int16, ScalarType.Int32, ScalarType.Int64, ScalarType.Float16, ScalarType.Float64, ScalarType.Bool, ScalarType.BFloat16 })
        {
            var holder = new Holder(arange(6).reshape(2, 3).t().to(type));
            using var stream = new MemoryStream();
            holder.save(stream);
            var other = new Holder(zeros([3, 2], dtype: type));
            other.load(new MemoryStream(stream.ToArray()));
            Assert.True(holder.Value.equal(other.Value).all().ToBoolean(), type.ToString());
        }
    }

    private sealed class Holder : Module
    {
        private readonly Tensor value;

        public Holder(Tensor value) : base(nameof(Holder))
        {
            this.value = value;
            RegisterComponents();
        }

        public Tensor Value => value;
    }

    [Fact]
    public void What_does_not_fit_is_refused_or_passed_over()
    {
        using var scope = NewDisposeScope();
        using var linear = Linear(2, 2);
        init.ones_(linear.weight);
        linear.save(path);
        using var bare = Linear(2, 2, hasBias: false);
        Assert.Contains("1 entries", Assert.Throws<ArgumentException>(() => bare.load(path)).Message);
        var loaded = new Dictionary<string, bool>();
        bare.load(path, strict: false, loadedParameters: loaded);
        Near.Same(ones([2, 2]), bare.weight);
        Assert.Equal(new Dictionary<string, bool> { ["weight"] = true, ["bias"] = false }, loaded);
        using var wide = Linear(3, 2);
        Assert.Contains("weight must have the shape [2, 3]", Assert.Throws<ArgumentException>(() => wide.load(path)).Message);
        wide.load(path, skip: ["weight"]);
        Assert.Contains("Convert the module first", Assert.Throws<ArgumentException>(() => linear.@double().load(path)).Message);
        linear.save(path, skip: ["bias"]);
        Assert.Throws<ArgumentException>(() => linear.load(path));
        Assert.Contains(path + "x", Assert.Throws<FileNotFoundException>(() => linear.load(path + "x")).Message);
    }

    [Fact]
    public void Broken_files_are_named_before_memory_is_taken()
    {
        using var linear = Linear(2, 2);
        using var stream = new MemoryStream();
        linear.save(stream);
        var bytes = stream.ToArray();
        for (var length = 0; length < bytes.Length; length++)
        {
            using var cut = new MemoryStream(bytes, 0, length);
            var refusal = Assert.ThrowsAny<Exception>(() => linear.load(cut));
            Assert.True(refusal is IOException or InvalidDataException, refusal.ToString());
        }
        byte[] huge = [1, 6, .. "weight"u8, 6, 2, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F];
        using var file = new MemoryStream(huge);
        Assert.Contains("impossible shape", Assert.Throws<InvalidDataException>(() => linear.load(file, strict: false, skip: ["weight"])).Message);
        byte[] type = [1, 6, .. "weight"u8, 77, 0];
        using var other = new MemoryStream(type);
        Assert.Contains("77", Assert.Throws<InvalidDataException>(() => linear.load(other, strict: false)).Message);
    }
}
