namespace Affect.Tests.Encoders;

/// <summary>A field that could change a number is obeyed or refused; one that cannot is passed over.</summary>
public sealed class FieldsThatMatterTests
{
    [Fact]
    public void What_stands_in_vision_config_dict_and_text_config_dict_wins()
    {
        using var folder = Copy("clip-tiny");
        foreach (var name in new[] { "config.json", "case.safetensors" }) File.Copy(Repository.Golden("clip-config-dict", name), folder.In(name), overwrite: true);
        using var parityCase = ParityCase.Open(folder.Path);
        new CLIPParity().Run(folder.Path, weights: null, parityCase);
        var report = parityCase.Report(1e-4);
        Assert.True(report.Passed, report.ToJson());
        Assert.True(report.Tensors.Count >= 12);
    }

    [Fact]
    public void A_config_dict_gives_all_fields_their_defaults_that_it_does_not_name()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("config.json", """
            {"model_type":"clip","text_config":{"hidden_size":32,"eos_token_id":2,"num_attention_heads":4},"text_config_dict":{"hidden_size":64,"num_attention_heads":4},"vision_config":{"hidden_act":"gelu"},"vision_config_dict":null}
            """);
        var config = CLIPConfig.Read(path);
        Assert.Equal((64, 49407), (config.Text.HiddenSize, config.Text.EndToken));
        Assert.Equal(Affect.Encoders.Transformer.Activation.Gelu, config.Vision.Activation);
    }

    [Theory]
    [InlineData("""{"processor_class":"Wav2Vec2Processor","feature_extractor":{"do_normalize":false,"feature_extractor_type":"Wav2Vec2FeatureExtractor","feature_size":1,"padding_side":"right","padding_value":0.0,"return_attention_mask":false,"sampling_rate":16000}}""", null, false)]
    [InlineData("""{"audio_processor":{"do_normalize":false}}""", null, false)]
    [InlineData("""{"feature_extractor":{"do_normalize":false}}""", """{"do_normalize":true}""", false)]
    [InlineData("""{"processor_class":"Wav2Vec2Processor"}""", """{"do_normalize":false}""", false)]
    [InlineData("""{"processor_class":"Wav2Vec2Processor"}""", null, true)]
    public void What_processor_config_says_of_sound_is_obeyed(string processor, string? preprocessor, bool normalizes)
    {
        using var folder = Copy("hubert-base-tiny");
        folder.File("processor_config.json", processor);
        if (preprocessor is not null) folder.File("preprocessor_config.json", preprocessor);
        using var model = HubertModel.FromPretrained(folder.Path);
        Assert.Equal(normalizes, model.NormalizesInput);
        using var random = HubertModel.RandomLike(folder.Path, seed: 1);
        Assert.Equal(normalizes, random.NormalizesInput);
    }

    [Fact]
    public void What_processor_config_says_of_pictures_is_obeyed()
    {
        using var folder = Copy("clip-tiny");
        folder.File("processor_config.json", """
            {"processor_class":"CLIPProcessor","image_processor":{"image_processor_type":"CLIPImageProcessorFast","size":{"shortest_edge":40},"crop_size":{"height":32,"width":32},"image_mean":[0.5,0.5,0.5],"do_rescale":false,"data_format":"channels_first"}}
            """);
        using var model = CLIPModel.FromPretrained(folder.Path);
        Assert.Equal((40, 32, 0.5, 1.0), (model.Preprocessing.Size, model.Preprocessing.Crop, model.Preprocessing.Mean[0], model.Preprocessing.RescaleFactor));

        using var other = Copy("vit-tiny");
        other.File("processor_config.json", """{"image_processor":{"image_processor_type":"ViTImageProcessor","size":{"height":32,"width":32},"do_normalize":false}}""");
        using var vit = VitModel.FromPretrained(other.Path);
        Assert.Equal(1.0, vit.Preprocessing.Deviation[0]);
    }

    [Theory]
    [InlineData("""{"rescale_factor":0.00784313725490196,"image_mean":[0.5,0.5,0.5],"image_std":[0.5,0.5,0.5]}""", (255 / 127.5 - 0.5) / 0.5)]
    [InlineData("""{"do_rescale":false,"image_mean":[0.5,0.5,0.5],"image_std":[0.5,0.5,0.5]}""", (255 - 0.5) / 0.5)]
    [InlineData("""{"do_rescale":false,"rescale_factor":0.5,"do_normalize":false}""", 255)]
    [InlineData("""{"rescale_factor":0.00392156862745098,"image_mean":0.5,"image_std":0.5}""", 1)]
    public void A_picture_is_scaled_as_the_file_says(string json, double white)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var node = JsonNode.Parse(json)!.AsObject();
        (node["size"], node["crop_size"]) = (8, 8);
        var read = PicturePreprocessing.Read(folder.File("preprocessor_config.json", node.ToJsonString()), PicturePreprocessing.CLIP);
        var input = read.Apply(new VideoFrames([.. Enumerable.Repeat((byte)255, 8 * 8 * 3)], 8, framesPerSecond: 1));
        Assert.Equal(white, input[0, 0, 0, 0].ToDouble(), Math.Abs(white) * 1e-6);

        read.Write(folder.In("written.json"), "CLIPImageProcessor");
        Assert.Equal(read, PicturePreprocessing.Read(folder.In("written.json"), PicturePreprocessing.Vit));
        Assert.NotEqual(read, read with { RescaleFactor = 0.25 });
    }

    [Theory]
    [InlineData("do_resize", "false")]
    [InlineData("resample", "0")]
    [InlineData("do_pad", "true")]
    [InlineData("offset", "true")]
    [InlineData("crop_pct", "0.875")]
    [InlineData("do_flip_channel_order", "true")]
    [InlineData("do_grayscale", "true")]
    [InlineData("gamma", "2.2")]
    [InlineData("rescale_factor", "\"1/255\"")]
    [InlineData("size", """{"shortest_edge":32,"longest_edge":40}""")]
    [InlineData("image_processor_type", "\"SiglipImageProcessor\"")]
    public void What_would_change_a_picture_and_cannot_be_done_is_refused_by_name(string field, string value)
    {
        using var folder = Copy("clip-tiny");
        var path = folder.File("preprocessor_config.json", $$"""{"{{field}}":{{value}}}""");
        var error = Assert.Throws<FormatException>(() => CLIPModel.FromPretrained(folder.Path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{field}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sampling_rate", "8000")]
    [InlineData("feature_size", "80")]
    [InlineData("padding_value", "1.0")]
    [InlineData("do_ceptral_normalize", "true")]
    [InlineData("num_mel_bins", "80")]
    [InlineData("dither", "0.1")]
    [InlineData("feature_extractor_type", "\"SeamlessM4TFeatureExtractor\"")]
    public void What_would_change_a_sound_and_cannot_be_done_is_refused_by_name(string field, string value)
    {
        foreach (var (file, text) in new[] { ("preprocessor_config.json", $$"""{"{{field}}":{{value}}}"""), ("processor_config.json", $$$"""{"feature_extractor":{"{{{field}}}":{{{value}}}}}""") })
        {
            using var folder = Copy("hubert-base-tiny");
            var path = folder.File(file, text);
            var error = Assert.Throws<FormatException>(() => HubertModel.FromPretrained(folder.Path));
            Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
            Assert.Contains($"'{field}'", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("hubert-base-tiny", "attention_scale", "0.5")]
    [InlineData("hubert-base-tiny", "add_adapter", "true")]
    [InlineData("hubert-base-tiny", "quantization_config", """{"load_in_8bit":true}""")]
    [InlineData("hubert-base-tiny", "pruned_heads", """{"0":[1]}""")]
    [InlineData("bert-tiny", "is_decoder", "true")]
    [InlineData("bert-tiny", "add_cross_attention", "true")]
    [InlineData("bert-tiny", "position_embedding_type", "\"relative_key\"")]
    [InlineData("bert-tiny", "embedding_size", "16")]
    [InlineData("roberta-tiny", "is_decoder", "true")]
    [InlineData("vit-tiny", "pooler_act", "\"relu\"")]
    [InlineData("vit-tiny", "pooler_output_size", "8")]
    [InlineData("vit-tiny", "layerscale_value", "0.1")]
    [InlineData("vit-tiny", "num_channels", "1")]
    [InlineData("clip-tiny", "use_bias", "false")]
    [InlineData("clip-tiny/vision_config", "qkv_bias", "false")]
    [InlineData("clip-tiny/text_config", "positions", "\"rotary\"")]
    [InlineData("clip-tiny/vision_config", "model_type", "\"siglip_vision_model\"")]
    public void A_field_of_a_model_that_could_change_a_number_is_refused_by_name(string name, string field, string value)
    {
        var parts = name.Split('/');
        using var folder = Copy(parts[0]);
        var config = JsonNode.Parse(File.ReadAllText(folder.In("config.json")))!.AsObject();
        (parts.Length > 1 ? config[parts[1]]!.AsObject() : config)[field] = JsonNode.Parse(value);
        var path = folder.File("config.json", config.ToJsonString());
        var error = Assert.Throws<FormatException>(() => Fingerprint(parts[0], folder.Path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hubert-base-tiny", """
        {"_name_or_path":"facebook/hubert-base-ls960","architectures":["HubertForSequenceClassification"],"classifier_proj_size":256,"final_dropout":0.1,"feat_extract_dropout":0.0,
        "feat_quantizer_dropout":0.0,"gradient_checkpointing":false,"finetuning_task":"wav2vec2_clf","id2label":{"0":"neu"},"label2id":{"neu":0},"mask_channel_length":10,"mask_channel_min_space":1,
        "mask_channel_other":0.0,"mask_channel_prob":0.0,"mask_channel_selection":"static","mask_time_min_space":1,"mask_time_other":0.0,"mask_time_selection":"static","tokenizer_class":"Wav2Vec2CTCTokenizer",
        "torch_dtype":"float16","use_weighted_layer_sum":true,"problem_type":"single_label_classification","adapter_attn_dim":16,"codevector_dim":256,"num_negatives":100,"tdnn_dim":[512],"xvector_output_dim":512,
        "transformers_version":"5.0.0","dtype":"float32","num_ctc_classes":80,"hidden_dropout_prob":0.1}
        """)]
    [InlineData("bert-tiny", """
        {"architectures":["BertForMaskedLM"],"attention_probs_dropout_prob":0.1,"bos_token_id":0,"directionality":"bidi","eos_token_id":2,"gradient_checkpointing":false,"output_past":true,"pooler_fc_size":768,
        "pooler_num_attention_heads":12,"pooler_num_fc_layers":3,"pooler_size_per_head":128,"pooler_type":"first_token_transform","use_cache":true,"classifier_dropout":null,"position_embedding_type":"absolute",
        "is_decoder":false,"add_cross_attention":false,"finetuning_task":"mrpc","num_labels":3,"_num_labels":3,"tie_word_embeddings":true,"chunk_size_feed_forward":0,"output_attentions":false,
        "output_hidden_states":true,"torchscript":false,"pruned_heads":{},"is_encoder_decoder":false,"max_length":20,"temperature":1.0,"quantization_config":null,"task_specific_params":{"a":1},"auto_map":{"AutoModel":"x"}}
        """)]
    [InlineData("vit-tiny", """
        {"_name_or_path":"google/vit-base-patch16-224-in21k","architectures":["ViTForImageClassification"],"encoder_stride":16,"pooler_act":"tanh","pooler_output_size":32,"id2label":{"0":"a"},"problem_type":null,"torch_dtype":"float32"}
        """)]
    [InlineData("clip-tiny", """
        {"initializer_factor":1.0,"torch_dtype":"float32","transformers_version":null,"_commit_hash":"abc","return_dict":true}
        """)]
    public void What_real_files_hold_besides_is_passed_over(string name, string json)
    {
        using var folder = Copy(name);
        var config = JsonNode.Parse(File.ReadAllText(folder.In("config.json")))!.AsObject();
        foreach (var (field, value) in JsonNode.Parse(json)!.AsObject()) config[field] = value?.DeepClone();
        if (name == "clip-tiny")
        {
            const string section = """
                {"add_cross_attention":false,"bad_words_ids":null,"diversity_penalty":0.0,"do_sample":false,"dropout":0.0,"early_stopping":false,"encoder_no_repeat_ngram_size":0,"finetuning_task":null,
                "id2label":{"0":"LABEL_0"},"initializer_factor":1.0,"initializer_range":0.02,"is_decoder":false,"is_encoder_decoder":false,"label2id":{"LABEL_0":0},"length_penalty":1.0,"max_length":20,"min_length":0,
                "no_repeat_ngram_size":0,"num_beam_groups":1,"num_beams":1,"num_return_sequences":1,"output_attentions":false,"output_hidden_states":false,"output_scores":false,"prefix":null,"problem_type":null,
                "pruned_heads":{},"remove_invalid_values":false,"repetition_penalty":1.0,"return_dict":true,"return_dict_in_generate":false,"sep_token_id":null,"temperature":1.0,"tf_legacy_loss":false,
                "tie_encoder_decoder":false,"tie_word_embeddings":true,"top_k":50,"top_p":1.0,"torchscript":false,"typical_p":1.0,"use_bfloat16":false,"projection_dim":512,"transformers_version":"4.16.0.dev0",
                "begin_suppress_tokens":null,"suppress_tokens":null,"chunk_size_feed_forward":0,"cross_attention_hidden_size":null,"exponential_decay_length_penalty":null}
                """;
            foreach (var tower in new[] { "text_config", "vision_config" })
                foreach (var (field, value) in JsonNode.Parse(section)!.AsObject()) config[tower]![field] = value?.DeepClone();
        }
        folder.File("config.json", config.ToJsonString());
        folder.File("preprocessor_config.json", name switch
        {
            "hubert-base-tiny" => """{"do_normalize":true,"feature_extractor_type":"Wav2Vec2FeatureExtractor","feature_size":1,"padding_side":"right","padding_value":0,"return_attention_mask":false,"sampling_rate":16000,"processor_class":"Wav2Vec2Processor"}""",
            "vit-tiny" => """{"do_normalize":true,"do_rescale":true,"do_resize":true,"image_mean":[0.5,0.5,0.5],"image_processor_type":"ViTFeatureExtractor","image_std":[0.5,0.5,0.5],"resample":2,"rescale_factor":0.00392156862745098,"size":{"height":32,"width":32},"do_convert_rgb":null,"_valid_processor_keys":["images"]}""",
            _ => """{"crop_size":32,"do_center_crop":true,"do_normalize":true,"do_resize":true,"feature_extractor_type":"CLIPFeatureExtractor","image_mean":[0.48145466,0.4578275,0.40821073],"image_std":[0.26862954,0.26130258,0.27577711],"resample":3,"size":32,"do_convert_rgb":true,"processor_class":"CLIPProcessor","use_square_size":false}""",
        });
        Assert.Equal(Fingerprint(name, Repository.Golden(name)), Fingerprint(name, folder.Path));
    }

    // Of the weights and every setting that counts.
    private static string Fingerprint(string name, string path)
    {
        using ILayerEncoder model = name switch
        {
            "hubert-base-tiny" => HubertModel.FromPretrained(path),
            "vit-tiny" => VitModel.FromPretrained(path),
            "clip-tiny" => CLIPModel.FromPretrained(path),
            _ => BertModel.FromPretrained(path),
        };
        return model.Fingerprint;
    }

    private static TemporaryFolder Copy(string golden)
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Repository.Golden(golden))) File.Copy(file, folder.In(Path.GetFileName(file)));
        return folder;
    }
}
