namespace Affect.Tests.Encoders;

public sealed class BertTests
{
    private static readonly string[] Sentences = ["what a lovely day", "i am so happy about the train", "what a train, what a day"];

    private static readonly BertConfig Tiny = new() { VocabularySize = 200, HiddenSize = 12, Layers = 3, Heads = 3, FeedForwardSize = 24, Positions = 20 };

    [Fact]
    public void Weights_of_a_model_with_a_head_and_old_names_load()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        foreach (var file in new[] { "config.json", "case.safetensors" }) File.Copy(Repository.Golden("bert-tiny", file), Path.Combine(folder.Path, file));
        using var original = SafetensorsFile.Open(Repository.Golden("bert-tiny", "model.safetensors"));
        var tensors = original.Entries.Keys.Where(key => !key.StartsWith("pooler", StringComparison.Ordinal)).ToDictionary(
            key => "bert." + key.Replace("LayerNorm.weight", "LayerNorm.gamma", StringComparison.Ordinal).Replace("LayerNorm.bias", "LayerNorm.beta", StringComparison.Ordinal), original.Read);
        tensors["cls.predictions.bias"] = zeros(150);
        SafetensorsWriter.Write(Path.Combine(folder.Path, "model.safetensors"), tensors);

        var report = ModelParityTests.Check(folder.Path);
        Assert.Equal(5, report.Tensors.Count);
        Assert.True(report.Passed, report.ToJson());
        using var model = BertModel.FromPretrained(folder.Path);
        Assert.False(model.HasPooler);
        Assert.Contains("has no pooler", Assert.Throws<InvalidOperationException>(() => model.Pool(model.call(zeros(1, 3, dtype: ScalarType.Int64), ones(1, 3, dtype: ScalarType.Int64), null))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_saved_is_what_is_loaded_tokenizer_included()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = Model(seed: 3);
        model.SavePretrained(folder.Path);
        using var loaded = BertModel.FromPretrained(folder.Path);
        Assert.Equal(model.Fingerprint, loaded.Fingerprint);
        var (before, after) = (model.Encode(Sentences), loaded.Encode(Sentences));
        Assert.True(before.Layers[^1].allclose(after.Layers[^1], rtol: 0, atol: 0));
        using var control = BertModel.RandomLike(folder.Path, seed: 3);
        Assert.Equal(model.Fingerprint, control.Fingerprint);
        using var other = BertModel.RandomLike(folder.Path, seed: 4);
        Assert.NotEqual(model.Fingerprint, other.Fingerprint);
    }

    [Fact]
    public void The_mean_leaves_special_tokens_out_and_an_empty_text_gives_zeros()
    {
        using var scope = NewDisposeScope();
        using var model = Model(seed: 1);
        var states = model.Encode(["what a day", ""]);
        var last = states.Layers[^1];
        var pooled = states.MeanOverText(last);
        Assert.True(pooled[0].allclose(last[0].narrow(0, 1, 3).mean([0]), rtol: 0, atol: 1e-6));
        Assert.Equal(0, pooled[1].abs().max().ToSingle());
        Assert.True(states.SumOfLastFour().allclose(states.Layers[0] + states.Layers[1] + states.Layers[2] + last, rtol: 0, atol: 1e-5));
    }

    [Fact]
    public void Long_texts_are_cut_to_the_positions_that_there_are()
    {
        using var scope = NewDisposeScope();
        using var model = Model(seed: 1);
        Assert.Equal(20, model.Encode([string.Join(' ', Enumerable.Repeat("day", 50))]).Layers[0].shape[1]);
        var ids = zeros(1, 21, dtype: ScalarType.Int64);
        Assert.Contains("at most 20 tokens", Assert.Throws<ArgumentException>(() => model.call(ids, ones_like(ids), null)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_settings_are_told_of()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "config.json");
        File.WriteAllText(path, """{"model_type":"bert","position_embedding_type":"relative_key"}""");
        Assert.Contains("position_embedding_type must be 'absolute'", Assert.Throws<FormatException>(() => BertConfig.Read(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, """{"model_type":"gpt2"}""");
        Assert.Contains("'model_type' must be one of bert, roberta", Assert.Throws<FormatException>(() => BertConfig.Read(path)).Message, StringComparison.Ordinal);
        Assert.Contains("multiple of the 5 heads", Assert.Throws<ArgumentException>(() => BertModel.Random(Tiny with { Heads = 5 }, 1)).Message, StringComparison.Ordinal);
        using var model = BertModel.Random(Tiny, seed: 1);
        Assert.Contains("takes ids, not texts", Assert.Throws<InvalidOperationException>(() => model.Encode(["a"])).Message, StringComparison.Ordinal);
        Assert.Contains(
            "at most 20 ids", Assert.Throws<ArgumentException>(() => BertModel.Random(Tiny with { VocabularySize = 20 }, 1, VocabularyLearner.Words(Sentences, 200))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Transcripts_are_encoded_once_and_clips_without_are_named()
    {
        using var folder = new TemporaryFolder();
        using var model = new CountingEncoder(Model(seed: 1));
        var corpus = new Corpus("toy", folder.Path, EmotionSet.Mer2024,
        [
            Clip("a", Sentences[0]), Clip("b", null), Clip("c", ""), Clip("d", Sentences[1]),
        ]);
        var extractor = Extractor.Of(model, batchTexts: 2);
        var first = extractor.Run(corpus, folder.Path).Store.Read(corpus);
        Assert.Equal(["a", "c", "d"], first.Table.ClipIds);
        Assert.Equal(["b"], first.Missing);
        Assert.Equal(4, first.Table.Layers);
        Assert.Equal(2, model.Batches);
        Assert.All(first.Table.Row(1, 2).ToArray(), value => Assert.Equal(0, value));
        var again = extractor.Run(corpus, folder.Path).Store.Read(corpus);
        Assert.Equal(2, model.Batches);
        Assert.Equal(first.Table.Values, again.Table.Values);
        // Another transcript is another text.
        extractor.Run(new Corpus("toy", folder.Path, EmotionSet.Mer2024, [Clip("a", "what a train")]), folder.Path);
        Assert.Equal(3, model.Batches);
    }

    private static BertModel Model(int seed, BertConfig? config = null) => BertModel.Random(config ?? Tiny, seed, VocabularyLearner.Words(Sentences, 200, maxLength: 64));

    private static Clip Clip(string id, string? text) => new() { Id = id, Speaker = "s", Transcript = text };

    private sealed class CountingEncoder(BertModel model) : ITextEncoder
    {
        public int Batches { get; private set; }

        public string Name => model.Name;

        public int Layers => model.Layers;

        public int HiddenSize => model.HiddenSize;

        public string Fingerprint => model.Fingerprint;

        public TextStates Encode(IReadOnlyList<string> texts, int? lastLayer = null)
        {
            Batches++;
            return model.Encode(texts, lastLayer);
        }

        public void Dispose() => model.Dispose();
    }
}
