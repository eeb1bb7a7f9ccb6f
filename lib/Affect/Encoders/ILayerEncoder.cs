namespace Affect.Encoders;

/// <summary>A frozen network, or a fixed computation, that gives N + 1 layers of states.</summary>
public interface ILayerEncoder : IDisposable
{
    /// <summary>What to call it in tables and figures.</summary>
    string Name { get; }

    /// <summary>N, the number of blocks; there are N + 1 states.</summary>
    int Layers { get; }

    /// <summary>How many numbers each frame, patch or token has.</summary>
    int HiddenSize { get; }

    /// <summary>A hash of weights and of all settings that the states depend on, hexadecimal: features of equal fingerprints can be compared.</summary>
    string Fingerprint { get; }
}
