namespace Affect.Tests.Pretraining.Hubert;

[Collection(OwnTensors.Name)]
public sealed class MaskedTrainerMemoryTests : IDisposable
{
    private readonly SpeechCollection collection = TinySpeech.Tones();

    public void Dispose() => collection.Dispose();

    [Fact]
    public void Training_leaves_no_tensor_behind()
    {
        Train(steps: 2);
        // TorchSharp's count grows by one for every parameter that was ever made (UpstreamFaultTests), however many steps follow.
        var parameters = Growth(steps: 2);
        Assert.InRange(Growth(steps: 5), long.MinValue, parameters); // a step makes thousands
    }

    private long Growth(int steps)
    {
        var before = Tensor.TotalCount;
        Train(steps);
        return Tensor.TotalCount - before;
    }

    private void Train(int steps)
    {
        var speech = new PretrainingSpeech(collection, TinySpeech.Model, normalises: false);
        using var model = HubertModel.Random(TinySpeech.Model, seed: 2, normalizesInput: false);
        using var trainer = new MaskedTrainer(model, speech, TinySpeech.Books(speech), TinySpeech.Training with { Steps = steps }, seed: 4, iteration: 1);
        trainer.Run(statePath: null, "Training", progress: null, CancellationToken.None);
    }
}
