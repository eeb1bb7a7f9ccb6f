namespace Affect.Cli.Tests;

public sealed class ParityCommandTests
{
    [Theory]
    [InlineData("hubert-base-tiny", null)]
    [InlineData("hubert-base-tiny", "pytorch_model.bin")]
    [InlineData("hubert-large-tiny", null)]
    public void A_model_that_computes_what_the_original_did_passes(string name, string? weights)
    {
        string[] choice = weights is null ? [] : ["--weights", Repository.Golden(name, weights)];
        var result = LabProcess.Run(["parity", Repository.Golden(name), .. choice]);

        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        var root = json.RootElement;
        Assert.True(root.GetProperty("passed").GetBoolean());
        Assert.Equal(1e-4, root.GetProperty("tolerance").GetDouble());
        Assert.InRange(root.GetProperty("max_abs_diff").GetDouble(), 0, 1e-4);
        Assert.Equal(8, root.GetProperty("tensors").EnumerateObject().Count());
        Assert.Equal(5, root.GetProperty("gradients").EnumerateObject().Count());
        Assert.Contains("frame_mask", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("clip-tiny", 12)]
    [InlineData("vit-tiny", 6)]
    public void An_encoder_of_pictures_that_computes_what_the_original_did_passes(string name, int tensors)
    {
        var result = LabProcess.Run("parity", Repository.Golden(name));
        Assert.Equal(0, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        Assert.True(json.RootElement.GetProperty("passed").GetBoolean());
        Assert.Equal(tensors, json.RootElement.GetProperty("tensors").EnumerateObject().Count());
    }

    [Fact]
    public void Above_the_tolerance_the_exit_code_is_one_and_the_object_is_still_printed()
    {
        var result = LabProcess.Run(["parity", Repository.Golden("hubert-large-tiny"), "--tolerance", "1e-9"]);
        Assert.Equal(1, result.ExitCode);
        using var json = JsonDocument.Parse(result.Output);
        Assert.False(json.RootElement.GetProperty("passed").GetBoolean());
    }

    [Fact]
    public void Weights_of_another_model_are_refused_in_one_line()
    {
        var result = LabProcess.Run(["parity", Repository.Golden("hubert-large-tiny"), "--weights", Repository.Golden("hubert-base-tiny", "model.safetensors")]);
        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.Contains("does not fit the model", Assert.Single(result.Errors.Trim().Split('\n')), StringComparison.Ordinal);
    }
}
