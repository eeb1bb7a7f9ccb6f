namespace Affect.Tests.Encoders;

public sealed class VisionParityTests
{
    private const double Tolerance = 1e-4;

    [Theory]
    [InlineData("clip-tiny", 12)] // four states of each tower, the pooler, both features, the logits
    [InlineData("vit-tiny", 6)]   // four states, the normed one, the pooler
    public void States_and_features_are_those_of_transformers(string name, int outputs)
    {
        var report = Check(Repository.Golden(name));

        Assert.Equal(outputs, report.Tensors.Count);
        Assert.True(report.Passed, report.ToJson());
    }

    [Theory]
    [InlineData("clip-tiny", "vision_model.encoder.layers.1.mlp.fc1.weight")]
    [InlineData("clip-tiny", "vision_model.pre_layrnorm.weight")]
    [InlineData("clip-tiny", "text_model.encoder.layers.0.self_attn.q_proj.weight")]
    [InlineData("clip-tiny", "text_model.final_layer_norm.bias")]
    [InlineData("clip-tiny", "visual_projection.weight")]
    [InlineData("vit-tiny", "encoder.layer.2.attention.output.dense.bias")]
    [InlineData("vit-tiny", "pooler.dense.weight")]
    public void A_perturbed_weight_is_noticed(string name, string weight)
    {
        using var folder = new TemporaryFolder();
        PerturbedGolden.Write(folder.Path, name, weight);

        Assert.False(Check(folder.Path).Passed);
    }

    [Fact]
    public void Each_check_recognises_its_own_folders_only()
    {
        Assert.True(new CLIPParity().Recognizes(Repository.Golden("clip-tiny")));
        Assert.False(new CLIPParity().Recognizes(Repository.Golden("vit-tiny")));
        Assert.True(new VitParity().Recognizes(Repository.Golden("vit-tiny")));
        Assert.False(new VitParity().Recognizes(Repository.Golden("clip-tiny")));
    }

    private static ParityReport Check(string folder)
    {
        using var parityCase = ParityCase.Open(folder);
        IParityCheck check = new CLIPParity().Recognizes(folder) ? new CLIPParity() : new VitParity();
        check.Run(folder, weights: null, parityCase);
        return parityCase.Report(Tolerance);
    }
}
