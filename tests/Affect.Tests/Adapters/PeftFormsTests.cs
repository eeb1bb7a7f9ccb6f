namespace Affect.Tests.Adapters;

/// <summary>Forms of PEFT's files that other versions and other scripts write.</summary>
public sealed class PeftFormsTests
{
    private static readonly string[] Base = ["config.json", "model.safetensors"];

    [Fact]
    public void An_adapter_that_began_as_the_weights_principal_part_takes_that_part_off_them()
    {
        using var folder = Folder("peft-pissa");
        using var parityCase = ParityCase.Open(folder.Path);
        new PeftParity().Run(folder.Path, weights: null, parityCase);
        var report = parityCase.Report(1e-4);
        Assert.Equal(9, report.Tensors.Count);
        Assert.True(report.Passed, report.ToJson());
    }

    [Theory]
    [InlineData(LoraInitialisation.Pissa)]
    [InlineData(LoraInitialisation.Olora)]
    public void A_fresh_adapter_of_the_weights_own_parts_changes_nothing_and_reads_back(LoraInitialisation initialisation)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var model = HubertModel.FromPretrained(Repository.Golden("peft-lora"));
        var waveform = randn([1, 4000], generator: new Generator(1));
        var before = model.call(waveform, null).Layers[^1].clone();
        Tensor trained;
        using (var adapter = new LoraConfig { Rank = 4, Initialisation = initialisation }.InsertInto(model))
        {
            Assert.InRange(Largest(before, model.call(waveform, null).Layers[^1]), 0, 1e-4);
            using (no_grad())
                foreach (var (name, parameter) in adapter.Parameters)
                    if (name.Contains("lora_B", StringComparison.Ordinal)) parameter.add_(0.05f);
            trained = model.call(waveform, null).Layers[^1].clone();
            Assert.True(Largest(before, trained) > 1e-3);
            adapter.Save(folder.Path);
            adapter.Merge();
            Assert.InRange(Largest(trained, model.call(waveform, null).Layers[^1]), 0, 1e-4);
            adapter.Unmerge();
            adapter.Disable();
            Assert.Equal(0, Largest(before, model.call(waveform, null).Layers[^1]));
        }
        Assert.Contains($"\"init_lora_weights\": \"{initialisation.ToString().ToLowerInvariant()}\"", File.ReadAllText(folder.In("adapter_config.json")), StringComparison.Ordinal);
        using var loaded = SavedAdapter.Load(model, folder.Path);
        Assert.InRange(Largest(trained, model.call(waveform, null).Layers[^1]), 0, 1e-5);
    }

    [Theory]
    [InlineData("init_lora_weights", "\"pissa_niter_4\"")]
    [InlineData("init_lora_weights", "\"corda\"")]
    [InlineData("init_lora_weights", "\"loftq\"")]
    [InlineData("init_lora_weights", "\"lora_ga\"")]
    [InlineData("bias", "\"lora_only\"")]
    [InlineData("lora_bias", "true")]
    [InlineData("fan_in_fan_out", "true")]
    [InlineData("alpha_pattern", """{"q_proj":2}""")]
    [InlineData("layer_replication", "[[0,2],[1,3]]")]
    [InlineData("target_parameters", """["encoder.layers.0.attention.q_proj.weight"]""")]
    [InlineData("trainable_token_indices", "[1,2]")]
    [InlineData("use_qalora", "true")]
    [InlineData("megatron_config", """{"a":1}""")]
    [InlineData("arrow_config", """{"top_k":2}""")]
    [InlineData("alora_invocation_tokens", "[5]")]
    [InlineData("lora_scale", "0.5")]
    [InlineData("modules_to_save", """["feature_projection"]""")]
    public void What_would_change_a_number_and_cannot_be_done_is_refused_by_name(string field, string value)
    {
        using var folder = Folder("peft-lora", (field, value));
        using var model = HubertModel.FromPretrained(folder.Path);
        var error = Assert.Throws<FormatException>(() => SavedAdapter.Load(model, folder.Path));
        Assert.StartsWith(folder.In("adapter_config.json"), error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{field}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("layers_to_transform", "[3,1]")]
    [InlineData("init_lora_weights", "false")]
    [InlineData("init_lora_weights", "\"gaussian\"")]
    [InlineData("init_lora_weights", "\"eva\"")]
    [InlineData("init_lora_weights", "\"orthogonal\"")]
    [InlineData("exclude_modules", "[]")]
    [InlineData("exclude_modules", "\".*k_proj\"")]
    [InlineData("exclude_modules", "null")]
    [InlineData("target_modules", """["q_proj","v_proj","c_attn"]""")]
    [InlineData("layers_pattern", "[]")]
    [InlineData("peft_version", "\"0.18.0\"")]
    [InlineData("runtime_config", """{"ephemeral_gpu_offload":false}""")]
    [InlineData("lora_bias", "false")]
    [InlineData("use_qalora", "false")]
    [InlineData("qalora_group_size", "16")]
    [InlineData("ensure_weight_tying", "false")]
    [InlineData("lora_dropout", "0.1")]
    [InlineData("task_type", "\"FEATURE_EXTRACTION\"")]
    [InlineData("eva_config", "null")]
    [InlineData("use_something_newer", "false")]
    public void What_says_the_same_in_other_words_loads(string field, string value)
    {
        using var folder = Folder("peft-lora", (field, value));
        using var parityCase = ParityCase.Open(folder.Path);
        new PeftParity().Run(folder.Path, weights: null, parityCase);
        var report = parityCase.Report(1e-4);
        Assert.True(report.Passed, report.ToJson());
    }

    [Theory]
    [InlineData("""["layers.2.attention.q_proj","layers.2.attention.v_proj"]""")]
    [InlineData("\".*layers\\\\.2\\\\..*\"")]
    [InlineData("""["encoder.layers.2.attention.q_proj","hubert.encoder.layers.2.attention.v_proj"]""")]
    public void Excluded_modules_have_no_adapter(string excluded)
    {
        using var folder = Folder("peft-exclude-modules", ("exclude_modules", excluded));
        AreThree(folder);
    }

    [Theory]
    [InlineData("layers_to_transform", "[]")]
    [InlineData("layers_to_transform", "[0,1,2,3]")]
    [InlineData("target_modules", "\".*layers\\\\.[013]\\\\.attention\\\\.(q|v)_proj\"")]
    [InlineData("target_modules", "\"hubert\\\\.encoder.*(q|v)_proj\"")]
    [InlineData("target_modules", """["attention.q_proj","attention.v_proj","query","value"]""")]
    public void Modules_are_found_in_every_spelling(string field, string value)
    {
        using var folder = Folder("peft-exclude-modules", (field, value));
        AreThree(folder);
    }

    private static void AreThree(TemporaryFolder folder)
    {
        using var model = HubertModel.FromPretrained(folder.Path);
        using var adapter = SavedAdapter.Load(model, folder.Path);
        Assert.Equal([1, 2, 4], adapter.Layers);
        Assert.Equal(6, adapter.Targets.Count);
        adapter.Save(folder.In("again"));
        adapter.Remove();
        using var again = SavedAdapter.Load(model, folder.In("again"));
        Assert.Equal(6, again.Targets.Count);
    }

    [Theory]
    [InlineData("""["projector","classifier"]""")]
    [InlineData("null")]
    public void Heads_of_another_task_are_left_aside(string saved)
    {
        using var folder = Folder("peft-lora", ("modules_to_save", saved));
        using var scope = NewDisposeScope();
        var tensors = Read(folder.In("adapter_model.safetensors")).ToDictionary(pair => pair.Key.Replace("model.encoder", "model.hubert.encoder", StringComparison.Ordinal), pair => pair.Value);
        foreach (var (name, shape) in new (string, long[])[] { ("projector.weight", [16, 32]), ("projector.bias", [16]), ("classifier.weight", [6, 16]), ("classifier.bias", [6]) })
            tensors["base_model.model." + name] = ones(shape);
        SafetensorsWriter.Write(folder.In("adapter_model.safetensors"), tensors);

        using var parityCase = ParityCase.Open(folder.Path);
        new PeftParity().Run(folder.Path, weights: null, parityCase);
        Assert.True(parityCase.Report(1e-4).Passed);

        using var classifier = nn.Linear(16, 6);
        using var model = HubertModel.FromPretrained(folder.Path);
        using var adapter = SavedAdapter.Load(model, folder.Path, new Dictionary<string, nn.Module> { ["classifier"] = classifier });
        Assert.Equal(96, classifier.weight.sum().ToDouble());
    }

    [Theory]
    [InlineData("")]
    [InlineData("_orig_mod.")]
    [InlineData("module.")]
    public void An_adapter_in_a_bin_file_is_read(string wrapper)
    {
        using var folder = Folder("peft-lora");
        using var scope = NewDisposeScope();
        PickledState.Write(folder.In("adapter_model.bin"), Read(folder.In("adapter_model.safetensors")).ToDictionary(pair => wrapper + pair.Key, pair => pair.Value), place: [], beside: []);
        File.Delete(folder.In("adapter_model.safetensors"));
        using var parityCase = ParityCase.Open(folder.Path);
        new PeftParity().Run(folder.Path, weights: null, parityCase);
        Assert.True(parityCase.Report(1e-4).Passed);
    }

    [Fact]
    public void An_adapter_without_weights_is_told_of_with_both_names()
    {
        using var folder = Folder("peft-lora");
        File.Delete(folder.In("adapter_model.safetensors"));
        using var model = HubertModel.FromPretrained(folder.Path);
        var error = Assert.Throws<FileNotFoundException>(() => SavedAdapter.Load(model, folder.Path));
        Assert.Contains("adapter_model.safetensors, adapter_model.bin", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("scale", "2")]
    [InlineData("towers", """[{"tower":null,"modules":null,"layers":null,"excluded":["x"]}]""")]
    public void An_unknown_field_of_our_own_files_is_refused_by_name(string field, string value)
    {
        using var folder = new TemporaryFolder();
        using var model = HubertModel.FromPretrained(Repository.Golden("peft-lora"));
        using (var adapter = new Affect.Adapters.BitFit.BitFitConfig().InsertInto(model)) adapter.Save(folder.Path);
        var config = JsonNode.Parse(File.ReadAllText(folder.In("adapter_config.json")))!.AsObject();
        config[field] = JsonNode.Parse(value);
        folder.File("adapter_config.json", config.ToJsonString());
        var error = Assert.Throws<FormatException>(() => SavedAdapter.Load(model, folder.Path));
        Assert.Contains(field == "towers" ? "'excluded'" : "'scale'", error.Message, StringComparison.Ordinal);
    }

    private static double Largest(Tensor a, Tensor b) => (a - b).abs().max().ToDouble();

    private static Dictionary<string, Tensor> Read(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Entries.Keys.ToDictionary(key => key, file.Read);
    }

    // The golden's files over those of peft-lora's base, with one field changed.
    private static TemporaryFolder Folder(string golden, (string Field, string Value)? change = null)
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Repository.Golden(golden))) File.Copy(file, folder.In(Path.GetFileName(file)));
        foreach (var name in Base) File.Copy(Repository.Golden("peft-lora", name), folder.In(name), overwrite: true);
        if (change is not { } one) return folder;
        var config = JsonNode.Parse(File.ReadAllText(folder.In("adapter_config.json")))!.AsObject();
        config[one.Field] = JsonNode.Parse(one.Value);
        folder.File("adapter_config.json", config.ToJsonString());
        return folder;
    }
}
