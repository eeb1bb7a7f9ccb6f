namespace Affect.Encoders.Hubert;

/// <summary>The convolutions that turn samples into frames: 320 samples (20 ms) a frame with the usual strides.</summary>
internal sealed class ConvFeatureExtractor : Module<Tensor, Tensor>
{
    // The first convolution gives 400 bytes per byte of sound: a processor takes a few clips at a time, a graphics card all.
    private const long SamplesAtOnce = 1 << 16;

    private readonly ModuleList<ConvLayer> conv_layers;

    internal ConvFeatureExtractor(HubertConfig config)
        : base(nameof(ConvFeatureExtractor))
    {
        conv_layers = new ModuleList<ConvLayer>([.. Enumerable.Range(0, config.ConvChannels.Count).Select(index => new ConvLayer(config, index))]);
        RegisterComponents();
    }

    /// <inheritdoc cref="HubertModel.IsPlain"/>
    internal bool IsPlain { get; set; }

    /// <param name="input"><c>[batch, samples]</c></param>
    /// <returns><c>[batch, frames, channels]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var clips = input.device_type == DeviceType.CPU ? Math.Max(1, SamplesAtOnce / input.shape[1]) : input.shape[0];
        return Guarded.Join([.. input.split(clips).Select(Extract)], 0).MoveToOuterDisposeScope();
    }

    // [batch, samples] -> [batch, frames, channels]
    private Tensor Extract(Tensor input)
    {
        using var scope = NewDisposeScope();
        var current = input.unsqueeze(2);
        foreach (var layer in conv_layers)
        {
            Interruption.Check();
            var next = !IsPlain && FastConvLayer.Pays(layer, current) ? FastConvLayer.Of(layer, current) : layer.call(current);
            current.Dispose(); // the widest tensors of the network
            current = next;
        }
        return current.MoveToOuterDisposeScope();
    }
}
