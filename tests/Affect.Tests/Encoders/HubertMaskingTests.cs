namespace Affect.Tests.Encoders;

public sealed class HubertMaskingTests
{
    private const int Samples = 6400;    // 19 frames

    [Fact]
    public void With_nothing_hidden_it_is_the_networks_last_state()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(TinyHubert.Large, seed: 1);
        var waveform = TinyHubert.Waveform(2, Samples);
        using var states = model.call(waveform, null);
        var state = model.MaskedState(waveform, zeros(2, 19, dtype: ScalarType.Bool));
        Assert.Equal(0, TinyHubert.LargestDifference(states.Layers[^1], state));
    }

    [Fact]
    public void What_is_hidden_cannot_be_heard()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(TinyHubert.Large, seed: 1);
        var hidden = zeros(1, 19, dtype: ScalarType.Bool);
        hidden[0, TensorIndex.Slice(6, 12)] = tensor(true);
        var waveform = TinyHubert.Waveform(1, Samples);
        var changed = waveform.clone();
        // Frames 6 to 11 hear samples 1920 to 3919; 5 and 12 end and begin at 1999 and 3840.
        changed[0, TensorIndex.Slice(2000, 3840)] = zeros(1840);
        Assert.Equal(0, TinyHubert.LargestDifference(model.MaskedState(waveform, hidden), model.MaskedState(changed, hidden)));
        Assert.True(TinyHubert.LargestDifference(model.MaskedState(waveform, ~hidden), model.MaskedState(changed, ~hidden)) > 1e-3);
    }

    [Fact]
    public void The_embedding_behind_which_frames_are_hidden_learns()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(TinyHubert.Large, seed: 1);
        foreach (var parameter in model.parameters()) parameter.requires_grad = true;
        model.MaskedState(TinyHubert.Waveform(1, Samples), ones(1, 19, dtype: ScalarType.Bool)).pow(2).mean().backward();
        Assert.True(model.get_parameter("masked_spec_embed")!.grad!.abs().max().ToDouble() > 0);
    }

    [Fact]
    public void A_mask_of_another_width_is_refused()
    {
        using var scope = NewDisposeScope();
        using var model = HubertModel.Random(TinyHubert.Large, seed: 1);
        var error = Assert.Throws<ArgumentException>(() => model.MaskedState(TinyHubert.Waveform(2, Samples), zeros(2, 20, dtype: ScalarType.Bool)));
        Assert.StartsWith("hidden must be [batch, frames] = [2, 19], but was [2, 20].", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_random_control_of_a_folder_has_its_shape_and_preprocessing_but_not_its_weights()
    {
        using var folder = new TemporaryFolder();
        using (var saved = HubertModel.Random(TinyHubert.Large, seed: 3, normalizesInput: false)) saved.SavePretrained(folder.Path, ScalarType.Float16);
        using var trained = HubertModel.FromPretrained(folder.Path);
        using var control = HubertModel.RandomLike(folder.Path, seed: 5);
        using var same = HubertModel.RandomLike(folder.Path, seed: 5);
        Assert.Equal(trained.Config.HiddenSize, control.Config.HiddenSize);
        Assert.Equal(trained.Config.Layers, control.Config.Layers);
        Assert.False(control.NormalizesInput);
        Assert.Equal(same.Fingerprint, control.Fingerprint);
        Assert.NotEqual(trained.Fingerprint, control.Fingerprint);
    }
}
