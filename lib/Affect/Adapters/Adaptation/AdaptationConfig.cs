namespace Affect.Adapters.Adaptation;

/// <summary>How an encoder is adapted to emotions.</summary>
/// <remarks>
/// arXiv:2409.05015, as far as it is known: adapters in some layers, everything else frozen, masked reconstruction and cross-entropy. Rates, epochs, pooling and
/// augmentation are ours, chosen on an inner validation split of another Mimic.
/// </remarks>
public sealed record AdaptationConfig
{
    /// <summary>What is inserted; null: nothing.</summary>
    public AdapterConfig? Method { get; init; }

    /// <summary>Whether the encoder itself is trained: full fine-tuning of what <see cref="ISpeechTransformer.Tunes"/> names.</summary>
    public bool TunesAll { get; init; }

    /// <summary>The head.</summary>
    public ClipHeadConfig Head { get; init; } = new();

    /// <summary>The first of the states that the head mixes; null: the first adapted layer, or 0 where nothing is adapted.</summary>
    public int? FirstState { get; init => field = value is { } state ? Require.AtLeast(0, state, nameof(FirstState)) : null; }

    /// <summary>
    /// Whether each speaker's frames are brought to mean 0 and deviation 1 before the head reads them, by what the frozen encoder gives of all clips of that
    /// speaker, those to be judged too, without labels (<see cref="SpeakerMoments"/>). False: the strict protocol.
    /// </summary>
    public bool NormalisesSpeakers { get; init; }

    /// <summary>How the labelled clips are learned.</summary>
    public TrainerConfig Training { get; init; } = new() { Epochs = 20, BatchSize = 16, Pieces = 2, LearningRate = 1e-3 };

    /// <summary>The highest learning rate of the head.</summary>
    public double HeadRate { get; init => field = Require.Between(1e-12, 1e3, value, nameof(HeadRate)); } = 3e-3;

    /// <summary>How clips without labels are learned from; where a corpus has none, not at all.</summary>
    public MaskedPhaseConfig Masking { get; init; } = new();

    /// <summary>Whether rare classes count more in the loss: by N / (classes · N_c).</summary>
    public bool WeighsClasses { get; init; }

    /// <summary>The chance that a frame begins a span that is silenced in training, at the first adapted layer's input (as SpecAugment masks time); 0: none.</summary>
    public double SilenceStart { get; init => field = Require.Between(0.0, 1.0, value, nameof(SilenceStart)); }

    /// <summary>Frames per silenced span.</summary>
    public int SilenceSpan { get; init => field = Require.AtLeast(1, value, nameof(SilenceSpan)); } = 10;

    /// <summary>The longest stretch of a clip that a training step hears, seconds, drawn anew each time; 0: the whole clip.</summary>
    public double CropSeconds { get; init => field = Require.Between(0.0, 600, value, nameof(CropSeconds)); }

    /// <summary>How far targets are spread over the other classes, 0…1.</summary>
    public double LabelSmoothing { get; init => field = Require.Between(0.0, 0.9, value, nameof(LabelSmoothing)); }

    /// <summary>The share of the speakers to learn from that is kept aside to choose the epoch by.</summary>
    public double InnerShare { get; init => field = Require.Between(0.01, 0.5, value, nameof(InnerShare)); } = 0.2;

    /// <summary>Seed of the inner split, the new weights and the order of clips.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The method in words.</summary>
    public string Describe() => TunesAll ? "full fine-tuning" : Method?.ToString() ?? "frozen encoder";

    /// <summary>What decides the weights, as text.</summary>
    public string Recipe => string.Create(
        CultureInfo.InvariantCulture,
        $"{Describe()}{CodeIdentity.Of(Method)} seed {Method?.Seed}{(NormalisesSpeakers ? ", speakers normalised" : "")}; {Head}; first state {FirstState}; head rate {HeadRate}; {Masking}; weights {WeighsClasses}; silence {SilenceStart} {SilenceSpan}; smoothing {LabelSmoothing}; crop {CropSeconds}; seed {Seed}");
}
