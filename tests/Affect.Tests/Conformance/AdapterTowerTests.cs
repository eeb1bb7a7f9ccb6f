namespace Affect.Tests.Conformance;

/// <summary>Adapters in models of two towers: each tower has its own targets and layers.</summary>
public sealed class AdapterTowerTests
{
    public static TheoryData<string> Methods => [.. AdapterMethods.All.Keys.Where(name => AdapterMethods.All[name].Towers[0].Modules is null)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void In_one_tower_it_leaves_the_other_alone(string method)
    {
        using var scope = NewDisposeScope();
        using var model = CLIPModel.Random(TinyVision.CLIP, seed: 1);
        var (seen, read) = (See(model), Read(model));
        using var adapter = (AdapterMethods.All[method] with { Towers = [TowerTargets.Within(new LayerRange(2, 2), tower: "vision_model")] }).InsertInto(model);
        Assert.Equal([2], adapter.Layers);
        Assert.All(adapter.Targets, path => Assert.StartsWith("vision_model.encoder.layers.1", path, StringComparison.Ordinal));
        Assert.InRange(Difference(seen, See(model)), 0, 1e-6);
        Disturb(adapter);
        Assert.True(Difference(seen, See(model)) > 1e-4);
        Assert.Equal(0, Difference(read, Read(model)));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Each_tower_has_targets_and_layers_of_its_own(string method)
    {
        using var model = CLIPModel.Random(TinyVision.CLIP, seed: 1);
        var towers = new[] { TowerTargets.Within(new LayerRange(2, 2), tower: "vision_model"), TowerTargets.Within(new LayerRange(1, 2), tower: "text_model") };
        using var adapter = (AdapterMethods.All[method] with { Towers = towers }).InsertInto(model);
        Assert.Contains(adapter.Targets, path => path.StartsWith("text_model.encoder.layers.0", StringComparison.Ordinal));
        Assert.DoesNotContain(adapter.Targets, path => path.StartsWith("vision_model.encoder.layers.0", StringComparison.Ordinal));

        using var folder = new Data.TemporaryFolder();
        adapter.Save(folder.Path);
        using var again = CLIPModel.Random(TinyVision.CLIP, seed: 1);
        using var loaded = SavedAdapter.Load(again, folder.Path, methods: AdapterMethods.Own);
        Assert.Equal(adapter.Parameters.Keys.Order(), loaded.Parameters.Keys.Order());
    }

    private static Tensor See(CLIPModel model)
    {
        using var noGrad = no_grad();
        return model.Look(TinyVision.Pixels(2)).States[^1].clone();
    }

    private static Tensor Read(CLIPModel model)
    {
        using var noGrad = no_grad();
        return model.Read(TinyVision.Tokens([17, 3, 4, 18])).States[^1].clone();
    }

    private static void Disturb(InsertedAdapter adapter)
    {
        using var noGrad = no_grad();
        foreach (var parameter in adapter.Parameters.Values) parameter.add_(0.3);
    }

    private static double Difference(Tensor a, Tensor b) => (double)(a - b).abs().max();
}
