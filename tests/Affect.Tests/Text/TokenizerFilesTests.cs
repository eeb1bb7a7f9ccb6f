namespace Affect.Tests.Text;

/// <summary>The files that tokenizers come in.</summary>
public sealed class TokenizerFilesTests
{
    [Theory]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer.json", "tokenizer_config.json")]
    public void A_word_piece_tokenizer_of_tokenizer_json_alone_gives_every_id(params string[] files)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in files.Append("cases.json")) File.Copy(Repository.Golden("tokenizers", "bert-json-only", file), folder.In(file));
        Assert.True(Tokenizer.IsIn(folder.Path));
        IsExact(folder, 16 + 6 + 2);
    }

    [Theory]
    [InlineData("TokenizersBackend")]
    [InlineData("PreTrainedTokenizerFast")]
    [InlineData("BertTokenizerFast")]
    [InlineData(null)]
    public void The_class_name_of_the_backend_says_nothing_of_the_kind(string? name)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in new[] { "vocab.txt", "cases.json" }) File.Copy(Repository.Golden("tokenizers", "bert-wordpiece", file), folder.In(file));
        folder.File("tokenizer_config.json", $$"""{"tokenizer_class":{{(name is null ? "null" : $"\"{name}\"")}}}""");
        IsExact(folder, 16 + 6 + 2);
        File.Delete(folder.In("vocab.txt"));
        File.Copy(Repository.Golden("tokenizers", "bert-json-only", "tokenizer.json"), folder.In("tokenizer.json"));
        IsExact(folder, 16 + 6 + 2);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_byte_pair_tokenizer_of_tokenizer_json_alone_gives_every_id(bool pairsAreLists, bool isTemplate)
    {
        using var folder = new TemporaryFolder();
        File.Copy(Repository.Golden("tokenizers", "roberta-bytebpe", "cases.json"), folder.In("cases.json"));
        folder.File("tokenizer.json", Roberta(pairsAreLists, isTemplate).ToJsonString());
        IsExact(folder, 16 + 6);
        Assert.IsType<RobertaTokenizer>(Tokenizer.Open(folder.Path));
    }

    [Fact]
    public void CLIPs_tokenizer_of_tokenizer_json_alone_gives_the_ids_of_its_other_files()
    {
        using var folder = new TemporaryFolder();
        var learned = VocabularyLearner.CLIP(["what a lovely surprise", "what a sad day", "i am so happy today"], size: 530, maxLength: 16);
        learned.Save(folder.Path);
        var plain = Tokenizer.Open(folder.Path);
        folder.File("tokenizer.json", Clip(folder).ToJsonString());
        foreach (var name in new[] { "vocab.json", "merges.txt", "tokenizer_config.json" }) File.Delete(folder.In(name));
        var read = Assert.IsType<CLIPTokenizer>(Tokenizer.Open(folder.Path));
        foreach (var text in new[] { "What a LOVELY day!", "I'm naïve  é 我 😀", "", "x<|endoftext|>y" }) Assert.Equal(plain.Encode(text, maxLength: 77).Ids, read.Encode(text).Ids);
        Assert.Equal(77, read.MaxLength);
    }

    [Fact]
    public void What_tokenizer_json_says_of_capitals_is_obeyed()
    {
        using var folder = new TemporaryFolder();
        var json = Golden();
        json["normalizer"]!["lowercase"] = false;
        folder.File("tokenizer.json", json.ToJsonString());
        var tokenizer = Assert.IsType<BertTokenizer>(Tokenizer.Open(folder.Path));
        Assert.False(tokenizer.LowersCase);
        Assert.Equal(tokenizer.UnknownId, tokenizer.Encode("Happy").Ids[1]);
        // Beside a vocab.txt whose settings do not say, it says so too; what the settings say wins, as in transformers.
        File.Copy(Repository.Golden("tokenizers", "bert-wordpiece", "vocab.txt"), folder.In("vocab.txt"));
        Assert.False(Assert.IsType<BertTokenizer>(Tokenizer.Open(folder.Path)).LowersCase);
        folder.File("tokenizer_config.json", """{"tokenizer_class":"BertTokenizer","do_lower_case":true}""");
        Assert.True(Assert.IsType<BertTokenizer>(Tokenizer.Open(folder.Path)).LowersCase);
    }

    [Theory]
    [InlineData("model", """{"type":"Unigram","vocab":[["a",0]]}""", "model")]
    [InlineData("model/continuing_subword_prefix", "\"@@\"", "continuing_subword_prefix")]
    [InlineData("model/something", "3", "something")]
    [InlineData("normalizer", """{"type":"NFKC"}""", "normalizer")]
    [InlineData("normalizer", "null", "normalizer")]
    [InlineData("normalizer/clean_text", "false", "clean_text")]
    [InlineData("pre_tokenizer", """{"type":"Whitespace"}""", "pre_tokenizer")]
    [InlineData("post_processor", "null", "post_processor")]
    [InlineData("post_processor", """{"type":"TemplateProcessing","single":[{"Sequence":{"id":"A","type_id":0}}],"pair":[],"special_tokens":{}}""", "post_processor")]
    public void What_a_tokenizer_json_asks_for_and_we_do_not_have_is_refused_by_name(string place, string value, string message)
    {
        using var folder = new TemporaryFolder();
        var json = Golden();
        var parts = place.Split('/');
        (parts.Length > 1 ? json[parts[0]]!.AsObject() : json)[parts[^1]] = JsonNode.Parse(value);
        var path = folder.File("tokenizer.json", json.ToJsonString());
        var error = Assert.Throws<FormatException>(() => Tokenizer.Open(folder.Path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        // Beside the vocabulary's own file it is what the original runs by, too.
        File.Copy(Repository.Golden("tokenizers", "bert-wordpiece", "vocab.txt"), folder.In("vocab.txt"));
        Assert.Contains(message, Assert.Throws<FormatException>(() => Tokenizer.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_token_that_tokenizer_json_adds_is_one_beside_a_vocabulary_too(bool isBeside)
    {
        using var folder = new TemporaryFolder();
        var json = Golden();
        json["added_tokens"]!.AsArray().Add(JsonNode.Parse("""{"id":9000,"content":"hello world","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":false}"""));
        folder.File("tokenizer.json", json.ToJsonString());
        if (isBeside) File.Copy(Repository.Golden("tokenizers", "bert-wordpiece", "vocab.txt"), folder.In("vocab.txt"));
        Assert.Contains(9000, Tokenizer.Open(folder.Path).Encode("so hello world again").Ids);
    }

    [Fact]
    public void Truncation_and_padding_in_tokenizer_json_are_the_callers_matter()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Repository.Golden("tokenizers", "bert-json-only", "cases.json"), folder.In("cases.json"));
        var json = Golden();
        json["truncation"] = JsonNode.Parse("""{"direction":"Right","max_length":4,"strategy":"LongestFirst","stride":0}""");
        json["padding"] = JsonNode.Parse("""{"strategy":{"Fixed":4},"direction":"Right","pad_to_multiple_of":null,"pad_id":0,"pad_type_id":0,"pad_token":"[PAD]"}""");
        json["post_processor"] = JsonNode.Parse("""
            {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}}],
            "pair":[{"SpecialToken":{"id":"[CLS]","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"[SEP]","type_id":0}},{"Sequence":{"id":"B","type_id":1}},{"SpecialToken":{"id":"[SEP]","type_id":1}}],
            "special_tokens":{"[CLS]":{"id":"[CLS]","ids":[2],"tokens":["[CLS]"]},"[SEP]":{"id":"[SEP]","ids":[3],"tokens":["[SEP]"]}}}
            """);
        folder.File("tokenizer.json", json.ToJsonString());
        IsExact(folder, 16 + 6 + 2);
    }

    [Theory]
    [InlineData("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\na\n", "a b", new[] { 2, 7, 6, 3 })]
    [InlineData("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n\na\n\nb\n\n\n", "a b", new[] { 2, 6, 8, 3 })]
    [InlineData("[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\n[MASK]\r\n\r\na\r\nb\r\nb\r\n", "a b", new[] { 2, 6, 8, 3 })]
    [InlineData("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n[SEP]\nb", "a b", new[] { 2, 5, 7, 6 })]
    public void Of_a_token_that_stands_twice_the_last_line_counts_and_blank_lines_are_no_tokens(string vocabulary, string text, int[] ids)
    {
        using var folder = new TemporaryFolder();
        folder.File("vocab.txt", vocabulary);
        var tokenizer = Tokenizer.Open(folder.Path);
        Assert.Equal(ids, tokenizer.Encode(text).Ids);
        tokenizer.Save(folder.In("again"));
        Assert.Equal(ids, Tokenizer.Open(folder.In("again")).Encode(text).Ids);
    }

    [Theory]
    [InlineData("do_basic_tokenize", "false")]
    [InlineData("never_split", """["happy"]""")]
    [InlineData("truncation_side", "\"left\"")]
    [InlineData("padding_side", "\"left\"")]
    [InlineData("split_special_tokens", "true")]
    [InlineData("add_bos_token", "false")]
    [InlineData("word_tokenizer_type", "\"mecab\"")]
    [InlineData("added_tokens_decoder", """{"160":{"content":"hap","single_word":true}}""")]
    public void A_setting_that_would_change_ids_and_that_we_do_not_have_is_refused_by_name(string field, string value)
    {
        using var folder = new TemporaryFolder();
        File.Copy(Repository.Golden("tokenizers", "bert-wordpiece", "vocab.txt"), folder.In("vocab.txt"));
        var path = folder.File("tokenizer_config.json", $$"""{"tokenizer_class":"BertTokenizer","{{field}}":{{value}}}""");
        var error = Assert.Throws<FormatException>(() => Tokenizer.Open(folder.Path));
        Assert.StartsWith(path, error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{(value.Contains("single_word", StringComparison.Ordinal) ? "single_word" : field)}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_real_settings_hold_besides_is_passed_over()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in new[] { "vocab.txt", "cases.json" }) File.Copy(Repository.Golden("tokenizers", "bert-wordpiece", file), folder.In(file));
        folder.File("tokenizer_config.json", """
            {"added_tokens_decoder":{"0":{"content":"[PAD]","lstrip":false,"normalized":false,"rstrip":false,"single_word":false,"special":true}},"clean_up_tokenization_spaces":true,"cls_token":"[CLS]",
            "do_basic_tokenize":true,"do_lower_case":true,"mask_token":"[MASK]","model_max_length":1000000000000000019884624838656,"never_split":null,"pad_token":"[PAD]","sep_token":"[SEP]","strip_accents":null,
            "tokenize_chinese_chars":true,"tokenizer_class":"BertTokenizer","unk_token":"[UNK]","special_tokens_map_file":null,"name_or_path":"hfl/chinese-macbert-base","tokenizer_file":"/a/tokenizer.json",
            "init_inputs":[],"use_fast":true,"max_length":128,"stride":0,"truncation_side":"right","truncation_strategy":"longest_first","pad_to_multiple_of":null,"pad_token_type_id":0,"padding_side":"right",
            "backend":"tokenizers","is_local":false,"extra_special_tokens":{},"model_input_names":["input_ids","token_type_ids","attention_mask"],"split_special_tokens":false,"add_prefix_space":false,
            "_commit_hash":"x","from_slow":true,"full_tokenizer_file":null,"model_max_len":512,"errors":"replace","trim_offsets":true,"processor_class":"CLIPProcessor","auto_map":{},"additional_special_tokens":[]}
            """);
        folder.File("special_tokens_map.json", """{"unk_token":"[UNK]","sep_token":"[SEP]","pad_token":"[PAD]","cls_token":"[CLS]","mask_token":"[MASK]"}""");
        IsExact(folder, 16 + 6 + 2);
    }

    private static JsonObject Golden() => JsonNode.Parse(File.ReadAllText(Repository.Golden("tokenizers", "bert-json-only", "tokenizer.json")))!.AsObject();

    private static JsonObject Roberta(bool pairsAreLists, bool isTemplate)
    {
        var vocabulary = JsonNode.Parse(File.ReadAllText(Repository.Golden("tokenizers", "roberta-bytebpe", "vocab.json")))!.AsObject();
        var merges = File.ReadAllLines(Repository.Golden("tokenizers", "roberta-bytebpe", "merges.txt")).Skip(1).Where(line => line.Length > 0);
        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. new[] { "<s>", "<pad>", "</s>", "<unk>", "<mask>" }.Select((token, id) => (JsonNode)new JsonObject { ["id"] = id, ["content"] = token, ["single_word"] = false, ["lstrip"] = token == "<mask>", ["rstrip"] = false, ["normalized"] = token != "<mask>", ["special"] = true })]),
            ["normalizer"] = null,
            ["pre_tokenizer"] = JsonNode.Parse("""{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true,"use_regex":true}"""),
            ["post_processor"] = JsonNode.Parse(isTemplate
                ? """
                  {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],
                  "pair":[{"SpecialToken":{"id":"<s>","type_id":0}},{"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}},{"Sequence":{"id":"B","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],
                  "special_tokens":{"<s>":{"id":"<s>","ids":[0],"tokens":["<s>"]},"</s>":{"id":"</s>","ids":[2],"tokens":["</s>"]}}}
                  """
                : """{"type":"RobertaProcessing","sep":["</s>",2],"cls":["<s>",0],"trim_offsets":true,"add_prefix_space":false}"""),
            ["decoder"] = JsonNode.Parse("""{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true,"use_regex":true}"""),
            ["model"] = new JsonObject
            {
                ["type"] = "BPE",
                ["dropout"] = null,
                ["unk_token"] = null,
                ["continuing_subword_prefix"] = "",
                ["end_of_word_suffix"] = "",
                ["fuse_unk"] = false,
                ["byte_fallback"] = false,
                ["ignore_merges"] = false,
                ["vocab"] = vocabulary,
                ["merges"] = new JsonArray([.. merges.Select(line => pairsAreLists ? (JsonNode)new JsonArray([.. line.Split(' ').Select(piece => JsonValue.Create(piece))]) : JsonValue.Create(line))]),
            },
        };
    }

    private static JsonObject Clip(TemporaryFolder folder) => new()
    {
        ["version"] = "1.0",
        ["added_tokens"] = new JsonArray([.. new[] { "<|startoftext|>", "<|endoftext|>" }.Select(token => (JsonNode)new JsonObject { ["id"] = JsonNode.Parse(File.ReadAllText(folder.In("vocab.json")))![token]!.GetValue<int>(), ["content"] = token, ["normalized"] = token[2] == 's', ["special"] = true })]),
        ["normalizer"] = JsonNode.Parse("""{"type":"Sequence","normalizers":[{"type":"NFC"},{"type":"Replace","pattern":{"Regex":"\\s+"},"content":" "},{"type":"Lowercase"}]}"""),
        ["pre_tokenizer"] = JsonNode.Parse("""{"type":"Sequence","pretokenizers":[{"type":"Split","pattern":{"Regex":"<\\|startoftext\\|>|<\\|endoftext\\|>|'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+"},"behavior":"Removed","invert":true},{"type":"ByteLevel","add_prefix_space":false,"trim_offsets":true}]}"""),
        ["post_processor"] = JsonNode.Parse("""{"type":"RobertaProcessing","sep":["<|endoftext|>",1],"cls":["<|startoftext|>",0],"trim_offsets":false,"add_prefix_space":false}"""),
        ["decoder"] = JsonNode.Parse("""{"type":"ByteLevel","add_prefix_space":true,"trim_offsets":true}"""),
        ["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["unk_token"] = "<|endoftext|>",
            ["continuing_subword_prefix"] = "",
            ["end_of_word_suffix"] = "</w>",
            ["fuse_unk"] = false,
            ["vocab"] = JsonNode.Parse(File.ReadAllText(folder.In("vocab.json"))),
            ["merges"] = new JsonArray([.. File.ReadAllLines(folder.In("merges.txt")).Skip(1).Select(line => JsonValue.Create(line))]),
        },
    };

    private static void IsExact(TemporaryFolder folder, int compared)
    {
        using var parityCase = ParityCase.Open(folder.Path);
        new TokenizerParity().Run(folder.Path, weights: null, parityCase);
        var report = parityCase.Report(1e-4);
        Assert.Equal(compared, report.Tensors.Count);
        Assert.True(report.Passed, report.ToJson());
        Assert.Equal(0, report.MaxAbsDiff);
    }
}
