namespace Affect.Tests.Checkpoints;

public sealed class WeightLoaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Everything_that_does_not_meet_is_listed_and_nothing_is_touched()
    {
        using var file = Write(new() { ["same"] = ones(2), ["narrow"] = ones(2), ["theirs"] = ones(1) });
        var targets = new Dictionary<string, Tensor> { ["same"] = zeros(2), ["narrow"] = zeros(3), ["ours"] = zeros(1) };

        var error = Assert.Throws<FormatException>(() => WeightLoader.Load(targets, file, NameMap.Identity));

        Assert.Contains("1 missing: ours", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 unexpected: theirs", error.Message, StringComparison.Ordinal);
        Assert.Contains("narrow: model [3], file [2]", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, targets["same"].sum().ToSingle());
    }

    [Fact]
    public void Names_are_mapped_by_the_first_rule_that_fits()
    {
        using var file = Write(new()
        {
            ["bert.layer.3.dense.weight"] = arange(6, dtype: ScalarType.Float32).reshape(2, 3),
            ["layer.3.packed"] = arange(6, dtype: ScalarType.Float32),
            ["head.weight"] = ones(1),
        });
        var targets = new Dictionary<string, Tensor> { ["blocks.3.w"] = zeros(3, 2), ["blocks.3.q"] = zeros(3), ["blocks.3.k"] = zeros(3), ["extra"] = zeros(1) };
        var map = NameMap.Identity
            .WithoutPrefix("bert.")
            .Rename("layer.*.dense.weight", "blocks.*.w", weight => weight.t())
            .Split("layer.*.packed", "blocks.*.q", "blocks.*.k")
            .Ignore("head.*")
            .Optional("extra");

        var report = WeightLoader.Load(targets, file, map);

        Assert.Equal(3, report.Loaded);
        Assert.True(report.IsExact);
        Assert.Equal([0f, 3, 1, 4, 2, 5], targets["blocks.3.w"].contiguous().data<float>().ToArray());
        Assert.Equal([0f, 1, 2], targets["blocks.3.q"].data<float>().ToArray());
        Assert.Equal([3f, 4, 5], targets["blocks.3.k"].data<float>().ToArray());
    }

    [Fact]
    public void Number_formats_are_converted_to_the_models()
    {
        using var file = Write(new() { ["w"] = tensor(new[] { 0.5f, -3f }).to(ScalarType.Float16) });
        var targets = new Dictionary<string, Tensor> { ["w"] = zeros(2) };
        WeightLoader.Load(targets, file, NameMap.Identity);
        Assert.Equal([0.5f, -3f], targets["w"].data<float>().ToArray());
    }

    [Fact]
    public void A_transform_that_gives_another_shape_is_refused_by_name()
    {
        using var file = Write(new() { ["w"] = ones(2, 3) });
        var targets = new Dictionary<string, Tensor> { ["w"] = zeros(2, 3) };
        var error = Assert.Throws<FormatException>(() => WeightLoader.Load(targets, file, NameMap.Identity.Rename("w", "w", weight => weight.t())));
        Assert.Contains("w: model [2, 3], file (transformed) [3, 2]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_names_that_become_one_are_refused()
    {
        using var file = Write(new() { ["w"] = ones(1), ["model.w"] = ones(1) });
        var error = Assert.Throws<FormatException>(() => WeightLoader.Load(new Dictionary<string, Tensor> { ["w"] = zeros(1) }, file, NameMap.Identity.WithoutPrefix("model.")));
        Assert.Contains("1 unexpected", error.Message, StringComparison.Ordinal);
    }

    private SafetensorsFile Write(Dictionary<string, Tensor> tensors)
    {
        SafetensorsWriter.Write(folder.In("model.safetensors"), tensors);
        return SafetensorsFile.Open(folder.In("model.safetensors"));
    }
}
