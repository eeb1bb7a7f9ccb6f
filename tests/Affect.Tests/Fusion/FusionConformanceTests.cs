namespace Affect.Tests.Fusion;

/// <summary>What every fusion promises. A new one gets a line in <c>FusionChoice.All</c> and is tested here, and so is one that is written in a cell.</summary>
public sealed class FusionConformanceTests
{
    private static readonly FusionConfig Three = new()
    {
        Modalities = [new("acoustic", 7), new("visual", 5), new("lexical", 9)],
        HiddenSize = 8,
        Dropout = 0.5,
    };

    public static TheoryData<string> Names => [.. FusionChoice.All.Append(GatedFusion.Choice).Select(choice => choice.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Logits_are_one_per_class_whatever_the_number_of_modalities(string name)
    {
        using var scope = NewDisposeScope();
        foreach (var count in new[] { 1, 2, 3 })
        {
            using var fusion = Build(name, Three with { Modalities = [.. Three.Modalities.Take(count)], Classes = 4 });
            var output = fusion.Fuse(Batch(5, count));
            Assert.Equal([5, 4], output.Logits.shape);
            Assert.Equal(5, output.Features.shape[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_missing_modality_plays_no_part_even_if_it_is_no_number(string name)
    {
        using var scope = NewDisposeScope();
        using var fusion = Build(name);
        var batch = Batch(4, 3);
        var without = batch.Only([true, false, true]);
        var first = fusion.Fuse(without).Logits;
        var other = fusion.Fuse(without with { Features = [batch.Features[0], full_like(batch.Features[1], float.NaN), batch.Features[2]] }).Logits;
        Assert.True(first.allclose(other, rtol: 0, atol: 0));
        Assert.False(first.allclose(fusion.Fuse(batch).Logits, rtol: 0, atol: 1e-5), "the modality that is there must play a part");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_gradient_reaches_the_encoder_of_a_modality_that_nobody_has(string name)
    {
        using var scope = NewDisposeScope();
        using var fusion = Build(name);
        fusion.Fuse(Batch(4, 3).Only([true, false, true])).Logits.pow(2).sum().backward();
        var touched = fusion.Weights.Where(weight => weight.Parameter.grad is not null && weight.Parameter.grad.abs().max().ToSingle() > 0).Select(weight => weight.Name).ToArray();
        Assert.Contains(touched, weight => weight.StartsWith("audio_", StringComparison.Ordinal));
        Assert.DoesNotContain(touched, weight => weight.StartsWith("video_encoder", StringComparison.Ordinal) || weight.StartsWith("video_projection.weight", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Everything_there_is_the_same_as_no_mask_and_clips_do_not_see_each_other(string name)
    {
        using var scope = NewDisposeScope();
        using var fusion = Build(name);
        var batch = Batch(4, 3);
        var plain = fusion.Fuse(batch).Logits;
        Assert.True(plain.allclose(fusion.Fuse(batch.Only([true, true, true])).Logits, rtol: 0, atol: 1e-6));
        var one = new ModalityBatch { Features = [.. batch.Features.Select(features => features.narrow(0, 2, 1))] };
        Assert.True(plain.narrow(0, 2, 1).allclose(fusion.Fuse(one).Logits, rtol: 0, atol: 1e-5));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Dropout_is_for_training_and_the_seed_decides_the_weights(string name)
    {
        using var scope = NewDisposeScope();
        using var fusion = Build(name);
        var batch = Batch(4, 3);
        var before = fusion.Fuse(batch).Logits;
        Assert.True(before.allclose(fusion.Fuse(batch).Logits, rtol: 0, atol: 0));
        fusion.SetTraining(true);
        Assert.False(fusion.Fuse(batch).Logits.allclose(fusion.Fuse(batch).Logits, rtol: 0, atol: 0));
        fusion.SetTraining(false);
        Assert.True(before.allclose(fusion.Fuse(batch).Logits, rtol: 0, atol: 0));
        using var same = Build(name);
        Assert.True(before.allclose(same.Fuse(batch).Logits, rtol: 0, atol: 0));
        using var other = FusionChoice.All.Append(GatedFusion.Choice).First(choice => choice.Name == name).Build(Three, seed: 2);
        other.SetTraining(false);
        Assert.False(before.allclose(other.Fuse(batch).Logits, rtol: 0, atol: 0));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_batch_that_does_not_fit_is_refused_in_words(string name)
    {
        using var scope = NewDisposeScope();
        using var fusion = Build(name);
        var batch = Batch(4, 3);
        Assert.Contains("must have the modalities acoustic, visual, lexical, but has 2", Message(batch with { Features = [.. batch.Features.Take(2)] }), StringComparison.Ordinal);
        Assert.Contains("visual must be [batch, dims] = [4, 5], but was [4, 6].", Message(batch with { Features = [batch.Features[0], zeros(4, 6), batch.Features[2]] }), StringComparison.Ordinal);
        Assert.Contains("Each clip must have a modality, but one has none.", Message(batch with { Presence = zeros(4, 3, dtype: ScalarType.Bool) }), StringComparison.Ordinal);

        string Message(ModalityBatch wrong) => Assert.Throws<ArgumentException>(() => fusion.Fuse(wrong)).Message;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_tensor_is_left_behind(string name)
    {
        using var fusion = Build(name);
        using var scope = NewDisposeScope();
        var batch = Batch(4, 3);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++)
        {
            using var output = fusion.Fuse(batch);
            Assert.Throws<ArgumentException>(() => fusion.Fuse(batch with { Features = [] }));
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Logits_for_every_subset_are_those_of_the_subset(string name)
    {
        using var scope = NewDisposeScope();
        using var fusion = Build(name);
        var batch = Batch(4, 3);
        // The second clip has no pictures, so nothing can be said of it where only pictures are shown.
        var partly = batch with { Presence = tensor(new[] { true, true, true, true, false, true, true, true, true, true, true, true }, new long[] { 4, 3 }) };
        var shown = MissingModalities.Run(fusion, partly);
        Assert.Equal(7, shown.Count);
        Assert.Equal("acoustic + visual + lexical", shown[^1].Subset.ToString());
        Assert.Equal(fusion.Fuse(partly).Logits.data<float>().ToArray(), shown[^1].Logits);
        var visual = shown.Single(entry => entry.Subset.ToString() == "visual").Logits;
        Assert.All(visual[6..12], value => Assert.Equal(0, value));
        using var alone = fusion.Fuse(batch.Only([false, true, false])).Logits;
        Assert.Equal(alone[0].data<float>().ToArray(), visual[..6], (one, other) => Math.Abs(one - other) < 1e-5);
    }

    private static IFusion Build(string name, FusionConfig? config = null)
    {
        var fusion = FusionChoice.All.Append(GatedFusion.Choice).First(choice => choice.Name == name).Build(config ?? Three, seed: 1);
        fusion.SetTraining(false);
        return fusion;
    }

    private static ModalityBatch Batch(int clips, int modalities)
    {
        using var generator = new Generator(5);
        return new() { Features = [.. Three.Modalities.Take(modalities).Select(modality => randn(new long[] { clips, modality.Size }, generator: generator))] };
    }
}
