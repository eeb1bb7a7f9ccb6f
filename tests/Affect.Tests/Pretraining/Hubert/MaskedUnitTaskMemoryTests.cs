namespace Affect.Tests.Pretraining.Hubert;

[Collection(OwnTensors.Name)]
public sealed class MaskedUnitTaskMemoryTests : IDisposable
{
    private readonly SpeechCollection tones = TinySpeech.Tones();

    public void Dispose() => tones.Dispose();

    [Fact]
    public void Training_leaves_no_tensor_behind()
    {
        Growth(steps: 2);
        // TorchSharp's count grows by one for every parameter that was ever made (UpstreamFaultTests), however many steps follow.
        var parameters = Growth(steps: 2);
        Assert.InRange(Growth(steps: 5), long.MinValue, parameters); // a step makes thousands
    }

    private long Growth(int steps)
    {
        using var folder = new TemporaryFolder();
        var before = Tensor.TotalCount;
        TinySpeech.Train(tones, TinySpeech.Training with { Steps = steps }, folder.Path);
        return Tensor.TotalCount - before;
    }
}
