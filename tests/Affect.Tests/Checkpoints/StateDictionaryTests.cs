namespace Affect.Tests.Checkpoints;

/// <summary>The forms in which training scripts leave a model's weights.</summary>
public sealed class StateDictionaryTests
{
    [Theory]
    [InlineData("_orig_mod.{0}")]
    [InlineData("module.{0}")]
    [InlineData("module._orig_mod.{0}")]
    [InlineData("_orig_mod.module.{0}")]
    [InlineData("_fsdp_wrapped_module.{0}")]
    [InlineData("model.{0}")]
    [InlineData("net.{0}")]
    [InlineData("model._orig_mod.hubert.{0}")]
    [InlineData("hubert._orig_mod.{0}")]
    public void What_wraps_a_model_leaves_its_weights_what_they_are(string wrapped)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(
            folder.In("model.safetensors"),
            Golden("hubert-base-tiny").ToDictionary(pair => string.Format(System.Globalization.CultureInfo.InvariantCulture, wrapped, pair.Key), pair => pair.Value));
        IsTheGoldenHubert(folder);
    }

    [Fact]
    public void A_compiled_part_of_a_model_is_that_part()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(
            folder.In("model.safetensors"),
            Golden("hubert-base-tiny").ToDictionary(pair => pair.Key.Replace("encoder.layers.", "encoder._orig_mod.layers.", StringComparison.Ordinal).Replace(".attention.", "._checkpoint_wrapped_module.attention.", StringComparison.Ordinal), pair => pair.Value));
        IsTheGoldenHubert(folder);
    }

    [Theory]
    [InlineData("model_state_dict")]
    [InlineData("state_dict")]
    [InlineData("model")]
    [InlineData("net")]
    [InlineData("module")]
    [InlineData("encoder_weights")]
    [InlineData("checkpoint/model")]
    [InlineData("model/state_dict")]
    public void Weights_beside_a_loss_that_is_a_tensor_are_found(string place)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        PickledState.Write(folder.In("pytorch_model.bin"), Golden("hubert-base-tiny"), place.Split('/'), beside: new() { ["loss"] = ones(1), ["best"] = ones(2) });
        IsTheGoldenHubert(folder);
    }

    [Fact]
    public void Two_dictionaries_of_tensors_without_a_usual_name_are_told_of()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var path = folder.In("pytorch_model.bin");
        PickledState.Write(path, Golden("hubert-base-tiny"), ["student"], beside: [], second: "teacher");
        var error = Assert.Throws<FormatException>(() => Checkpoint.Open(path));
        Assert.Contains("'student', 'teacher'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tied_weight_that_only_the_metadata_names_is_read()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        const string wanted = "embeddings.word_embeddings.weight";
        const string kept = "cls.predictions.decoder.weight";
        var tensors = Golden("bert-tiny").ToDictionary(pair => pair.Key == wanted ? kept : "bert." + pair.Key, pair => pair.Value);
        Assert.Contains(kept, tensors.Keys);
        SafetensorsWriter.Write(folder.In("model.safetensors"), tensors, new Dictionary<string, string> { ["format"] = "pt", ["bert." + wanted] = kept });
        File.Copy(Repository.Golden("bert-tiny", "config.json"), folder.In("config.json"));

        using var file = Checkpoint.Open(folder.Path);
        Assert.Equal(file.Entries[kept].Shape, file.Entries["bert." + wanted].Shape);
        using var plain = BertModel.FromPretrained(Repository.Golden("bert-tiny"));
        using var tied = BertModel.FromPretrained(folder.Path);
        Assert.True(plain.state_dict()[wanted].eq(tied.state_dict()[wanted]).all().ToBoolean());
    }

    [Fact]
    public void A_tied_weight_of_a_shard_is_read_too()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        SafetensorsWriter.Write(folder.In("a.safetensors"), new Dictionary<string, Tensor> { ["kept"] = ones(3) }, new Dictionary<string, string> { ["tied"] = "kept" });
        folder.File("model.safetensors.index.json", """{"metadata":{},"weight_map":{"kept":"a.safetensors"}}""");
        using var file = Checkpoint.Open(folder.Path);
        Assert.Equal([1f, 1f, 1f], file.Read("tied").data<float>().ToArray());
    }

    private static void IsTheGoldenHubert(TemporaryFolder folder)
    {
        File.Copy(Repository.Golden("hubert-base-tiny", "config.json"), folder.In("config.json"));
        using var plain = HubertModel.FromPretrained(Repository.Golden("hubert-base-tiny"));
        using var model = HubertModel.FromPretrained(folder.Path);
        Assert.Equal(plain.Fingerprint, model.Fingerprint);
    }

    private static Dictionary<string, Tensor> Golden(string name)
    {
        using var file = SafetensorsFile.Open(Repository.Golden(name, "model.safetensors"));
        return file.Entries.Keys.ToDictionary(key => key, file.Read);
    }
}
