using static Affect.Tests.Encoders.TinyHubert;

namespace Affect.Tests.Conformance;

/// <summary>Every adapter method, and the models that the suite runs them on. A new method is one line here.</summary>
internal static class AdapterMethods
{
    public static Dictionary<string, AdapterConfig> All { get; } = new()
    {
        ["lora"] = new LoraConfig { Rank = 3, Alpha = 6 },
        ["lora, all linear maps"] = new LoraConfig
        {
            Rank = 2,
            Alpha = 4,
            Towers = [new TowerTargets { Modules = ["q_proj", "k_proj", "v_proj", "out_proj", "intermediate_dense", "output_dense"] }],
        },
        ["rank-stabilised lora"] = new LoraConfig { Rank = 4, Alpha = 4, RankStabilised = true },
        ["dora"] = new DoraConfig { Rank = 3, Alpha = 6 },
        ["ia3"] = new Ia3Config(),
        ["bottleneck"] = new BottleneckConfig { Width = 5 },
        ["bottleneck without norm"] = new BottleneckConfig { Width = 5, HasNorm = false },
        ["parallel bottleneck"] = new BottleneckConfig { Width = 5, Placement = BottleneckPlacement.BesideFeedForward },
        ["prefix"] = new PrefixTuningConfig { Length = 4 },
        ["bitfit"] = new BitFitConfig(),
        ["one written in a cell"] = new ScaleShiftConfig(),
    };

    /// <summary>What loading is told of methods that are not the library's.</summary>
    public static IReadOnlyList<AdapterMethod> Own { get; } = [AdapterMethod.Of<ScaleShiftConfig>()];

    public static IReadOnlyList<string> Models { get; } = ["post-norm", "pre-norm"];

    public static HubertModel Model(string name, int seed = 1) => HubertModel.Random(name == "pre-norm" ? Large : Base, seed);

    public static Tensor Input() => Waveform(2, 4_000);

    public static Tensor Last(HubertModel model)
    {
        using var noGrad = no_grad();
        using var input = Input();
        using var states = model.call(input, null);
        return states.Layers[^1].clone();
    }

    /// <summary>A few steps towards other states: every kind of new weight has moved after them.</summary>
    public static void Train(HubertModel model, InsertedAdapter adapter, int steps = 4)
    {
        using var optimizer = optim.AdamW(adapter.Parameters.Values, lr: 0.02, weight_decay: 0.01);
        for (var step = 0; step < steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            var last = model.call(Input(), null).Layers[^1];
            var wish = randn(last.shape, generator: new Generator(7));
            (last - wish).pow(2).mean().backward();
            optimizer.step();
        }
    }

    public static Dictionary<string, float[]> Weights(nn.Module model) =>
        model.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.detach().flatten().data<float>().ToArray());
}
