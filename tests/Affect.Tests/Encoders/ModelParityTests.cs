namespace Affect.Tests.Encoders;

public sealed class ModelParityTests
{
    private const double Tolerance = 1e-4;

    private static readonly IParityCheck[] Checks = [new HubertParity(), new CLIPParity(), new VitParity(), new BertParity()];

    [Theory]
    [InlineData("hubert-base-tiny", 8, 5)] // five states, the last one again, the convolutions' output and the loss; five gradients
    [InlineData("hubert-base-tiny", 8, 5, "pytorch_model.bin")]
    [InlineData("hubert-large-tiny", 8, 5)]
    [InlineData("clip-tiny", 12, 0)] // four states of each tower, the pooler, both features, the logits
    [InlineData("vit-tiny", 6, 0)] // four states, the normed one, the pooler
    [InlineData("bert-tiny", 6, 0)] // four states, the last one again, the pooler
    [InlineData("roberta-tiny", 6, 0)]
    public void States_losses_and_gradients_are_those_of_transformers(string name, int outputs, int gradients, string? weights = null)
    {
        var report = Check(Repository.Golden(name), weights is null ? null : Repository.Golden(name, weights));

        Assert.Equal(outputs, report.Tensors.Count);
        Assert.Equal(gradients, report.Gradients.Count);
        Assert.True(report.Passed, report.ToJson());
    }

    [Theory]
    [InlineData("hubert-base-tiny")]
    [InlineData("hubert-large-tiny")]
    public void Another_gradient_of_the_first_convolution_is_noticed(string name)
    {
        const string Weight = "feature_extractor.conv_layers.0.conv.weight";
        using var folder = new TemporaryFolder();
        PerturbedGolden.WriteCase(folder.Path, name, "grad." + Weight);

        var report = Check(folder.Path);

        Assert.Equal([Weight], report.Gradients.Where(gradient => gradient.Value > ParityReport.GradientTolerance).Select(gradient => gradient.Key));
        Assert.False(report.Passed, report.ToJson());
    }

    [Theory]
    [InlineData("hubert-base-tiny", "encoder.layers.0.attention.q_proj.weight")]
    [InlineData("hubert-base-tiny", "encoder.pos_conv_embed.conv.weight_g")]
    [InlineData("hubert-large-tiny", "feature_extractor.conv_layers.3.layer_norm.bias")]
    [InlineData("hubert-large-tiny", "encoder.layer_norm.weight")]
    [InlineData("clip-tiny", "vision_model.encoder.layers.1.mlp.fc1.weight")]
    [InlineData("clip-tiny", "vision_model.pre_layrnorm.weight")]
    [InlineData("clip-tiny", "text_model.encoder.layers.0.self_attn.q_proj.weight")]
    [InlineData("clip-tiny", "text_model.final_layer_norm.bias")]
    [InlineData("clip-tiny", "visual_projection.weight")]
    [InlineData("vit-tiny", "encoder.layer.2.attention.output.dense.bias")]
    [InlineData("vit-tiny", "pooler.dense.weight")]
    [InlineData("bert-tiny", "encoder.layer.1.attention.self.query.weight")]
    [InlineData("bert-tiny", "pooler.dense.bias")]
    [InlineData("roberta-tiny", "embeddings.position_embeddings.weight")]
    public void A_perturbed_weight_is_noticed(string name, string weight)
    {
        using var folder = new TemporaryFolder();
        PerturbedGolden.Write(folder.Path, name, weight);

        var report = Check(folder.Path);

        Assert.False(report.Passed, report.ToJson());
        if (name.StartsWith("hubert", StringComparison.Ordinal)) Assert.True(report.MaxAbsDiff > 10 * Tolerance);
    }

    [Theory]
    [InlineData("hubert-base-tiny", typeof(HubertParity))]
    [InlineData("clip-tiny", typeof(CLIPParity))]
    [InlineData("vit-tiny", typeof(VitParity))]
    [InlineData("roberta-tiny", typeof(BertParity))]
    public void Each_check_recognises_its_own_folders_only(string name, Type check) =>
        Assert.Equal([check], Checks.Where(known => known.Recognizes(Repository.Golden(name))).Select(known => known.GetType()));

    [Fact]
    public void A_folder_without_a_case_says_so()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("holds no case.safetensors", Assert.Throws<FileNotFoundException>(() => ParityCase.Open(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_difference_that_is_no_number_fails()
    {
        var report = new ParityReport
        {
            Tolerance = Tolerance,
            Tensors = new Dictionary<string, double> { ["a"] = double.PositiveInfinity },
            Gradients = new Dictionary<string, double>(),
        };
        Assert.False(report.Passed);
        Assert.Contains("\"max_abs_diff\": null", report.ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_compared_is_not_passed()
    {
        var report = new ParityReport { Tolerance = Tolerance, Tensors = new Dictionary<string, double>(), Gradients = new Dictionary<string, double>() };
        Assert.False(report.Passed);
    }

    internal static ParityReport Check(string folder, string? weights = null)
    {
        using var parityCase = ParityCase.Open(folder);
        Checks.Single(check => check.Recognizes(folder)).Run(folder, weights, parityCase);
        return parityCase.Report(Tolerance);
    }
}
