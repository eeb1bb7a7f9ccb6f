namespace Affect.Adapters.Ia3;

/// <summary>One factor per number: on the keys, on the values, and on the inner activations of the position-wise network; initially 1.</summary>
/// <remarks>
/// Liu et al., <em>Few-Shot Parameter-Efficient Fine-Tuning is Better and Cheaper than In-Context Learning</em>, arXiv:2205.05638, section 3.3.
/// Names and files as PEFT has them: position-wise modules are scaled at their input, the others at their output.
/// </remarks>
public sealed record Ia3Config : PeftConfig
{
    private const string Type = "IA3";
    private const string ForwardKey = "feedforward_modules";
    private static readonly string[] Usual = ["output_dense", "fc2", "output.dense"];

    /// <summary>How PEFT's file is read.</summary>
    public static AdapterMethod File { get; } = new("ia3", file => PeftFields.IsOf(file, Type), Read);

    /// <summary>Which of the adapted modules are scaled at their input: names or endings of paths.</summary>
    public IReadOnlyList<string> FeedForwardModules { get; init; } = Usual;

    /// <inheritdoc/>
    public override string Method => "ia3";

    /// <inheritdoc/>
    public override IReadOnlyList<string> UsualModules => ["k_proj", "v_proj", "output_dense", "fc2", "key", "value", "output.dense"];

    /// <inheritdoc/>
    public override bool Fits(string path, Module module) => module is LinearMap;

    /// <inheritdoc/>
    public override AdapterPart CreatePart(string path, Module module, Generator generator)
    {
        var (map, atInput) = ((LinearMap)module, IsFeedForward(path));
        var scale = new Ia3Scale(map, atInput);
        return atInput ? AdapterPart.OnInput(map, scale, scale.call, Merged) : AdapterPart.OnOutput(map, scale, (_, output) => scale.call(output), Merged);

        IEnumerable<(Parameter Own, Tensor Value)> Merged()
        {
            yield return (map.weight, map.weight * scale.Factors.to(map.weight.dtype));
            if (!atInput && map.bias is { } bias) yield return (bias, bias * scale.Factors.flatten().to(bias.dtype));
        }
    }

    /// <inheritdoc/>
    protected override string Describe() => FeedForwardModules.SequenceEqual(Usual, StringComparer.Ordinal) ? "IA3" : $"IA3 at the input of {string.Join(", ", FeedForwardModules)}";

    /// <inheritdoc/>
    protected internal override IEnumerable<KeyValuePair<string, JsonNode?>> Fields(InsertedAdapter adapter, IReadOnlyList<string> heads)
    {
        // PEFT's file has no layers for this method: where only some are meant, modules are named by their whole paths.
        var byPath = Towers.Any(tower => tower.Layers is not null);
        return
        [
            .. PeftFields.Common(adapter, heads, Type, byPath),
            new("init_ia3_weights", true),
            new(ForwardKey, AdapterSettings.Texts(PeftFields.Modules(adapter, byPath, IsFeedForward))),
        ];
    }

    private bool IsFeedForward(string path) => FeedForwardModules.Any(name => ModuleFinder.Matches(path, name));

    private static Ia3Config Read(ConfigFile file, Module model)
    {
        var config = PeftFields.Place(new Ia3Config(), file, model);
        var forward = ForwardModules(file, model);
        file.RequireKnown(PeftFields.Notes.Harmless("init_ia3_weights", "layers_to_transform", "layers_pattern"));
        return config with { FeedForwardModules = forward };
    }

    private static IReadOnlyList<string> ForwardModules(ConfigFile file, Module model)
    {
        if (file.Raw(ForwardKey) is null) return [];
        var (names, text) = PeftTargets.NamesOrExpression(file, ForwardKey);
        if (names is not null) return names;
        var expression = PeftTargets.Whole(text ?? "", ForwardKey);
        return [.. model.named_modules().Select(module => module.name).Where(path => PeftTargets.Models.Any(prefix => expression.IsMatch(prefix + path)))];
    }
}
