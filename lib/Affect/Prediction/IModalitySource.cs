namespace Affect.Prediction;

/// <summary>
/// Turns clips into the features of one modality, with everything that it takes: training and prediction read clips through the same object, so that
/// what is predicted from is what was learned from.
/// </summary>
public interface IModalitySource : IDisposable
{
    /// <summary>As in <c>acoustic</c>.</summary>
    string Modality { get; }

    /// <summary>What the features are, in words, for records.</summary>
    string Source { get; }

    /// <summary>Whether clips of one speaker are read together, each by the measure of all: then what is read decides what the features are, clips without labels included.</summary>
    bool NormalisesSpeakers => false;

    /// <summary>The features of a corpus's clips; those of an earlier call are taken from the cache.</summary>
    /// <param name="corpus">The clips.</param>
    /// <param name="cache">The folder of feature stores.</param>
    /// <param name="progress">Receives progress after every clip; may be null.</param>
    /// <param name="cancel">Ends the work; finished clips are kept.</param>
    SourceFeatures Read(Corpus corpus, string cache, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default);

    /// <summary>Looks whether the modality says anything in a clip that could be read, as a sound in which nobody speaks does not.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="cache">The folder of feature stores, as given to <see cref="Read"/> before.</param>
    /// <returns>Null, or why not.</returns>
    string? Absent(Clip clip, string cache);

    /// <summary>Writes everything that it takes into a folder, encoders included.</summary>
    /// <param name="folder">Made if it is missing.</param>
    void Save(string folder);
}
