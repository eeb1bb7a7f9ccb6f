namespace Affect.Tests.Checkpoints;

public sealed class PyTorchFileTests
{
    /// <summary>Pickles that ask for more than tensors: what they call, and how.</summary>
    public static TheoryData<string, byte[]> HostilePickles => new()
    {
        { "os.system", Bytes(new PickleBuilder().Protocol(2).Global("os", "system").Code("(").Text("touch owned").Code("tR.")) },
        { "posix.system", Bytes(new PickleBuilder().Protocol(4).Text("posix").Text("system").Code("\x93(").Text("touch owned").Code("tR.")) },
        { "os.system", Bytes(new PickleBuilder().Protocol(0).Code("ios\nsystem\n.")) },
        { "builtins.eval", Bytes(new PickleBuilder().Protocol(2).Code("}").Text("w").Global("builtins", "eval").Code("(").Text("1").Code("tRs.")) },
        { "torch.load", Bytes(new PickleBuilder().Protocol(2).Global("torch", "load").Code("(").Text("x").Code("tR.")) },
        { "torch._utils._rebuild_qtensor", Bytes(new PickleBuilder().Protocol(2).Global("torch._utils", "_rebuild_qtensor").Code(".")) },
        { "argparse.Namespace", Bytes(new PickleBuilder().Protocol(2).Global("argparse", "Namespace").Code(")\x81}b.")) },
    };

    [Theory]
    [MemberData(nameof(HostilePickles))]
    public void A_pickle_that_asks_for_more_than_tensors_is_refused_by_name(string asked, byte[] pickle)
    {
        using var folder = new TemporaryFolder();
        var path = new PickleBuilder().Raw(pickle).WriteZip(folder.Path);

        var error = Assert.Throws<FormatException>(() => PyTorchFile.Open(path));

        Assert.Contains($"asks for '{asked}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("nothing of it was run", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists("owned") || File.Exists(Path.Combine(folder.Path, "owned")));
    }

    [Fact]
    public void The_archive_and_the_safetensors_file_of_one_model_hold_the_same()
    {
        using var scope = NewDisposeScope();
        using var archive = PyTorchFile.Open(Repository.Golden("hubert-base-tiny", "pytorch_model.bin"));
        using var file = SafetensorsFile.Open(Repository.Golden("hubert-base-tiny", "model.safetensors"));

        Assert.Equal(file.Entries.Keys.Order(StringComparer.Ordinal), archive.Entries.Keys.Order(StringComparer.Ordinal));
        foreach (var name in file.Entries.Keys)
            Assert.True(file.Read(name).data<float>().ToArray().SequenceEqual(archive.Read(name).data<float>().ToArray()), name);
    }

    [Theory]
    [InlineData("views.bin")]
    [InlineData("training.bin")]
    public void Views_are_read_by_value_whatever_their_strides(string name)
    {
        using var scope = NewDisposeScope();
        using var file = PyTorchFile.Open(Repository.Golden("pytorch", name));
        var square = arange(24, dtype: ScalarType.Float32).reshape(4, 6);
        var expected = new Dictionary<string, Tensor>
        {
            ["base"] = square,
            ["transposed"] = square.t(),
            ["window"] = square.slice(0, 1, 3, 1).slice(1, 2, 5, 1),
            ["expanded"] = full([5, 1], 15f),
            ["every_second"] = square.slice(1, 0, 6, 2),
            ["scalar"] = tensor(2.5f),
            ["empty"] = zeros([0, 3]),
            ["bfloat16"] = tensor(new[] { 1.5f, -2f }).to(ScalarType.BFloat16),
            ["float16"] = tensor(new[] { 0.5f, 65504f }).to(ScalarType.Float16),
            ["float64"] = tensor(new[] { 1e-300 }),
            ["int64"] = tensor(new[] { -(1L << 62), 7L }),
            ["int32"] = tensor(new[] { -5 }),
            ["int16"] = tensor(new short[] { -300 }),
            ["int8"] = tensor(new sbyte[] { -128 }),
            ["uint8"] = tensor(new byte[] { 255 }),
            ["bool"] = tensor(new[] { true, false }),
            ["parameter"] = tensor(new[] { 3f }),
        };

        Assert.Equal(expected.Keys, file.Entries.Keys);
        foreach (var (key, value) in expected)
        {
            var read = file.Read(key);
            Assert.Equal(value.dtype, read.dtype);
            Assert.Equal(value.shape, read.shape);
            Assert.True(read.eq(value).all().ToBoolean(), key);
        }
    }

    [Theory]
    [InlineData("legacy.bin", "before version 1.6", "torch.save(torch.load(")]
    [InlineData("torchscript.bin", "TorchScript archive", "torch.save")]
    public void Another_kind_of_file_of_PyTorch_is_refused_with_what_to_do(string name, string kind, string advice)
    {
        var path = Repository.Golden("pytorch", name);
        Refused(path, kind);
        Refused(path, advice);
    }

    [Fact]
    public void Files_that_are_something_else_are_told_apart()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.bin");
        File.WriteAllText(path, "version https://git-lfs.github.com/spec/v1");
        Refused(path, "Git LFS pointer");
        File.WriteAllText(path, "version 1 of something else");
        Refused(path, "neither a zip archive nor a pickle");
        File.WriteAllBytes(path, []);
        Refused(path, "is empty");
        Assert.Throws<FileNotFoundException>(() => PyTorchFile.Open(path + ".not"));
    }

    [Fact]
    public void Every_truncation_of_a_real_archive_is_refused()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Repository.Golden("hubert-base-tiny", "pytorch_model.bin"));
        var path = Path.Combine(folder.Path, "cut.bin");
        foreach (var length in new[] { 3, 30, 10_000, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<FormatException>(() => PyTorchFile.Open(path));
        }
    }

    [Fact]
    public void Every_truncation_of_a_pickle_is_refused()
    {
        var whole = PickleBuilder.OneTensor(0, [2, 2], [2, 1]).ToArray();
        for (var length = 0; length < whole.Length; length++)
        {
            using var folder = new TemporaryFolder();
            var path = new PickleBuilder().Raw(whole[..length]).WriteZip(folder.Path);
            Assert.Throws<FormatException>(() => PyTorchFile.Open(path));
        }
    }

    [Theory]
    [InlineData(0, new[] { 5 }, new[] { 1 }, "reaches beyond the 16 bytes of its storage '0'")]
    [InlineData(3, new[] { 2 }, new[] { 1 }, "reaches beyond")]
    [InlineData(0, new[] { 2, 2 }, new[] { 3, 1 }, "reaches beyond")]
    [InlineData(-1, new[] { 1 }, new[] { 1 }, "make no sense")]
    [InlineData(0, new[] { -1 }, new[] { 1 }, "make no sense")]
    [InlineData(3, new[] { 2 }, new[] { -1 }, "make no sense")]
    [InlineData(0, new[] { 2, 2 }, new[] { 1 }, "make no sense")]
    [InlineData(0, new[] { 1 << 30, 1 << 30 }, new[] { 0, 0 }, "repeats a storage of 16 bytes too often")]
    public void A_tensor_outside_its_storage_is_refused_by_name(int offset, int[] shape, int[] strides, string message)
    {
        using var folder = new TemporaryFolder();
        var path = PickleBuilder.OneTensor(offset, shape, strides).WriteZip(folder.Path);
        Refused(path, "tensor 'w'");
        Refused(path, message);
    }

    [Fact]
    public void An_archive_that_lacks_something_or_is_packed_or_of_the_other_byte_order_is_refused()
    {
        var one = PickleBuilder.OneTensor(0, [4], [1]);
        var large = new Dictionary<string, byte[]> { ["0"] = new byte[4096] };
        Archive(folder => PickleBuilder.OneTensor(0, [4], [1], key: "7").WriteZip(folder), "storage '7', which the archive does not hold");
        Archive(folder => one.WriteZip(folder, large, CompressionLevel.Optimal), "is compressed");
        Archive(folder => one.WriteZip(folder, extra: "archive/byteorder"), "'big' byte order");
        Archive(folder => new PickleBuilder().Protocol(2).Code("}").Text("epoch").Integer(3).Code("s.").WriteZip(folder), "no dictionary of tensors");

        static void Archive(Func<string, string> write, string message)
        {
            using var folder = new TemporaryFolder();
            Refused(write(folder.Path), message);
        }
    }

    private static void Refused(string path, string message) =>
        Assert.Contains(message, Assert.Throws<FormatException>(() => PyTorchFile.Open(path)).Message, StringComparison.Ordinal);

    private static byte[] Bytes(PickleBuilder builder) => builder.ToArray();
}
