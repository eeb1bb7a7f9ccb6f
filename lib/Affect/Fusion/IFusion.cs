namespace Affect.Fusion;

/// <summary>A network that turns several modalities of a clip into one decision, whichever of them are there.</summary>
public interface IFusion : IDisposable
{
    /// <summary>What to call it in tables, as in <c>attention</c>.</summary>
    string Name { get; }

    /// <summary>Its modalities and sizes.</summary>
    FusionConfig Config { get; }

    /// <summary>Whether it takes frames rather than one vector per clip.</summary>
    bool TakesSequences { get; }

    /// <summary>Its own settings beside those of <see cref="Config"/>, in words, for records; empty where there are none.</summary>
    string Settings { get; }

    /// <summary>What is trained, by the names of its checkpoints.</summary>
    IEnumerable<(string Name, Parameter Parameter)> Weights { get; }

    /// <summary>
    /// Whether it draws from libtorch's own generator, as <c>torch.nn.Dropout</c> does; <see cref="SeededDropout"/> does not. Such a fusion is trained one piece of a
    /// batch after another, and its runs cannot be repeated to the digit beside another training.
    /// </summary>
    bool DrawsFromTorch => true;

    /// <summary>Sets dropout on or off.</summary>
    void SetTraining(bool training);

    /// <summary>Decides, with gradients as the caller's mode has them.</summary>
    /// <exception cref="ArgumentException">The batch does not fit the modalities, or a clip has none of them.</exception>
    FusionOutput Fuse(ModalityBatch batch);
}
