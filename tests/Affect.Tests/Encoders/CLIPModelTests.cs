using static Affect.Tests.Encoders.TinyVision;

namespace Affect.Tests.Encoders;

public sealed class CLIPModelTests
{
    [Fact]
    public void What_follows_the_end_token_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var model = CLIPModel.Random(CLIP, seed: 1);
        var first = model.Read(Tokens([17, 3, 4, 18, 18, 18])).Feature;
        Assert.Equal(0, (first - model.Read(Tokens([17, 3, 4, 18, 5, 18])).Feature).abs().max().ToDouble());
        Assert.NotEqual(0, (first - model.Read(Tokens([17, 4, 3, 18, 18, 18])).Feature).abs().max().ToDouble());
    }

    [Fact]
    public void A_text_padded_in_a_batch_is_as_it_is_alone()
    {
        using var scope = NewDisposeScope();
        using var model = CLIPModel.Random(CLIP, seed: 1);
        var batch = model.Read(Tokens([17, 3, 18, 18, 18], [17, 5, 6, 7, 18]), Tokens([1, 1, 1, 0, 0], [1, 1, 1, 1, 1])).Feature;
        Assert.InRange((batch[0] - model.Read(Tokens([17, 3, 18])).Feature[0]).abs().max().ToDouble(), 0, 1e-6);
    }

    [Fact]
    public void With_the_end_token_2_of_the_first_files_the_highest_token_ends_a_text()
    {
        using var scope = NewDisposeScope();
        using var right = CLIPModel.Random(CLIP, seed: 1);
        using var wrong = CLIPModel.Random(CLIP with { Text = CLIP.Text with { EndToken = 2 } }, seed: 1);
        var tokens = Tokens([17, 3, 18, 0, 0]);
        Assert.Equal(0, (right.Read(tokens).Feature - wrong.Read(tokens).Feature).abs().max().ToDouble());
    }

    [Fact]
    public void A_text_without_end_or_too_long_is_refused()
    {
        using var scope = NewDisposeScope();
        using var model = CLIPModel.Random(CLIP, seed: 1);
        Assert.Contains("must hold the end token 18", Assert.Throws<ArgumentException>(() => model.Read(Tokens([17, 3, 4]))).Message, StringComparison.Ordinal);
        Assert.Contains("at most 10", Assert.Throws<ArgumentException>(() => model.Read(Tokens([17, 1, 1, 1, 1, 1, 1, 1, 1, 1, 18]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradients_reach_both_towers_and_the_temperature()
    {
        using var model = CLIPModel.Random(CLIP, seed: 1);
        foreach (var parameter in model.parameters()) parameter.requires_grad = true;
        using (NewDisposeScope())
        {
            var logits = model.Logits(model.Look(Pixels(2)).Feature, model.Read(Tokens([17, 3, 18], [17, 4, 18])).Feature);
            logits[0, 0].backward();
        }
        var unreached = model.named_parameters().Where(one => one.parameter.grad is null).Select(one => one.name);
        Assert.Empty(unreached);
    }

    [Fact]
    public void A_random_control_has_the_shape_and_preprocessing_of_a_folder()
    {
        using var folder = new TemporaryFolder();
        using var model = CLIPModel.Random(CLIP, seed: 1, preprocessing: Affect.Encoders.PicturePreprocessing.Vit with { Size = 20, Crop = 16 });
        model.SavePretrained(folder.Path);
        using var control = CLIPModel.RandomLike(folder.Path, seed: 5);
        Assert.Equal(model.Preprocessing, control.Preprocessing);
        Assert.Equal(model.Config, control.Config);
        Assert.NotEqual(model.Fingerprint, control.Fingerprint);
    }

    [Fact]
    public void A_config_of_another_model_or_with_sizes_that_do_not_fit_is_refused_with_the_files_name()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "config.json");
        File.WriteAllText(file, """{"model_type":"bert"}""");
        Assert.Equal($"{file}: 'model_type' must be 'clip', but is 'bert'.", Assert.Throws<FormatException>(() => CLIPConfig.Read(file)).Message);
        File.WriteAllText(file, """{"model_type":"clip","vision_config":{"image_size":30,"patch_size":8}}""");
        Assert.Contains("ImageSize must be a multiple of PatchSize = 8, but is 30", Assert.Throws<FormatException>(() => CLIPConfig.Read(file)).Message, StringComparison.Ordinal);
        File.WriteAllText(file, """{"model_type":"clip","vision_config":[]}""");
        Assert.Contains("'vision_config' must be an object", Assert.Throws<FormatException>(() => CLIPConfig.Read(file)).Message, StringComparison.Ordinal);
    }
}
