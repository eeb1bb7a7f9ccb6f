namespace Affect.Tests.Encoders;

public sealed class HubertParityTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("hubert-base-tiny", null)]
    [InlineData("hubert-base-tiny", "pytorch_model.bin")]
    [InlineData("hubert-large-tiny", null)]
    public void States_loss_and_gradients_are_those_of_transformers(string name, string? weights)
    {
        var report = Check(Repository.Golden(name), weights is null ? null : Repository.Golden(name, weights));

        // Five states, the last one again, the convolutions' output and the loss; five gradients.
        Assert.Equal(8, report.Tensors.Count);
        Assert.Equal(5, report.Gradients.Count);
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

        var report = Check(folder.Path, weights: null);

        Assert.Equal([Weight], report.Gradients.Where(gradient => gradient.Value > ParityReport.GradientTolerance).Select(gradient => gradient.Key));
        Assert.False(report.Passed, report.ToJson());
    }

    [Theory]
    [InlineData("hubert-base-tiny", "encoder.layers.0.attention.q_proj.weight")]
    [InlineData("hubert-base-tiny", "encoder.pos_conv_embed.conv.weight_g")]
    [InlineData("hubert-large-tiny", "feature_extractor.conv_layers.3.layer_norm.bias")]
    [InlineData("hubert-large-tiny", "encoder.layer_norm.weight")]
    public void A_perturbed_weight_is_noticed(string name, string weight)
    {
        using var folder = new TemporaryFolder();
        PerturbedGolden.Write(folder.Path, name, weight);

        var report = Check(folder.Path, weights: null);

        Assert.False(report.Passed, report.ToJson());
        Assert.True(report.MaxAbsDiff > 10 * Tolerance);
    }

    [Fact]
    public void A_folder_of_another_model_is_not_recognized()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "config.json"), """{"model_type":"bert"}""");
        Assert.False(new HubertParity().Recognizes(folder.Path));
        Assert.True(new HubertParity().Recognizes(Repository.Golden("hubert-base-tiny")));
    }

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

    private static ParityReport Check(string folder, string? weights)
    {
        using var parityCase = ParityCase.Open(folder);
        new HubertParity().Run(folder, weights, parityCase);
        return parityCase.Report(Tolerance);
    }
}
