namespace Affect.Checkpoints;

/// <summary>
/// Which fields of a file may stand in it without being read: those that change no number, and those that change none at the values given here.
/// Any other field is refused by name, because what it asks for would silently be left out.
/// </summary>
/// <remarks>
/// A field that is null, an empty list or an empty object asks for nothing; one whose name begins with <c>_</c> is a note of the program that wrote
/// the file.
/// </remarks>
public sealed class KnownFields
{
    private readonly IReadOnlySet<string> harmless;
    private readonly IReadOnlyDictionary<string, JsonNode[]> only;
    private readonly bool passesFalse;

    private KnownFields(IReadOnlySet<string> harmless, IReadOnlyDictionary<string, JsonNode[]> only, bool passesFalse) =>
        (this.harmless, this.only, this.passesFalse) = (harmless, only, passesFalse);

    /// <summary>None: every field of the file must be one that is read.</summary>
    public static KnownFields None { get; } = new(new HashSet<string>(), new Dictionary<string, JsonNode[]>(), passesFalse: false);

    /// <summary>
    /// What every <c>config.json</c> of transformers may hold (<c>PretrainedConfig</c>, versions 4 and 5): where it came from, labels and heads of
    /// tasks, how results are returned, how texts are generated, number formats of storage.
    /// </summary>
    public static KnownFields Pretrained { get; } = None
        .Harmless(
            "architectures", "auto_map", "name_or_path", "model_type", "transformers_version", "transformers.js_config", "torch_dtype", "dtype",
            "license", "language", "tags", "library_name", "base_model", "custom_pipelines", "onnx", "finetuning_task", "task_specific_params",
            "problem_type", "id2label", "label2id", "num_labels", "num_classes", "classifier_dropout", "classifier_dropout_prob", "summary_type",
            "summary_use_proj", "summary_activation", "summary_proj_to_labels", "summary_last_dropout", "summary_first_dropout", "tokenizer_class",
            "processor_class", "feature_extractor_type", "image_processor_type", "prefix", "bos_token_id", "eos_token_id", "pad_token_id",
            "sep_token_id", "cls_token_id", "mask_token_id", "unk_token_id", "decoder_start_token_id", "return_dict", "output_hidden_states",
            "output_attentions", "output_past", "output_scores", "use_cache", "use_return_dict", "torchscript", "use_bfloat16", "tf_legacy_loss",
            "gradient_checkpointing", "tie_word_embeddings", "tie_encoder_decoder", "is_encoder_decoder", "chunk_size_feed_forward",
            "cross_attention_hidden_size", "initializer_range", "initializer_factor", "attn_implementation", "use_flash_attention_2", "loss_type",
            "label_smoothing", "label_smoothing_factor", "seed", "keys_to_ignore_at_inference")
        .Harmless( // of generation
            "max_length", "min_length", "max_new_tokens", "min_new_tokens", "do_sample", "early_stopping", "num_beams", "num_beam_groups",
            "diversity_penalty", "temperature", "top_k", "top_p", "typical_p", "repetition_penalty", "length_penalty", "no_repeat_ngram_size",
            "encoder_no_repeat_ngram_size", "bad_words_ids", "num_return_sequences", "return_dict_in_generate", "forced_bos_token_id",
            "forced_eos_token_id", "remove_invalid_values", "exponential_decay_length_penalty", "suppress_tokens", "begin_suppress_tokens",
            "generation_config", "max_time")
        .Only("is_decoder", false)
        .Only("add_cross_attention", false);

    /// <summary>Further fields that change no number.</summary>
    public KnownFields Harmless(params IReadOnlyList<string> names) =>
        new(harmless.Concat(names).ToHashSet(StringComparer.Ordinal), only, passesFalse);

    /// <summary>A field that changes no number at some values, which are what happens without it.</summary>
    public KnownFields Only(string name, params IReadOnlyList<JsonNode> values) =>
        new(harmless, new Dictionary<string, JsonNode[]>(only, StringComparer.Ordinal) { [name] = [.. values] }, passesFalse);

    /// <summary>Fields of unknown names that are <c>false</c>: for files whose every flag turns something on that is off without it.</summary>
    public KnownFields AnyThatIsFalse() => new(harmless, only, passesFalse: true);

    /// <summary>Why a field must be refused, after the file's name; null if it may stand.</summary>
    internal string? Problem(string name, JsonNode? value)
    {
        if (value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 } || name.StartsWith('_') || harmless.Contains(name)) return null;
        if (only.TryGetValue(name, out var values))
        {
            if (values.Any(one => IsSame(one, value))) return null;
            var wish = string.Join(" or ", values.Select(one => one.ToJsonString()));
            return $"'{name}' must be {wish}, the only thing that is done here, but is {Shown(value)}.";
        }
        if (passesFalse && value is JsonValue flag && flag.TryGetValue<bool>(out var isSet) && !isSet) return null;
        return $"'{name}' ({Shown(value)}) is not a field that is known here, and it could change what is computed; "
            + "take it out of the file if it changes nothing.";
    }

    /// <summary>A value as messages show it.</summary>
    internal static string Shown(JsonNode? value)
    {
        const int most = 80;
        var text = value?.ToJsonString() ?? "null";
        return text.Length <= most ? text : text[..most] + "…";
    }

    // 0, 0.0 and 0e0 are one number.
    private static bool IsSame(JsonNode one, JsonNode other) =>
        one.GetValueKind() == JsonValueKind.Number && other.GetValueKind() == JsonValueKind.Number
            ? double.Parse(one.ToJsonString(), CultureInfo.InvariantCulture) == double.Parse(other.ToJsonString(), CultureInfo.InvariantCulture)
            : JsonNode.DeepEquals(one, other);
}
