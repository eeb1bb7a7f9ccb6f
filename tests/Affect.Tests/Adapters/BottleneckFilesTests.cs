using static Affect.Tests.Conformance.AdapterMethods;

namespace Affect.Tests.Adapters;

public sealed class BottleneckFilesTests
{
    private static readonly BottleneckConfig Middle = new() { Width = 5, Towers = [new TowerTargets { Layers = [2] }] };

    [Fact]
    public void The_file_has_transformers_names_for_every_block_and_adds_nothing_in_those_that_are_not_adapted()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = Model("pre-norm");
        using var adapter = Middle.InsertInto(model);
        Train(model, adapter);
        adapter.Save(folder.Path);

        using var file = SafetensorsFile.Open(Path.Combine(folder.Path, "adapter_model.safetensors"));
        string[] parts = ["norm.weight", "norm.bias", "linear_1.weight", "linear_1.bias", "linear_2.weight", "linear_2.bias"];
        Assert.Equal(Enumerable.Range(0, 3).SelectMany(block => parts.Select(part => $"encoder.layers.{block}.adapter_layer.{part}")).Order(), file.Entries.Keys.Order());
        foreach (var block in new[] { 0, 2 })
            Assert.Equal(0, file.Read($"encoder.layers.{block}.adapter_layer.linear_2.weight").abs().max().ToDouble() + file.Read($"encoder.layers.{block}.adapter_layer.linear_2.bias").abs().max().ToDouble());
        Assert.Equal(5, ConfigFile.Open(Path.Combine(folder.Path, "adapter_config.json")).WholeNumber("adapter_attn_dim"));
    }

    [Fact]
    public void A_whole_model_with_bottlenecks_loads_as_transformers_would_load_it_and_computes_the_same()
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var model = Model("pre-norm");
        using var adapter = Middle.InsertInto(model);
        Train(model, adapter);
        model.SaveWithBottlenecks(folder.Path);

        using var loaded = HubertModel.FromPretrained(folder.Path); // the slot in HubertBlock, filled by config.json's adapter_attn_dim
        Assert.Equal(5, loaded.Config.AdapterSize);
        Assert.InRange((Last(model) - Last(loaded)).abs().max().ToDouble(), 0, 1e-6);
        Assert.Contains("has an adapter already", Assert.Throws<InvalidOperationException>(() => Middle.InsertInto(loaded)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_transformers_has_no_slot_for_is_refused_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        using var model = Model("post-norm");
        using var adapter = Middle.InsertInto(model);
        Refuses(model, "must be pre-norm");
        using var other = Model("pre-norm");
        Refuses(other, "must have bottlenecks after blocks, of one width and with norms, as transformers has them, but has 0");
        using var lora = new LoraConfig().InsertInto(other);
        Refuses(other, "must have bottlenecks after blocks");
        using (Middle.InsertInto(other)) Refuses(other, "must have no other adapter, but has 'encoder.layers.0.attention.");
        lora.Dispose();
        using (new BottleneckConfig { Placement = BottleneckPlacement.BesideFeedForward }.InsertInto(other)) Refuses(other, "but has 0");
        var bare = Middle with { HasNorm = false, Towers = [new TowerTargets { Layers = [1] }] };
        using (Middle.InsertInto(other))
        using (bare.InsertInto(other)) Refuses(other, "of widths [5, 5], and 1 norms");

        void Refuses(HubertModel what, string message) =>
            Assert.Contains(message, Assert.Throws<InvalidOperationException>(() => what.SaveWithBottlenecks(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_adapters_can_live_in_one_model_and_the_second_does_not_freeze_the_first()
    {
        using var model = Model("pre-norm");
        using var bottleneck = Middle.InsertInto(model);
        using var lora = new LoraConfig { Rank = 2 }.InsertInto(model);
        Assert.All(bottleneck.Parameters.Values, parameter => Assert.True(parameter.requires_grad));
        Assert.Equal(bottleneck.BaseCount, lora.BaseCount);
    }
}
