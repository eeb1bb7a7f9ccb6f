namespace Affect.Pretraining.Hubert;

/// <summary>What the steps of an iteration measured, step by step; of thousands of steps four decimals say all there is to say.</summary>
public sealed record MaskedSteps
{
    /// <summary>The sum that is made small.</summary>
    public required IReadOnlyList<double> Loss { get; init; }

    /// <summary>The gradient's length before clipping.</summary>
    public required IReadOnlyList<double> GradientNorm { get; init; }

    /// <summary>Per code book, the mean cross-entropy of hidden frames, nats.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Masked { get; init; }

    /// <summary>Per code book, that of the frames that are not hidden.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Unmasked { get; init; }

    /// <summary>Per code book, the share of hidden frames that are named right, 0…1.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Accuracy { get; init; }

    /// <summary>How many steps there were.</summary>
    [JsonIgnore]
    public int Count => Loss.Count;

    internal static MaskedSteps Of(IReadOnlyList<StepRecord> steps, IReadOnlyList<CodeBook> books)
    {
        return new MaskedSteps
        {
            Loss = Column(step => step.Loss),
            GradientNorm = Column(step => step.GradientNorm),
            Masked = [.. books.Select(book => Column(step => step.Parts[$"masked {book.Name}"]))],
            Unmasked = [.. books.Select(book => Column(step => step.Parts[$"unmasked {book.Name}"]))],
            Accuracy = [.. books.Select(book => Column(step => step.Parts[$"accuracy {book.Name}"]))],
        };

        double[] Column(Func<StepRecord, double> value) => [.. steps.Select(step => Math.Round(value(step), 4))];
    }
}
