namespace Affect.Tests.Checkpoints;

public sealed class SafetensorsFileTests
{
    private const ulong TwoToTheSixty = 1UL << 60;

    /// <summary>What is wrong, the header, the data's bytes, and what the message must say.</summary>
    public static TheoryData<string, string, int, string> BadHeaders => new()
    {
        { "not JSON", "{\"a\":", 0, "not valid JSON" },
        { "not an object", "[1,2,3,4]", 0, "must be a JSON object" },
        { "not UTF-16", """{"a\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "not valid JSON" },
        { "an entry that is a number", """{"a":1}""", 0, "'a' must be described by an object" },
        { "no dtype", """{"a":{"shape":[1],"data_offsets":[0,4]}}""", 4, "'a' has no dtype" },
        { "an unknown dtype", """{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", 4, "dtype 'F8_E4M3'; known are F64, F32" },
        { "no shape", """{"a":{"dtype":"F32","data_offsets":[0,4]}}""", 4, "'a' has no shape" },
        { "a negative size", """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "'a' has -1 in its shape" },
        { "a size beyond 64 bits", """{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 4, "in its shape" },
        { "a fraction", """{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "'a' has 1.5 in its shape" },
        { "offsets that run backwards", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "'a' must have data_offsets [begin, end], but has [4, 0]" },
        { "one offset", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4]}}""", 4, "data_offsets [begin, end]" },
        { "a shape of another size", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "'a' of shape [2] and dtype F32 takes 8 bytes, but its data_offsets span 4" },
        { "a shape whose product overflows", """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "more than 2^63 bytes" },
        { "a name twice", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "'a' is described twice" },
        { "offsets outside the file", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 4, "'a' spans bytes 4 to 12 of the data, of which the file has 4" },
        { "truncated data", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 9, "'b' spans bytes 4 to 12" },
        { "overlapping tensors", """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "'a' and 'b' overlap" },
        { "the same bytes twice", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "overlap" },
        { "a hole", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "bytes 0 to 4 of the data, before tensor 'a', belong to no tensor" },
        { "bytes left over", """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 6, "after the last tensor, belong to no tensor" },
        { "metadata that is no text", """{"__metadata__":{"format":1}}""", 0, "__metadata__ 'format' must be a text" },
        { "metadata that is no object", """{"__metadata__":"pt"}""", 0, "__metadata__ must be an object" },
    };

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public void A_damaged_header_is_refused_by_name(string what, string header, int dataBytes, string message)
    {
        using var folder = new TemporaryFolder();
        var path = SafetensorsBytes.Write(folder.Path, header, dataBytes);

        var error = Assert.Throws<FormatException>(() => SafetensorsFile.Open(path));

        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), $"{what}: {error.Message}");
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TwoToTheSixty, "claims 1152921504606846976 bytes, more than the limit")]
    [InlineData(ulong.MaxValue, "more than the limit")]
    [InlineData(1000UL, "claims 1000 bytes, but only 2 follow; the file is truncated")]
    public void A_header_longer_than_the_file_is_refused_before_anything_is_allocated(ulong claimed, string message)
    {
        using var folder = new TemporaryFolder();
        var path = SafetensorsBytes.Write(folder.Path, "{}", 0, claimed);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Throws<FormatException>(() => SafetensorsFile.Open(path));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    public void A_file_that_is_too_small_is_called_truncated(int bytes)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.safetensors");
        File.WriteAllBytes(path, new byte[bytes]);

        Assert.Contains("empty or truncated", Assert.Throws<FormatException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_of_a_real_file_is_refused()
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Repository.Golden("hubert-base-tiny", "model.safetensors"));
        var path = Path.Combine(folder.Path, "cut.safetensors");
        foreach (var length in new[] { 0, 4, 8, 100, 8000, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<FormatException>(() => SafetensorsFile.Open(path));
        }
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var error = Assert.Throws<FileNotFoundException>(() => SafetensorsFile.Open("/nowhere/model.safetensors"));
        Assert.Contains("/nowhere/model.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_real_file_says_what_it_holds()
    {
        using var file = SafetensorsFile.Open(Repository.Golden("hubert-base-tiny", "model.safetensors"));

        Assert.Equal(83, file.Entries.Count);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(new TensorEntry("x", ScalarType.Float32, [32, 8, 16]).Shape, file.Entries["encoder.pos_conv_embed.conv.weight_v"].Shape);
        Assert.Equal("masked_spec_embed", file.Entries.Keys.First());
    }

    [Fact]
    public void A_name_that_is_not_there_is_named()
    {
        using var file = SafetensorsFile.Open(Repository.Golden("hubert-base-tiny", "model.safetensors"));
        Assert.Contains("no tensor 'lm_head.weight'", Assert.Throws<ArgumentException>(() => file.Read("lm_head.weight")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Trailing_spaces_in_the_header_are_padding()
    {
        using var folder = new TemporaryFolder();
        var path = SafetensorsBytes.Write(folder.Path, """{"a":{"dtype":"U8","shape":[3],"data_offsets":[0,3]}}      """, 3);
        using var file = SafetensorsFile.Open(path);
        using var read = file.Read("a");
        Assert.Equal([0, 0, 0], read.data<byte>().ToArray());
    }
}
