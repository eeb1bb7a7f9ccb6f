namespace Affect.Tests.Fusion;

public sealed class FusionTests
{
    // Recorded before the fusions had a common base that registers their parts in another order: one seed must go on giving one network.
    [Fact]
    public void A_seed_gives_the_first_weights_that_it_always_gave()
    {
        ModalityInput[] inputs = [new("acoustic", 8), new("visual", 7), new("lexical", 5)];
        var config = new FusionConfig { Modalities = inputs, HiddenSize = 8, Dropout = 0 };
        var recorded = File.ReadAllLines(Repository.Golden("fusion-first-weights", "sums.txt")).Skip(1).Where(line => line.Length > 0)
            .Select(line => line.Split(' ')).GroupBy(line => line[0]).ToList();
        Assert.Equal(FusionChoice.All.Count, recorded.Count);
        foreach (var form in recorded)
        {
            using var fusion = FusionChoice.Parse(form.Key).Build(config, seed: 1);
            var sums = fusion.Weights.ToDictionary(weight => weight.Name, weight => weight.Parameter.detach().sum().ToDouble());
            Assert.Equal(form.Select(line => line[1]).Order(StringComparer.Ordinal), sums.Keys.Order(StringComparer.Ordinal));
            Assert.All(form, line => Assert.Equal(double.Parse(line[2], CultureInfo.InvariantCulture), sums[line[1]], 1e-4));
        }
    }

    [Theory]
    [InlineData("fusion-attention", "attention", 28)]
    [InlineData("fusion-lmf", "lmf", 25)]
    [InlineData("fusion-tfn", "tfn", 24)]
    public void Features_logits_loss_and_gradients_are_those_of_the_baseline(string folder, string name, int gradients)
    {
        var report = Check(Repository.Golden(folder));
        Assert.Equal(3, report.Tensors.Count);
        Assert.Equal(gradients, report.Gradients.Count);
        Assert.True(report.Passed, report.ToJson());
        using var fusion = BaselineFusion.Open(Repository.Golden(folder, "model.safetensors"));
        Assert.Equal(name, fusion.Name);
        Assert.True(fusion.Config.HasValence);
    }

    [Theory]
    [InlineData("fusion-attention", "fc_att.bias")]
    [InlineData("fusion-lmf", "text_factor")]
    [InlineData("fusion-tfn", "post_fusion_layer_1.weight")]
    public void A_perturbed_weight_is_noticed(string name, string weight)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        File.Copy(Repository.Golden(name, "case.safetensors"), Path.Combine(folder.Path, "case.safetensors"));
        using var original = SafetensorsFile.Open(Repository.Golden(name, "model.safetensors"));
        var tensors = original.Entries.Keys.ToDictionary(key => key, original.Read);
        tensors[weight] = tensors[weight] * 1.05 + 0.01;
        SafetensorsWriter.Write(Path.Combine(folder.Path, "model.safetensors"), tensors);
        Assert.False(Check(folder.Path).Passed);
    }

    [Fact]
    public void A_file_of_something_else_is_refused()
    {
        Assert.False(new FusionParity().Recognizes(Repository.Golden("bert-tiny")));
        Assert.Contains(
            "must hold 'audio_encoder.linear_1.weight'", Assert.Throws<FormatException>(() => BaselineFusion.Open(Repository.Golden("bert-tiny", "model.safetensors"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_softmax_the_weights_of_what_is_there_sum_to_one()
    {
        using var scope = NewDisposeScope();
        using var fusion = new AttentionFusion(new FusionConfig { Modalities = [new("acoustic", 3), new("visual", 4)], HiddenSize = 8, Dropout = 0 }, softmax: true);
        var batch = new ModalityBatch { Features = [randn(5, 3), randn(5, 4)], Presence = tensor(new[] { true, true, true, false, false, true, true, true, true, true }, new long[] { 5, 2 }) };
        var weights = fusion.Fuse(batch).Weights!;
        Assert.True(weights.sum(1).allclose(ones(5)));
        Assert.Equal(1, weights[1, 0].ToSingle());
        Assert.Equal(1, weights[2, 1].ToSingle());
    }

    [Fact]
    public void Modality_dropout_takes_as_often_as_asked_and_never_all()
    {
        using var scope = NewDisposeScope();
        var batch = new ModalityBatch { Features = [zeros(4000, 1), zeros(4000, 1), zeros(4000, 1)] };
        var kept = new ModalityDropout { Probability = 0.5 }.Apply(batch, new SeededRandom(1)).Presence!;
        Assert.True(kept.any(1).all().ToBoolean());
        // Given that not all go: P(kept) = 0.5 / (1 − 0.125).
        Assert.Equal(0.5 / 0.875, kept.to(ScalarType.Float64).mean().ToDouble(), tolerance: 0.02);
        Assert.True(kept.allclose(new ModalityDropout { Probability = 0.5 }.Apply(batch, new SeededRandom(1)).Presence!, rtol: 0, atol: 0));
        Assert.Same(batch, new ModalityDropout { Probability = 0 }.Apply(batch, new SeededRandom(1)));
    }

    [Fact]
    public void What_was_missing_before_stays_missing()
    {
        using var scope = NewDisposeScope();
        var presence = tensor(new[] { true, false, false, true, true, false }, new long[] { 2, 3 });
        var batch = new ModalityBatch { Features = [zeros(2, 1), zeros(2, 1), zeros(2, 1)], Presence = presence };
        for (var seed = 0; seed < 20; seed++)
        {
            var kept = new ModalityDropout { Probability = 0.9 }.Apply(batch, new SeededRandom(seed)).Presence!;
            Assert.False(kept.logical_and(presence.logical_not()).any().ToBoolean());
            Assert.True(kept[0, 0].ToBoolean());
        }
    }

    [Fact]
    public void Subsets_are_all_that_there_are_from_single_to_full()
    {
        Assert.Equal(
            ["a", "v", "l", "a + v", "a + l", "v + l", "a + v + l"], ModalitySubset.All(["a", "v", "l"]).Select(subset => subset.ToString()));
        Assert.Single(ModalitySubset.All(["a"]));
    }

    [Fact]
    public void Frames_that_are_not_valid_play_no_part_in_the_cross_modal_transformer()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(3);
        using var fusion = FusionChoice.Parse("cross").Build(new FusionConfig { Modalities = [new("acoustic", 6), new("visual", 4), new("lexical", 5)], HiddenSize = 8, Dropout = 0 }, seed: 1);
        fusion.SetTraining(false);
        var (sound, pictures, words) = (randn(new long[] { 2, 7, 6 }, generator: generator), randn(new long[] { 2, 3, 4 }, generator: generator), randn(new long[] { 2, 5 }, generator: generator));
        var valid = tensor(new[] { true, true, true, true, false, false, false, true, true, true, true, true, true, true }, new long[] { 2, 7 });
        var batch = new ModalityBatch { Features = [sound, pictures, words], FrameMasks = [valid, null, null] };
        var first = fusion.Fuse(batch).Logits;
        var damaged = sound.masked_fill(valid.logical_not().unsqueeze(2), float.NaN);
        Assert.True(first.allclose(fusion.Fuse(batch with { Features = [damaged, pictures, words] }).Logits, rtol: 0, atol: 0));
        var shorter = new ModalityBatch { Features = [sound.narrow(0, 0, 1).narrow(1, 0, 4), pictures.narrow(0, 0, 1), words.narrow(0, 0, 1)] };
        Assert.True(first.narrow(0, 0, 1).allclose(fusion.Fuse(shorter).Logits, rtol: 0, atol: 1e-5));
        Assert.False(first.allclose(fusion.Fuse(batch with { Features = [sound, pictures.flip(1), words] }).Logits, rtol: 0, atol: 1e-6), "the order of frames must play a part");
        Assert.Contains("frame mask of visual", Assert.Throws<ArgumentException>(() => fusion.Fuse(batch with { FrameMasks = [null, valid, null] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_that_make_no_sense_are_told_of()
    {
        Assert.Contains("'acoustic' is there twice", Assert.Throws<ArgumentException>(() => new FusionConfig { Modalities = [new("acoustic", 1), new("acoustic", 2)] }).Message, StringComparison.Ordinal);
        Assert.Contains("attention, attention-softmax, concat", Assert.Throws<ArgumentException>(() => FusionChoice.Parse("sum")).Message, StringComparison.Ordinal);
        var wide = new FusionConfig { Modalities = [new("a", 1), new("b", 1), new("c", 1)], HiddenSize = 256 };
        Assert.Contains("choose a smaller HiddenSize", Assert.Throws<ArgumentException>(() => new TensorFusion(wide)).Message, StringComparison.Ordinal);
        Assert.Contains("multiple of the 4 heads", Assert.Throws<ArgumentException>(() => new CrossModalFusion(wide with { HiddenSize = 6 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModalityDropout { Probability = 1 });
    }

    private static ParityReport Check(string folder)
    {
        using var parityCase = ParityCase.Open(folder);
        Assert.True(new FusionParity().Recognizes(folder));
        new FusionParity().Run(folder, weights: null, parityCase);
        return parityCase.Report(1e-4);
    }
}
