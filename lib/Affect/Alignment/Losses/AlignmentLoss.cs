namespace Affect.Alignment.Losses;

/// <summary>What brings clips' pictures near their sound.</summary>
/// <remarks>
/// A loss is one record derived from this one, here or in a notebook's cell. Its settings are properties with <c>init</c>, which an aligner's file keeps;
/// batches, training, saving and loading are the library's.
/// </remarks>
public abstract record AlignmentLoss
{
    /// <summary>Every loss of the library, with its usual settings.</summary>
    [JsonIgnore]
    public static IReadOnlyList<AlignmentLoss> All { get; } = [new MeanSquaredErrorLoss(), new CosineLoss(), new SoftContrastiveLoss(), new ContrastiveLoss()];

    /// <summary>What files, command lines and tables call it; by default its type's name.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Whether the temperature is learned; false: the loss has none.</summary>
    [JsonIgnore]
    public virtual bool LearnsTemperature => false;

    /// <summary>
    /// How many sounds of other clips stand beside those of the batch; 0: none. The sounds are frozen, so where a queue elsewhere keeps past batches, here they
    /// are drawn anew at every step and are never out of date.
    /// </summary>
    [JsonIgnore]
    public virtual int QueueSize => 0;

    /// <summary>How far clips' pictures are from their sounds.</summary>
    /// <param name="batch">Pictures and sounds of the same clips, row by row.</param>
    /// <returns>A scalar.</returns>
    public abstract Tensor Of(AlignmentBatch batch);
}
