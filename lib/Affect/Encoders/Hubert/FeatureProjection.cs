namespace Affect.Encoders.Hubert;

/// <summary>From the convolutions' channels to the transformer's size.</summary>
internal sealed class FeatureProjection : Module<Tensor, Tensor>
{
    private readonly LayerNorm? layer_norm;
    private readonly LinearMap projection;
    private readonly double dropout;

    internal FeatureProjection(HubertConfig config)
        : base(nameof(FeatureProjection))
    {
        layer_norm = config.HasProjectionNorm ? nn.LayerNorm(config.ConvChannels[^1], config.LayerNormEpsilon) : null;
        projection = new LinearMap(config.ConvChannels[^1], config.HiddenSize);
        dropout = config.ProjectionDropout;
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, frames, channels]</c></param>
    /// <returns><c>[batch, frames, hidden]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var projected = projection.call(layer_norm is null ? input : layer_norm.call(input.to(layer_norm.weight!.dtype)));
        return (training && dropout > 0 ? SeededDropout.Apply(projected, dropout) : projected).MoveToOuterDisposeScope();
    }
}
