namespace Affect.Tests.Checkpoints;

public sealed class SafetensorsWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    private static readonly ScalarType[] Types =
    [
        ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16,
        ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool,
    ];

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Tensors_of_every_type_come_back_as_they_were()
    {
        var tensors = Types.ToDictionary(type => type.ToString(), type => tensor(new[] { 0f, 1f, 3f, 100f }).to(type));

        var path = folder.In("types.safetensors");
        SafetensorsWriter.Write(path, tensors);

        using var file = SafetensorsFile.Open(path);
        Assert.Equal(Types.Length, file.Entries.Count);
        foreach (var (name, expected) in tensors)
        {
            var read = file.Read(name);
            Assert.Equal(expected.dtype, read.dtype);
            Assert.Equal(expected.to(ScalarType.Float64).data<double>().ToArray(), read.to(ScalarType.Float64).data<double>().ToArray());
        }
    }

    [Fact]
    public void Scalars_empty_tensors_and_views_are_written_by_value()
    {
        var square = arange(6, dtype: ScalarType.Float32).reshape(2, 3);
        var path = folder.In("views.safetensors");
        SafetensorsWriter.Write(path, new Dictionary<string, Tensor>
        {
            ["scalar"] = tensor(2.5f),
            ["empty"] = zeros([0, 4]),
            ["transposed"] = square.t(),
            ["repeated"] = square[0].unsqueeze(0).expand(2, 3),
        });

        using var file = SafetensorsFile.Open(path);
        Assert.Empty(file.Read("scalar").shape);
        Assert.Equal(2.5f, file.Read("scalar").ToSingle());
        Assert.Equal([0, 4], file.Read("empty").shape);
        Assert.Equal([0f, 3, 1, 4, 2, 5], file.Read("transposed").data<float>().ToArray());
        Assert.Equal([0f, 1, 2, 0, 1, 2], file.Read("repeated").data<float>().ToArray());
    }

    [Fact]
    public void The_same_tensors_give_the_same_bytes_in_whatever_order_they_come()
    {
        var (a, b) = (ones(3), zeros([2], dtype: ScalarType.Int64));
        var (one, two) = (folder.In("1"), folder.In("2"));
        SafetensorsWriter.Write(one, new Dictionary<string, Tensor> { ["a"] = a, ["b"] = b }, new Dictionary<string, string> { ["x"] = "1", ["format"] = "pt" });
        SafetensorsWriter.Write(two, new Dictionary<string, Tensor> { ["b"] = b, ["a"] = a }, new Dictionary<string, string> { ["format"] = "pt", ["x"] = "1" });

        Assert.Equal(File.ReadAllBytes(one), File.ReadAllBytes(two));
    }

    [Fact]
    public void The_header_is_a_multiple_of_eight_and_names_keep_their_letters()
    {
        using var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, new Dictionary<string, Tensor> { ["größe/大\"x\""] = ones(1) }, null);

        var bytes = stream.ToArray();
        var length = BitConverter.ToUInt64(bytes);
        Assert.Equal(0UL, length % 8);
        Assert.Contains("größe/大", System.Text.Encoding.UTF8.GetString(bytes, 8, (int)length), StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_without_a_name_is_refused_before_the_file_is_touched()
    {
        using var complex = zeros([1], dtype: ScalarType.ComplexFloat32);
        var path = folder.In("a.safetensors");
        var error = Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(path, new Dictionary<string, Tensor> { ["a"] = complex }));
        Assert.Contains("'a' is of ComplexFloat32", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [LinuxFact]
    public void A_full_disk_leaves_the_old_file_and_no_other()
    {
        var path = folder.In("model.safetensors");
        SafetensorsWriter.Write(path, new Dictionary<string, Tensor> { ["a"] = ones(2) });
        var before = File.ReadAllBytes(path);

        // /dev/full answers every write as a full disk does, in the kernel's own words.
        var error = Assert.Throws<IOException>(() => AtomicFile.Write(path, _ =>
        {
            using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            SafetensorsWriter.Write(full, new Dictionary<string, Tensor> { ["a"] = ones(100_000) }, null);
        }));

        Assert.StartsWith(path + " could not be written", error.Message, StringComparison.Ordinal);
        Assert.Contains("No space left on device", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
