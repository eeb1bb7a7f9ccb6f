namespace Affect.Pretraining.Hubert;

/// <summary>The speech as the network hears it, with the encoder's frames counted.</summary>
internal sealed class PretrainingSpeech
{
    private readonly SpeechCollection collection;
    private readonly bool normalises;

    internal PretrainingSpeech(SpeechCollection collection, HubertConfig model, bool normalises)
    {
        (this.collection, this.normalises) = (collection, normalises);
        Frames = [.. collection.Lengths.Select(model.Frames)];
        FirstFrames = new long[Frames.Count];
        for (var clip = 1; clip < FirstFrames.Length; clip++) FirstFrames[clip] = FirstFrames[clip - 1] + Frames[clip - 1];
    }

    internal SpeechCollection Collection => collection;

    internal int Count => collection.Count;

    /// <summary>Frames of each clip.</summary>
    internal IReadOnlyList<long> Frames { get; }

    /// <summary>How many frames there are before each clip's first.</summary>
    internal long[] FirstFrames { get; }

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
