namespace Affect.Tests;

public sealed class EncoderChoiceTests
{
    [Fact]
    public void A_checkpoint_is_found_by_its_folder_and_by_its_name_alone()
    {
        using var folder = new TemporaryFolder();
        using var model = HubertModel.Random(TinyHubert.Base, seed: 3);
        model.SavePretrained(Path.Combine(folder.Path, "my-hubert"));

        var byPath = EncoderChoice.Parse(Path.Combine(folder.Path, "my-hubert"), seed: 1);
        var byName = EncoderChoice.Parse("my-hubert", seed: 1, folder.Path);
        using var one = byPath.Open();
        using var other = byName.Open();
        Assert.Equal(model.Fingerprint, one.Fingerprint);
        Assert.Equal(model.Fingerprint, other.Fingerprint);
        Assert.Equal("my-hubert", byName.Title);
        Assert.False(byName.IsRandom);
    }

    [Fact]
    public void The_control_has_the_architecture_of_a_checkpoint_but_not_its_weights()
    {
        using var folder = new TemporaryFolder();
        using var model = HubertModel.Random(TinyHubert.Base, seed: 3);
        model.SavePretrained(Path.Combine(folder.Path, "my-hubert"));

        var control = EncoderChoice.Parse("random:my-hubert", seed: 1, folder.Path);
        using var encoder = control.Open();
        using var again = EncoderChoice.Parse("random:my-hubert", seed: 1, folder.Path).Open();
        Assert.True(control.IsRandom);
        Assert.Equal("my-hubert (random weights)", control.Title);
        Assert.Equal((model.Layers, model.HiddenSize), (encoder.Layers, encoder.HiddenSize));
        Assert.NotEqual(model.Fingerprint, encoder.Fingerprint);
        Assert.Equal(encoder.Fingerprint, again.Fingerprint);
    }

    [Theory]
    [InlineData("no-such-model")]
    [InlineData("random:no-such-model")]
    [InlineData("..")]
    [InlineData("../checkpoints")]
    [InlineData("")]
    public void A_name_that_stands_for_nothing_is_refused(string name)
    {
        using var folder = new TemporaryFolder();
        var outside = name.StartsWith("..", StringComparison.Ordinal) ? name + "/nowhere" : name;
        var error = Assert.Throws<ArgumentException>(() => EncoderChoice.Parse(outside, seed: 1, folder.Path));
        Assert.StartsWith("encoder must be mfcc, ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"but was '{outside}'", error.Message, StringComparison.Ordinal);
    }
}
