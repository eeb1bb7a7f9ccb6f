namespace Affect.Tests.Conformance;

/// <summary>What holds of every encoder of texts.</summary>
public sealed class TextEncoderTests
{
    private static readonly string[] Sentences = ["what a lovely day", "i am so happy about the train", "what a train, what a day"];

    private static readonly BertConfig Tiny = new() { VocabularySize = 200, HiddenSize = 12, Layers = 3, Heads = 3, FeedForwardSize = 24, Positions = 20 };

    private static readonly Dictionary<string, Func<Subject<ITextEncoder>>> All = new()
    {
        ["BERT"] = () => new(BertModel.Random(Tiny, seed: 1, Words()), "encoder.layer.2.output.dense.weight"),
        ["RoBERTa"] = () => new(BertModel.Random(Tiny with { Family = BertFamily.Roberta }, seed: 1, Words()), "encoder.layer.2.output.dense.weight"),
        ["bag of words"] = () => new(new BagOfWordsEncoder(Words())),
        ["written in a cell"] = () => new(new CellEncoders.WordLengths()),
    };

    public static TheoryData<string> Names => [.. All.Keys];

    [Fact]
    public void Every_encoder_of_the_library_is_in_the_list() => Subject<ITextEncoder>.CoverLibrary(All.Values);

    [Theory]
    [MemberData(nameof(Names))]
    public void There_is_one_state_more_than_layers_and_stopping_early_gives_the_same(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        var encoder = subject.Encoder;
        var whole = encoder.Encode(Sentences);
        Assert.Equal(encoder.Layers + 1, whole.Layers.Count);
        Assert.All(whole.Layers, layer => Assert.Equal([3, whole.Mask.shape[1], encoder.HiddenSize], layer.shape));
        Assert.All(whole.Layers, layer => Assert.False(layer.requires_grad));
        Assert.True(whole.TextMask.le(whole.Mask).all().ToBoolean());
        Assert.False(string.IsNullOrEmpty(encoder.Name));
        for (var last = 0; last <= encoder.Layers; last++)
        {
            var part = encoder.Encode(Sentences, last);
            Assert.Equal(last + 1, part.Layers.Count);
            Assert.Equal(0, Subject<ITextEncoder>.Difference(part, whole));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Layers_that_there_are_not_and_no_text_at_all_are_refused(string name)
    {
        using var subject = All[name]();
        var encoder = subject.Encoder;
        Subject<ITextEncoder>.Refuses<ArgumentOutOfRangeException>(() => encoder.Encode(Sentences, -1));
        Subject<ITextEncoder>.Refuses<ArgumentOutOfRangeException>(() => encoder.Encode(Sentences, encoder.Layers + 1));
        Subject<ITextEncoder>.Refuses<ArgumentException>(() => encoder.Encode([]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_texts_give_the_same_states_each_time_and_in_training_mode(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        using var same = All[name]();
        var states = subject.Encoder.Encode(Sentences);
        Assert.Equal(0, Subject<ITextEncoder>.Difference(states, subject.Encoder.Encode(Sentences)));
        Assert.Equal(0, Subject<ITextEncoder>.Difference(states, same.Encoder.Encode(Sentences)));
        if (subject.Encoder is not nn.Module model) return;
        model.train();
        Assert.Equal(0, Subject<ITextEncoder>.Difference(states, subject.Encoder.Encode(Sentences)));
        Assert.True(model.training);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Padding_changes_nothing_and_an_empty_text_is_one_without_tokens_of_its_own(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        var together = subject.Encoder.Encode(["what a day", Sentences[1], ""]);
        var alone = subject.Encoder.Encode(["what a day"]);
        var tokens = alone.Layers[0].shape[1];
        Assert.True(together.Layers[0].shape[1] > tokens);
        Assert.Equal(tokens, together.Mask[0].sum().ToInt64());
        foreach (var (one, other) in together.Layers.Zip(alone.Layers)) Assert.True(one[0].narrow(0, 0, tokens).allclose(other[0], rtol: 0, atol: 1e-5));
        Assert.True(together.MeanOverText(together.Layers[^1])[0].allclose(alone.MeanOverText(alone.Layers[^1])[0], rtol: 0, atol: 1e-5));
        Assert.Equal(0, together.MeanOverText(together.Layers[^1])[2].abs().max().ToSingle());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_weight_is_another_fingerprint_and_gives_other_states(string name)
    {
        using var scope = NewDisposeScope();
        using var subject = All[name]();
        using var same = All[name]();
        var (fingerprint, states) = (subject.Encoder.Fingerprint, subject.Encoder.Encode(Sentences));
        Assert.Equal(same.Encoder.Fingerprint, fingerprint);
        if (!subject.ChangeWeight()) return;
        Assert.NotEqual(fingerprint, subject.Encoder.Fingerprint);
        Assert.NotEqual(0, Subject<ITextEncoder>.Difference(states, subject.Encoder.Encode(Sentences)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_tensor_is_left_behind_whether_it_works_or_not(string name)
    {
        using var subject = All[name]();
        subject.LeavesNoTensor(() =>
        {
            using var states = subject.Encoder.Encode(Sentences);
            using var pooled = states.MeanOverText(states.Layers[^1]);
        });
    }

    private static BertTokenizer Words() => VocabularyLearner.Words(Sentences, 200, maxLength: 64);
}
