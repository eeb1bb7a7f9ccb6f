using static Affect.Tests.Encoders.TinyHubert;

namespace Affect.Tests.Encoders;

public sealed class HubertFilesTests
{
    [Fact]
    public void What_was_saved_is_loaded_again_bit_by_bit()
    {
        using var folder = new TemporaryFolder();
        using var saved = HubertModel.Random(Large with { AdapterSize = 4 }, seed: 7);
        saved.SavePretrained(folder.Path);
        using var loaded = HubertModel.FromPretrained(folder.Path);

        Assert.Equal(saved.Fingerprint, loaded.Fingerprint);
        Assert.Equal(Path.GetFileName(folder.Path), loaded.Name);
        Assert.All(loaded.parameters(), parameter => Assert.False(parameter.requires_grad));
        Assert.False(loaded.training);
    }

    [Fact]
    public void Saving_twice_gives_the_same_bytes()
    {
        using var folder = new TemporaryFolder();
        using var model = HubertModel.Random(Base, seed: 7);
        model.SavePretrained(Path.Combine(folder.Path, "1"));
        model.SavePretrained(Path.Combine(folder.Path, "2"));
        foreach (var file in new[] { "config.json", "preprocessor_config.json", "model.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(folder.Path, "1", file)), File.ReadAllBytes(Path.Combine(folder.Path, "2", file)));
    }

    [Fact]
    public void Files_are_laid_out_as_transformers_lays_them_out()
    {
        using var folder = new TemporaryFolder();
        using var model = HubertModel.FromPretrained(Repository.Golden("hubert-large-tiny"));
        model.SavePretrained(folder.Path);

        using var ours = SafetensorsFile.Open(Path.Combine(folder.Path, "model.safetensors"));
        using var theirs = SafetensorsFile.Open(Repository.Golden("hubert-large-tiny", "model.safetensors"));
        Assert.Equal(theirs.Entries.Keys.Order(StringComparer.Ordinal), ours.Entries.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("pt", ours.Metadata["format"]);

        var (written, original) = (ConfigFile.Open(Path.Combine(folder.Path, "config.json")), ConfigFile.Open(Repository.Golden("hubert-large-tiny", "config.json")));
        foreach (var name in original.Names) Assert.Equal(original.Raw(name)?.ToJsonString(), written.Raw(name)?.ToJsonString());
        Assert.Equal("Wav2Vec2FeatureExtractor", ConfigFile.Open(Path.Combine(folder.Path, "preprocessor_config.json")).Text("feature_extractor_type", ""));
    }

    [Theory]
    [InlineData("prefix")]
    [InlineData("parametrizations")]
    [InlineData("heads")]
    [InlineData("half")]
    [InlineData("no mask embedding")]
    public void Every_layout_of_the_weights_gives_the_same_model(string layout)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var plain = HubertModel.FromPretrained(Repository.Golden("hubert-base-tiny"));
        var tensors = ReadAll(Repository.Golden("hubert-base-tiny", "model.safetensors"));
        tensors = layout switch
        {
            "prefix" => tensors.ToDictionary(pair => "hubert." + pair.Key, pair => pair.Value),
            "parametrizations" => tensors.ToDictionary(
                pair => pair.Key.Replace("weight_g", "parametrizations.weight.original0", StringComparison.Ordinal)
                    .Replace("weight_v", "parametrizations.weight.original1", StringComparison.Ordinal),
                pair => pair.Value),
            "half" => tensors.ToDictionary(pair => pair.Key, pair => pair.Value.to(ScalarType.Float16)),
            _ => tensors,
        };
        if (layout == "heads")
            foreach (var name in new[] { "lm_head.weight", "lm_head.bias", "projector.weight", "classifier.bias", "layer_weights" }) tensors[name] = ones(5);
        if (layout == "no mask embedding") tensors.Remove("masked_spec_embed");
        Save(folder, tensors);

        using var model = HubertModel.FromPretrained(folder.Path);

        var (waveform, lengths) = (Waveform(1, 8_000), Lengths(8_000));
        Assert.InRange(LargestDifference(plain.Encode(waveform, lengths).Layers[4], model.Encode(waveform, lengths).Layers[4]), 0, layout == "half" ? 1e-2 : 0);
    }

    [Fact]
    public void A_positional_convolution_with_batch_norm_is_read_and_used()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var saved = HubertModel.Random(Base with { HasPositionBatchNorm = true }, seed: 7);
        using (no_grad()) saved.state_dict()["encoder.pos_conv_embed.batch_norm.running_mean"].fill_(0.5f);
        saved.SavePretrained(folder.Path);
        using var loaded = HubertModel.FromPretrained(folder.Path);
        Assert.Equal(saved.Fingerprint, loaded.Fingerprint);
        Assert.Contains("encoder.pos_conv_embed.conv.weight", loaded.state_dict().Keys);
        var (waveform, lengths) = (Waveform(1, 8_000), Lengths(8_000));
        Assert.Equal(0, LargestDifference(saved.Encode(waveform, lengths).Layers[3], loaded.Encode(waveform, lengths).Layers[3]));
    }

    [Theory]
    [InlineData("\"hidden_size\": 32", "\"hidden_size\": 64", "encoder.layer_norm.weight: model [64], file [32]")]
    [InlineData("\"num_hidden_layers\": 4", "\"num_hidden_layers\": 5", "16 missing: encoder.layers.4.attention")]
    [InlineData("\"num_hidden_layers\": 4", "\"num_hidden_layers\": 3", "16 unexpected: encoder.layers.3.attention")]
    [InlineData("\"conv_bias\": false", "\"conv_bias\": true", "7 missing: feature_extractor.conv_layers.0.conv.bias")]
    [InlineData("\"feat_extract_norm\": \"group\"", "\"feat_extract_norm\": \"layer\"", "12 missing: feature_extractor.conv_layers.1.layer_norm.weight")]
    public void A_config_that_does_not_match_the_weights_is_refused_by_name(string from, string to, string message)
    {
        using var folder = new TemporaryFolder();
        Config(folder, from, to);
        File.Copy(Repository.Golden("hubert-base-tiny", "model.safetensors"), Path.Combine(folder.Path, "model.safetensors"));
        var error = Assert.Throws<FormatException>(() => HubertModel.FromPretrained(folder.Path));
        Assert.Contains("model.safetensors does not fit the model", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"model_type\": \"hubert\"", "\"model_type\": \"bert\"", "'model_type' must be 'hubert', but is 'bert'")]
    [InlineData("\"hidden_size\": 32", "\"hidden_size\": \"32\"", "'hidden_size' must be a whole number, but is \"32\"")]
    [InlineData("\"hidden_size\": 32", "\"hidden_size\": 0", "HiddenSize must be at least 1")]
    [InlineData("\"num_attention_heads\": 4", "\"num_attention_heads\": 5", "HiddenSize must be a multiple of the 5 heads, but is 32")]
    [InlineData("\"num_conv_pos_embedding_groups\": 4", "\"num_conv_pos_embedding_groups\": 3", "multiple of the 3 position groups")]
    [InlineData("\"feat_extract_norm\": \"group\"", "\"feat_extract_norm\": \"batch\"", "'feat_extract_norm' must be one of group, layer, but is 'batch'")]
    [InlineData("\"hidden_act\": \"gelu\"", "\"hidden_act\": \"elu\"", "'hidden_act' must be one of gelu")]
    [InlineData("\"conv_bias\": false", "\"conv_bias\": 0", "'conv_bias' must be true or false, but is 0")]
    [InlineData("\"conv_bias\": false,", "", null)]
    [InlineData("\"vocab_size\": 32", "\"vocab_size\": ", "is not valid JSON")]
    [InlineData("\"vocab_size\": 32", "\"hidden_size\": 32", "is not valid JSON")]
    public void A_config_that_makes_no_sense_is_refused_by_field(string from, string to, string? message)
    {
        using var folder = new TemporaryFolder();
        var path = Config(folder, from, to);
        if (message is null)
        {
            Assert.False(HubertConfig.Read(path).ConvBias);
            return;
        }
        var error = Assert.Throws<FormatException>(() => HubertConfig.Read(path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Convolutions_of_several_lengths_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => HubertModel.Random(Base with { ConvKernels = [10, 3] }, seed: 1));
        Assert.Contains("ConvChannels, ConvKernels and ConvStrides must be of one length, but have 7, 2 and 7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_fields_have_transformers_defaults()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("config.json", """{"model_type":"hubert"}""");
        var config = HubertConfig.Read(path);
        Assert.Equal((768, 12, 12, 3072), (config.HiddenSize, config.Layers, config.Heads, config.FeedForwardSize));
        Assert.Equal((FeatureNorm.Group, Activation.Gelu, 400), (config.FeatureNorm, config.Activation, config.MinimumSamples));
        Assert.Equal(49, config.Frames(16_000));
        Assert.Equal(0, config.Frames(399));
    }

    [Fact]
    public void Input_is_normalized_unless_the_preprocessor_says_otherwise()
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        using var saved = HubertModel.Random(Base, seed: 7);
        saved.SavePretrained(folder.Path);
        Assert.True(saved.NormalizesInput);
        folder.File("preprocessor_config.json", """{"do_normalize": false}""");
        using var plain = HubertModel.FromPretrained(folder.Path);
        Assert.False(plain.NormalizesInput);
        Assert.NotEqual(saved.Fingerprint, plain.Fingerprint);
        var (waveform, lengths) = (Waveform(1, 8_000), Lengths(8_000));
        var wide = waveform.to(ScalarType.Float64);
        var normal = ((wide - wide.mean()) / (wide.var(unbiased: false) + 1e-7).sqrt()).to(ScalarType.Float32);
        Assert.InRange(LargestDifference(saved.Encode(waveform, lengths).Layers[3], plain.Encode(normal, lengths).Layers[3]), 0, 1e-5);
    }

    [Fact]
    public void A_folder_without_config_is_named()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("config.json", Assert.Throws<FileNotFoundException>(() => HubertModel.FromPretrained(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static string Config(TemporaryFolder folder, string from, string to)
    {
        var text = File.ReadAllText(Repository.Golden("hubert-base-tiny", "config.json"));
        Assert.Contains(from, text, StringComparison.Ordinal);
        return folder.File("config.json", text.Replace(from, to, StringComparison.Ordinal));
    }

    private static void Save(TemporaryFolder folder, Dictionary<string, Tensor> tensors)
    {
        File.Copy(Repository.Golden("hubert-base-tiny", "config.json"), Path.Combine(folder.Path, "config.json"));
        SafetensorsWriter.Write(Path.Combine(folder.Path, "model.safetensors"), tensors);
    }

    private static Dictionary<string, Tensor> ReadAll(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return file.Entries.Keys.ToDictionary(name => name, file.Read);
    }
}
