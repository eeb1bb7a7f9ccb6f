namespace Affect.Adapters.BitFit;

/// <summary>Only biases train: those of linear maps and layer norms.</summary>
/// <remarks>
/// Ben Zaken et al., <em>BitFit</em>, arXiv:2106.10199. Difference: what trains is the change of each bias, initially 0, so that weight decay pulls to the
/// pretrained bias and not to 0.
/// </remarks>
public sealed record BitFitConfig : AdapterConfig
{
    /// <summary>How its file is read.</summary>
    public static AdapterMethod File { get; } = AdapterMethod.Own("bitfit", _ => new BitFitConfig());

    /// <inheritdoc/>
    public override string Method => "bitfit";

    /// <inheritdoc/>
    public override bool CanMerge => true;

    // Outside the blocks there are convolutions and projections of raw input; the paper adapts the transformer.
    /// <inheritdoc/>
    public override bool Fits(string path, Module module) => ModuleFinder.LayerOf(path) is not null && BiasOf(module) is not null;

    /// <inheritdoc/>
    public override AdapterPart CreatePart(string path, Module module, Generator generator)
    {
        var shift = new BiasShift(BiasOf(module)!);
        return AdapterPart.OnOutput(module, shift, (_, output) => shift.call(output), Merged);

        IEnumerable<(Parameter Own, Tensor Value)> Merged()
        {
            var bias = BiasOf(module)!;
            yield return (bias, bias + shift.Delta.to(bias.dtype));
        }
    }

    /// <inheritdoc/>
    protected override string Describe() => "BitFit";

    /// <inheritdoc/>
    protected internal override IEnumerable<KeyValuePair<string, JsonNode?>> Fields(InsertedAdapter adapter, IReadOnlyList<string> heads) => AdapterSettings.Fields(this, heads);

    private static Parameter? BiasOf(Module module) => module switch
    {
        LinearMap linear => linear.bias,
        LayerNorm norm => norm.bias,
        _ => null,
    };
}
