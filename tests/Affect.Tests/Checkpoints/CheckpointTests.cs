namespace Affect.Tests.Checkpoints;

public sealed class CheckpointTests
{
    [Fact]
    public void A_folder_is_opened_by_its_safetensors_file_first()
    {
        using var checkpoint = Checkpoint.Open(Repository.Golden("hubert-base-tiny"));
        Assert.IsType<SafetensorsFile>(checkpoint);
    }

    [Fact]
    public void A_file_is_opened_by_its_content_whatever_its_name()
    {
        using var folder = new TemporaryFolder();
        var disguised = Path.Combine(folder.Path, "weights.safetensors");
        File.Copy(Repository.Golden("hubert-base-tiny", "pytorch_model.bin"), disguised);
        using var checkpoint = Checkpoint.Open(disguised);
        Assert.IsType<PyTorchFile>(checkpoint);
    }

    [Fact]
    public void A_folder_without_weights_says_what_it_should_hold()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<FileNotFoundException>(() => Checkpoint.Open(folder.Path));
        Assert.Contains("expected one of model.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_are_read_as_one()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(Path.Combine(folder.Path, "model-1.safetensors"), new Dictionary<string, Tensor> { ["a"] = ones(2) });
        SafetensorsWriter.Write(Path.Combine(folder.Path, "model-2.safetensors"), new Dictionary<string, Tensor> { ["b"] = full([3], 2f) });
        WriteIndex(folder, """{"metadata":{"total_size":20},"weight_map":{"a":"model-1.safetensors","b":"model-2.safetensors"}}""");

        using var checkpoint = Checkpoint.Open(folder.Path);

        Assert.Equal(["a", "b"], checkpoint.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([2f, 2, 2], checkpoint.Read("b").data<float>().ToArray());
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"../outside.safetensors"}}""", "must lie in a file beside the index")]
    [InlineData("""{"weight_map":{"a":"/etc/passwd"}}""", "must lie in a file beside the index")]
    [InlineData("""{"weight_map":{"a":".."}}""", "must lie in a file beside the index")]
    [InlineData("""{"weight_map":{"a":3}}""", "must lie in a file beside the index")]
    [InlineData("""{"weight_map":{"a":"shard.safetensors","a":"shard.safetensors"}}""", "listed twice")]
    [InlineData("""{"weight_map":{"b":"shard.safetensors"}}""", "tensor 'b' should be in shard.safetensors, which does not hold it")]
    [InlineData("""{"weights":{}}""", "weight_map")]
    [InlineData("""{"weight_map":""", "not valid JSON")]
    public void A_damaged_index_is_refused(string index, string message)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(Path.Combine(folder.Path, "shard.safetensors"), new Dictionary<string, Tensor> { ["a"] = ones(2) });
        WriteIndex(folder, index);
        Assert.Contains(message, Assert.Throws<FormatException>(() => Checkpoint.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_shard_is_named()
    {
        using var folder = new TemporaryFolder();
        WriteIndex(folder, """{"weight_map":{"a":"model-00001-of-00002.safetensors"}}""");
        var error = Assert.Throws<FileNotFoundException>(() => Checkpoint.Open(folder.Path));
        Assert.Contains("model-00001-of-00002.safetensors, which is missing", error.Message, StringComparison.Ordinal);
    }

    private static void WriteIndex(TemporaryFolder folder, string json) => File.WriteAllText(Path.Combine(folder.Path, "model.safetensors.index.json"), json);
}
