namespace Affect;

/// <summary>The clips of a corpus as an encoder hears them: one vector per clip and layer.</summary>
public sealed record EncodedCorpus
{
    /// <summary>What to call the encoder in titles, as in <c>HuBERT-base (random weights)</c>.</summary>
    public required string Encoder { get; init; }

    /// <summary>Whether the encoder has learned nothing.</summary>
    public required bool IsRandom { get; init; }

    /// <summary>The clips that were encoded: labelled ones outside the test part.</summary>
    public required Corpus Corpus { get; init; }

    /// <summary>What made the features.</summary>
    public required FeatureRecipe Recipe { get; init; }

    /// <summary>The features, <c>[clips, layers, dims]</c>; clips that could not be read are not in it.</summary>
    public required FeatureTable Features { get; init; }

    /// <summary>The clips that could not be read, with the reason.</summary>
    public required IReadOnlyList<ClipFailure> Failures { get; init; }

    /// <summary>How much sound the clips hold, in seconds.</summary>
    public required double AudioSeconds { get; init; }

    /// <summary>The same clips, divided into folds by speaker.</summary>
    /// <param name="folds">How many folds.</param>
    /// <param name="seed">Same seed, same folds.</param>
    /// <exception cref="ArgumentException">There are fewer speakers than folds.</exception>
    public ProbeTask Divide(int folds, int seed = 1) => ProbeTask.Of(Features, Corpus, Corpus.Folds(folds, seed));
}
