namespace Affect.Tests.Adapters;

public sealed class PeftParityTests
{
    public static TheoryData<string, int> Folders => new() { { "peft-lora", 8 }, { "peft-lora-rs-ffn", 24 }, { "peft-dora", 24 }, { "peft-ia3", 12 } };

    [Theory]
    [MemberData(nameof(Folders))]
    public void States_loss_gradients_count_and_merged_state_are_those_of_PEFT(string name, int gradients)
    {
        var report = Check(Repository.Golden(name));
        Assert.Equal(9, report.Tensors.Count); // five states, the last one again, loss, count, merged
        Assert.Equal(gradients, report.Gradients.Count);
        Assert.True(report.Passed, report.ToJson());
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_perturbed_adapter_weight_is_noticed(string name, int gradients)
    {
        _ = gradients;
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Repository.Golden(name))) File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        var path = Path.Combine(folder.Path, "adapter_model.safetensors");
        Dictionary<string, Tensor> tensors;
        using (var original = SafetensorsFile.Open(path)) tensors = original.Entries.Keys.ToDictionary(key => key, original.Read);
        tensors[tensors.Keys.Last()] = tensors[tensors.Keys.Last()] * 1.1 + 0.05;
        SafetensorsWriter.Write(path, tensors);
        Assert.False(Check(folder.Path).Passed);
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void An_adapter_written_by_us_has_the_names_shapes_and_fields_of_PEFT(string name, int gradients)
    {
        _ = gradients;
        using var folder = new TemporaryFolder();
        using var model = HubertModel.FromPretrained(Repository.Golden(name));
        using var adapter = SavedAdapter.Load(model, Repository.Golden(name));
        adapter.Save(folder.Path);

        using var scope = NewDisposeScope();
        using var theirs = SafetensorsFile.Open(Repository.Golden(name, "adapter_model.safetensors"));
        using var ours = SafetensorsFile.Open(Path.Combine(folder.Path, "adapter_model.safetensors"));
        Assert.Equal(theirs.Entries.Keys.Order(), ours.Entries.Keys.Order());
        foreach (var (key, entry) in theirs.Entries)
        {
            Assert.Equal(entry.Shape, ours.Entries[key].Shape);
            Assert.True(theirs.Read(key).eq(ours.Read(key)).all().ToBoolean(), key);
        }
        Assert.Equal("pt", ours.Metadata["format"]);
        Assert.Equal(Sorted(Repository.Golden(name, "adapter_config.json")), Sorted(Path.Combine(folder.Path, "adapter_config.json")));
    }

    [Fact]
    public void IA3_of_some_layers_names_its_modules_by_their_paths_since_PEFT_has_no_layers_there()
    {
        using var folder = new TemporaryFolder();
        using var model = HubertModel.FromPretrained(Repository.Golden("peft-ia3"));
        using (var adapter = new Ia3Config { Towers = [new TowerTargets { Layers = [2] }] }.InsertInto(model)) adapter.Save(folder.Path);
        var text = File.ReadAllText(Path.Combine(folder.Path, "adapter_config.json"));
        Assert.Contains("\"encoder.layers.1.feed_forward.output_dense\"", text, StringComparison.Ordinal);
        using var loaded = SavedAdapter.Load(model, folder.Path);
        Assert.Equal([2], loaded.Layers);
    }

    [Theory]
    [InlineData("\"bias\": \"none\"", "\"bias\": \"all\"", "'bias' is all, which this library does not have")]
    [InlineData("\"rank_pattern\": {}", "\"rank_pattern\": {\"q_proj\": 8}", "'rank_pattern' is {\"q_proj\":8}")]
    [InlineData("\"rank_pattern\": {}", "\"rank_pattern\": 5", "'rank_pattern' is 5")]
    [InlineData("\"alpha_pattern\": {}", "\"alpha_pattern\": [1]", "'alpha_pattern' is [1]")]
    [InlineData("\"modules_to_save\": null", "\"modules_to_save\": [null, 1]", "'modules_to_save' must be a list of names or a text, but is [null,1]")]
    [InlineData("\"peft_type\": \"LORA\"", "\"peft_type\": \"LOHA\"", "'peft_type' must be LORA or IA3, but is 'LOHA'")]
    [InlineData("\"r\": 4", "\"r\": 0", "Rank must be at least 1")]
    [InlineData("\"r\": 4", "\"r\": \"four\"", "'r' must be a whole number, but is \"four\"")]
    [InlineData("\"q_proj\"", "\"c_attn\"", "'c_attn' matches nothing")]
    [InlineData("\"q_proj\"", "\"k_proj\"", "missing")]
    public void What_we_do_not_have_or_cannot_understand_is_refused_by_name(string was, string becomes, string message)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Repository.Golden("peft-lora"))) File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        var config = Path.Combine(folder.Path, "adapter_config.json");
        var text = File.ReadAllText(config);
        Assert.Contains(was, text, StringComparison.Ordinal);
        File.WriteAllText(config, text.Replace(was, becomes, StringComparison.Ordinal));
        using var model = HubertModel.FromPretrained(folder.Path);
        Assert.Contains(message, Assert.Throws<FormatException>(() => SavedAdapter.Load(model, folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configurations_say_what_they_are()
    {
        Assert.Equal("LoRA of rank 8, alpha 16 in the usual modules of layers 4 to 6", new LoraConfig { Towers = [TowerTargets.Within(new(4, 6))] }.ToString());
        Assert.Equal("DoRA of rank 4, alpha 16 in q_proj of all layers of text_model", new DoraConfig { Rank = 4, Towers = [new() { Tower = "text_model", Modules = ["q_proj"] }] }.ToString());
        using var model = HubertModel.FromPretrained(Repository.Golden("peft-lora"));
        using var adapter = new LoraConfig { Rank = 4 }.InsertInto(model);
        Assert.EndsWith($"2,048 trainable parameters, {100.0 * 2048 / adapter.BaseCount:0.00} % of the {adapter.BaseCount:N0} that full fine-tuning trains", adapter.ToString(), StringComparison.Ordinal);
    }

    // As text with sorted lists: the order within PEFT's target_modules is that of a Python set.
    private static string Sorted(string path)
    {
        var file = ConfigFile.Open(path);
        return string.Join("\n", file.Names.Select(name => file.Raw(name) is System.Text.Json.Nodes.JsonArray list
            ? $"{name}: {string.Join(", ", list.Select(item => item!.ToJsonString()).Order(StringComparer.Ordinal))}"
            : $"{name}: {file.Raw(name)?.ToJsonString() ?? "null"}"));
    }

    private static ParityReport Check(string folder)
    {
        Assert.True(new PeftParity().Recognizes(folder));
        using var parityCase = ParityCase.Open(folder);
        new PeftParity().Run(folder, weights: null, parityCase);
        return parityCase.Report(1e-4);
    }
}
