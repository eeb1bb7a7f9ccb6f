namespace Affect.Encoders.Hubert;

/// <summary>The convolutions that turn samples into frames: 320 samples (20 ms) a frame with the usual strides.</summary>
internal sealed class ConvFeatureExtractor : Module<Tensor, Tensor>
{
    // About what a processor's last cache holds: the first convolution gives 400 bytes per byte of sound.
    private const long SamplesAtOnce = 1 << 16;

    private readonly ModuleList<ConvLayer> conv_layers;

    internal ConvFeatureExtractor(HubertConfig config)
        : base(nameof(ConvFeatureExtractor))
    {
        conv_layers = new ModuleList<ConvLayer>([.. Enumerable.Range(0, config.ConvChannels.Count).Select(index => new ConvLayer(config, index))]);
        RegisterComponents();
    }

    /// <param name="input"><c>[batch, samples]</c></param>
    /// <returns><c>[batch, frames, channels]</c></returns>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        // A graphics card wants the whole batch at once; a processor a few clips, so that what one layer writes the next one finds in the cache.
        var clips = input.device_type == DeviceType.CPU ? Math.Max(1, SamplesAtOnce / input.shape[1]) : input.shape[0];
        var parts = new List<Tensor>();
        for (var first = 0L; first < input.shape[0]; first += clips) parts.Add(Extract(input.narrow(0, first, Math.Min(clips, input.shape[0] - first))));
        return (parts.Count == 1 ? parts[0] : Guarded.Join(parts, 0)).MoveToOuterDisposeScope();
    }

    private Tensor Extract(Tensor input)
    {
        using var scope = NewDisposeScope();
        var current = input.unsqueeze(2);
        foreach (var layer in conv_layers)
        {
            Interruption.Check();
            var next = layer.call(current);
            current.Dispose(); // the widest tensors of the network
            current = next;
        }
        return current.MoveToOuterDisposeScope();
    }
}
