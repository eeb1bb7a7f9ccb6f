namespace Affect.Pretraining.Hubert;

/// <summary>The speech as the network hears it, with the encoder's frames counted.</summary>
internal sealed class PretrainingSpeech(SpeechCollection collection, HubertConfig model, bool normalises)
{
    internal SpeechCollection Collection => collection;

    internal int Count => collection.Count;

    /// <summary>Frames of each clip.</summary>
    internal IReadOnlyList<long> Frames { get; } = [.. collection.Lengths.Select(model.Frames)];

    /// <summary>How many frames there are before each clip's first.</summary>
    internal long[] FirstFrames { get; } = SpeechCollection.Starts([.. collection.Lengths.Select(model.Frames)]);

    /// <summary>A stretch of a clip.</summary>
    /// <returns><c>[samples]</c></returns>
    internal Tensor Waveform(int clip, long first = 0, long? length = null)
    {
        if (!normalises) return collection.Waveform(clip, first, length);
        using var scope = NewDisposeScope();
        var whole = HubertModel.Normalize(collection.Waveform(clip).unsqueeze(0), [collection.Lengths[clip]]).squeeze(0);
        return whole.narrow(0, first, length ?? whole.shape[0] - first).clone().MoveToOuterDisposeScope();
    }
}
