namespace Affect.Encoders;

/// <summary>A frozen network (or a fixed computation) that turns sound into layers of frames.</summary>
public interface IEncoder : ILayerEncoder
{
    /// <summary>The rate of the waveforms, in hertz.</summary>
    int SampleRate { get; }

    /// <summary>What the encoder was adapted by, as a hash; null: by nothing.</summary>
    string? Adapter => null;

    /// <summary>The clips whose emotion labels its weights were learned from or chosen by, known by content; null: none, or not known.</summary>
    IReadOnlyList<string>? Learned => null;

    /// <summary>Whether padding would change the states, so that only clips of one length may share a batch.</summary>
    bool NeedsEqualLengths { get; }

    /// <summary>The fewest samples that give a frame.</summary>
    int MinimumSamples { get; }

    /// <summary>Encodes a batch of clips, without dropout and without gradients.</summary>
    /// <param name="waveform"><c>[batch, samples]</c>, −1…1, padded at the end with 0; on any device.</param>
    /// <param name="lengths"><c>[batch]</c>, the valid samples of each clip; int64.</param>
    /// <param name="lastLayer">The last layer wanted; blocks above it are not run. Null: N.</param>
    /// <returns>The states 0 … lastLayer, the caller's to dispose.</returns>
    /// <exception cref="ArgumentException">A shape is wrong, a clip is too short, or there is no such layer.</exception>
    HiddenStates Encode(Tensor waveform, Tensor lengths, int? lastLayer = null);
}
