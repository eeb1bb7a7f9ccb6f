namespace Affect.Encoders;

/// <summary>
/// A speech network whose layers can adapt: a front end turns samples into frames, a stack of transformer blocks turns frames into states 0 … N. It
/// can be run from a waveform up to a state (<see cref="IEncoder.Encode"/>), or on from what the front end gave, or from a state that was kept.
/// </summary>
/// <remarks>
/// The blocks stand in a list called <c>layers</c>, <c>layer</c>, <c>blocks</c>, <c>resblocks</c> or <c>h</c>, which is how adapters know a layer, and
/// have a layer norm, which tells their size. Linear maps that low-rank updates shall go into are <see cref="LinearMap"/>.
/// </remarks>
public interface ISpeechTransformer : IEncoder
{
    /// <summary>The modules and weights: where adapters go, what is saved. In evaluation mode unless somebody trains it.</summary>
    Module Network { get; }

    /// <summary>Where it computes.</summary>
    Device Device => Network.parameters().First().device;

    /// <summary>All that a training starts from, as a hash: the fingerprint, and weights that play a part in training alone.</summary>
    string TrainingFingerprint => Fingerprint;

    /// <summary>How many numbers a frame of the front end has.</summary>
    int FrontSize { get; }

    /// <summary>How many frames a clip has, in the front end and in every state.</summary>
    /// <param name="samples">The clip's samples.</param>
    long Frames(long samples);

    /// <summary>What the front end makes of clips, in evaluation mode and without gradients. May be called from several threads.</summary>
    /// <param name="waveform"><c>[batch, samples]</c>, as it was recorded, every sample valid; on any device.</param>
    /// <returns><c>[batch, frames, front]</c>, float32.</returns>
    Tensor FrontEnd(Tensor waveform);

    /// <summary>The states of clips whose front end is known; with gradients, in the mode that the network is in.</summary>
    /// <param name="features"><c>[batch, frames, front]</c>, as <see cref="FrontEnd"/> gives them for each clip alone, padded at the end.</param>
    /// <param name="frameLengths"><c>[batch]</c>, the valid frames; Int64; null: all.</param>
    /// <param name="hidden"><c>[batch, frames]</c>, Bool, true where the states may know nothing of the features; null: nowhere.</param>
    /// <returns>N + 1 states <c>[batch, frames, hidden]</c>.</returns>
    IReadOnlyList<Tensor> FromFeatures(Tensor features, Tensor? frameLengths, Tensor? hidden = null);

    /// <summary>The states above one that is known; with gradients, in the mode that the network is in.</summary>
    /// <param name="state"><c>[batch, frames, hidden]</c>, padded at the end.</param>
    /// <param name="layer">Which state it is, 0…N.</param>
    /// <param name="frameLengths"><c>[batch]</c>, the valid frames; Int64; null: all.</param>
    /// <returns>The states <paramref name="layer"/> (the tensor given) to N.</returns>
    IReadOnlyList<Tensor> FromState(Tensor state, int layer, Tensor? frameLengths);

    /// <summary>Whether full fine-tuning trains a weight: none of the front end, whose output is computed once and kept.</summary>
    /// <param name="parameter">Its name in <see cref="Network"/>.</param>
    bool Tunes(string parameter);

    /// <summary>A network of its own with the same weights; frozen and in evaluation mode.</summary>
    ISpeechTransformer Copy();

    /// <summary>Writes the weights, as <c>model.safetensors</c>, and whatever else the network's own files are.</summary>
    /// <inheritdoc cref="PretrainedFolder.Save"/>
    void SavePretrained(string folder, ScalarType? dtype = null) => PretrainedFolder.Save(Network, folder, dtype);
}
