using static Affect.Tests.Conformance.AdapterMethods;

namespace Affect.Tests.Conformance;

/// <summary>What holds of every adapter method, on post-norm and pre-norm models.</summary>
public sealed class AdapterConformanceTests
{
    private const double Tolerance = 1e-4;

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (var method in All.Keys)
                foreach (var model in Models)
                    cases.Add(method, model);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_fresh_adapter_changes_nothing(string method, string model)
    {
        using var scope = NewDisposeScope();
        using var encoder = Model(model);
        var before = Last(encoder);
        using var adapter = All[method].InsertInto(encoder);
        Assert.InRange(Difference(before, Last(encoder)), 0, 1e-6);
        Assert.True(adapter.TrainableCount > 0);
        Assert.All(adapter.Parameters.Values, parameter => Assert.True(parameter.requires_grad));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Only_the_adapters_weights_move_under_training_and_all_of_them_do(string method, string model)
    {
        using var encoder = Model(model);
        var before = Weights(encoder);
        using var adapter = All[method].InsertInto(encoder);
        var fresh = adapter.Parameters.ToDictionary(named => named.Key, named => named.Value.detach().flatten().data<float>().ToArray());
        Train(encoder, adapter);

        var after = Weights(encoder);
        foreach (var (name, values) in before) Assert.True(values.AsSpan().SequenceEqual(after[name]), name);
        foreach (var (name, parameter) in adapter.Parameters)
            Assert.False(fresh[name].AsSpan().SequenceEqual(parameter.detach().flatten().data<float>().ToArray()), $"{name} did not move");
        Assert.Equal(encoder.parameters().Sum(parameter => parameter.numel()), adapter.TrainableCount + adapter.BaseCount);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Disabled_it_is_the_base_model_exactly_and_enabled_again_it_is_adapted(string method, string model)
    {
        using var scope = NewDisposeScope();
        using var encoder = Model(model);
        var (plain, fingerprint) = (Last(encoder), encoder.Fingerprint);
        using var adapter = All[method].InsertInto(encoder);
        Train(encoder, adapter);
        var adapted = Last(encoder);
        Assert.NotEqual(fingerprint, encoder.Fingerprint);
        Assert.True(Difference(plain, adapted) > 1e-3, "training changed nothing: the test would prove nothing");

        adapter.Disable();
        Assert.False(adapter.IsEnabled);
        Assert.Equal(0, Difference(plain, Last(encoder)));
        Assert.Equal(fingerprint, encoder.Fingerprint);

        adapter.Enable();
        Assert.Equal(0, Difference(adapted, Last(encoder)));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Merged_it_computes_the_same_and_unmerged_every_bit_is_back(string method, string model)
    {
        using var scope = NewDisposeScope();
        using var encoder = Model(model);
        var before = Weights(encoder);
        using var adapter = All[method].InsertInto(encoder);
        Train(encoder, adapter);
        var adapted = Last(encoder);
        if (!adapter.Config.CanMerge)
        {
            Assert.Contains("cannot be merged", Assert.Throws<NotSupportedException>(adapter.Merge).Message, StringComparison.Ordinal);
            return;
        }
        adapter.Merge();
        Assert.InRange(Difference(adapted, Last(encoder)), 0, Tolerance);
        Assert.Equal(before.Keys.Order(), Weights(encoder).Keys.Order());
        Assert.Contains("unmerge it first", Assert.Throws<InvalidOperationException>(adapter.Merge).Message, StringComparison.Ordinal);

        adapter.Unmerge();
        Assert.Equal(0, Difference(adapted, Last(encoder)));
        adapter.Disable();
        foreach (var (name, values) in Weights(encoder)) Assert.True(values.AsSpan().SequenceEqual(before[name]), name);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Removed_it_leaves_no_trace_and_merged_for_good_its_update_stays(string method, string model)
    {
        using var scope = NewDisposeScope();
        using var encoder = Model(model);
        var (plain, before) = (Last(encoder), Weights(encoder));
        var adapter = All[method].InsertInto(encoder);
        Train(encoder, adapter);
        var adapted = Last(encoder);
        if (adapter.Config.CanMerge)
        {
            adapter.MergeForGood();
            Assert.InRange(Difference(adapted, Last(encoder)), 0, Tolerance);
            Assert.Equal(before.Keys.Order(), Weights(encoder).Keys.Order());
            return;
        }
        adapter.Remove();
        Assert.Equal(0, Difference(plain, Last(encoder)));
        Assert.Equal(before.Keys.Order(), Weights(encoder).Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Saved_and_loaded_it_is_the_same_and_the_head_comes_with_it(string method, string model)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var encoder = Model(model);
        using var head = nn.Linear(12, 6);
        using var adapter = (All[method] with { Towers = [All[method].Towers[0] with { Layers = [2, 3] }] }).InsertInto(encoder);
        Train(encoder, adapter);
        adapter.Save(folder.Path, Heads(head));

        using var again = Model(model);
        using var blank = nn.Linear(12, 6);
        using var loaded = SavedAdapter.Load(again, folder.Path, Heads(blank), methods: Own);
        Assert.Equal(adapter.Targets, loaded.Targets);
        Assert.Equal([2, 3], loaded.Layers);
        Assert.Equal(0, Difference(Last(encoder), Last(again)));
        Assert.Equal(0, Difference(head.weight, blank.weight));

        using var headless = Model(model);
        if (File.ReadAllText(Path.Combine(folder.Path, "adapter_config.json")).Contains("peft_type", StringComparison.Ordinal))
        {
            // PEFT keeps a task's head in the same file (modules_to_save): whoever wants the encoder alone gets it.
            using var alone = SavedAdapter.Load(headless, folder.Path, methods: Own);
            Assert.Equal(0, Difference(Last(encoder), Last(headless)));
            return;
        }
        var error = Assert.Throws<FormatException>(() => SavedAdapter.Load(headless, folder.Path, methods: Own));
        Assert.Contains("unexpected", error.Message, StringComparison.Ordinal);
        Assert.Contains("classifier.weight", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_for_another_model_or_a_damaged_one_is_refused_and_nothing_is_inserted(string method, string model)
    {
        using var scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using var encoder = Model(model);
        using (var adapter = All[method].InsertInto(encoder)) adapter.Save(folder.Path);
        var names = Weights(encoder).Keys.Order().ToArray();

        using var other = Model(model, seed: 2);
        Assert.Contains("made on a model with other weights", Assert.Throws<FormatException>(() => SavedAdapter.Load(other, folder.Path, methods: Own)).Message, StringComparison.Ordinal);
        using (var trusted = SavedAdapter.Load(other, folder.Path, trusting: true, methods: Own)) Assert.True(trusted.IsEnabled);

        using var wider = HubertModel.Random((model == "pre-norm" ? Encoders.TinyHubert.Large : Encoders.TinyHubert.Base) with { HiddenSize = 18 }, seed: 1);
        Assert.Contains("of another shape", Assert.Throws<FormatException>(() => SavedAdapter.Load(wider, folder.Path, trusting: true, methods: Own)).Message, StringComparison.Ordinal);
        Assert.Equal(names, Weights(wider).Keys.Order());

        var weights = Path.Combine(folder.Path, "adapter_model.safetensors");
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..^5]);
        Assert.Contains("adapter_model.safetensors", Assert.Throws<FormatException>(() => SavedAdapter.Load(encoder, folder.Path, methods: Own)).Message, StringComparison.Ordinal);
        Assert.Equal(names, Weights(encoder).Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_layer_or_module_that_is_not_there_is_an_error_that_lists_what_is(string method, string model)
    {
        using var encoder = Model(model);
        var config = All[method];
        var layers = Assert.Throws<ArgumentException>(() => (config with { Towers = [TowerTargets.Within(new LayerRange(3, 5), config.Towers[0].Modules)] }).InsertInto(encoder));
        Assert.Contains("4, 5 match nothing; there are layers 1 to 3", layers.Message, StringComparison.Ordinal);
        var modules = Assert.Throws<ArgumentException>(() => (config with { Towers = [new TowerTargets { Modules = ["c_attn"] }] }).InsertInto(encoder));
        Assert.Contains("'c_attn' matches nothing; there are ", modules.Message, StringComparison.Ordinal);
        var tower = Assert.Throws<ArgumentException>(() => (config with { Towers = [new TowerTargets { Tower = "vision_model" }] }).InsertInto(encoder));
        Assert.Contains("'vision_model' matches nothing; the model has feature_extractor", tower.Message, StringComparison.Ordinal);
        Assert.Equal("Layers must be at least 1. (Parameter 'Layers')\nActual value was 0.", Assert.Throws<ArgumentOutOfRangeException>(() => TowerTargets.Within(new LayerRange(0, 2))).Message);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_tensor_is_left_behind_even_when_a_call_fails(string method, string model)
    {
        using var encoder = Model(model);
        using var input = Input();
        using var bad = zeros(2, 7, 3);
        using (var warm = All[method].InsertInto(encoder)) Train(encoder, warm, steps: 1);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        using (var adapter = All[method].InsertInto(encoder))
        {
            var inserted = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
            using (no_grad())
            {
                for (var call = 0; call < 10; call++)
                {
                    encoder.call(input, null).Dispose();
                    Assert.ThrowsAny<Exception>(() => encoder.call(bad, null));
                }
            }
            Assert.Equal(inserted, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            if (adapter.Config.CanMerge)
            {
                adapter.Merge();
                adapter.Unmerge();
                Assert.Equal(inserted, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            }
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static Dictionary<string, nn.Module> Heads(nn.Module head) => new() { ["classifier"] = head };

    private static double Difference(Tensor a, Tensor b)
    {
        using var scope = NewDisposeScope();
        return (a.detach() - b.detach()).abs().max().ToDouble();
    }
}
