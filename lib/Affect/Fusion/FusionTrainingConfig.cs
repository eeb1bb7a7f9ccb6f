namespace Affect.Fusion;

/// <summary>How fusions are trained and compared.</summary>
/// <remarks>
/// Outer folds over all labelled speakers (<see cref="Affect.Data.Corpus.OuterFolds"/>), so that every clip is judged once; or, with
/// <see cref="JudgesTest"/>, the protocol of the MER2024 baseline (arXiv:2404.17113): folds of the labelled part, per fold the epoch with the best score on its
/// held clips, on the test part the mean of the folds' logits. Folds are by speaker (the baseline's are not); width, dropout and rate are fixed instead of
/// drawn at random and the best of fifty kept.
/// </remarks>
public sealed record FusionTrainingConfig
{
    /// <summary>
    /// The mean WAF over all subsets of the modalities on a fold's held clips, as a <see cref="TrainerConfig.Criterion"/>: for a fusion that is to do without
    /// some of them. By default the epoch is chosen by complete clips.
    /// </summary>
    public const string OverSubsets = "waf_over_subsets";

    /// <summary>The form of fusion.</summary>
    public FusionChoice Fusion
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    }
    = FusionChoice.Attention;

    /// <summary>The size of each modality's embedding.</summary>
    public int HiddenSize { get; init => field = Require.AtLeast(1, value); } = 64;

    /// <summary>Dropout of features in training.</summary>
    public double Dropout { get; init => field = Require.Between(0, 1, value); } = 0.3;

    /// <summary>The probability that training takes a modality away; 0: never.</summary>
    public double ModalityDropout { get; init => field = Require.Between(0, 0.95, value); }

    /// <summary>Whether rare classes weigh as much as frequent ones in the loss.</summary>
    public bool WeighsClasses { get; init; }

    /// <summary>Folds by speaker; outer folds are at least 3.</summary>
    public int Folds { get; init => field = Require.AtLeast(2, value); } = 5;

    /// <summary>Whether the corpus's own test part is judged, by the mean of the folds, instead of all labelled clips by outer folds.</summary>
    public bool JudgesTest { get; init; }

    /// <summary>
    /// The modalities whose features are brought to mean 0 and deviation 1 over each speaker's clips, without labels (<see
    /// cref="Affect.Features.SpeakerNormalisation"/>); empty: the strict protocol, in which nothing of the person judged has been seen.
    /// </summary>
    public IReadOnlyList<string> NormalisesSpeakersOf { get; init; } = [];

    /// <summary>The seeds; each gives folds, initial weights and order of its own.</summary>
    public IReadOnlyList<int> Seeds { get; init => field = Require.Different(value, nameof(Seeds)); } = [1, 2, 3];

    /// <summary>The training of one fold; its seed is taken from <see cref="Seeds"/>.</summary>
    public TrainerConfig Training { get; init; } = new()
    {
        Epochs = 60,
        BatchSize = 64,
        Optimizer = OptimizerKind.Adam,
        LearningRate = 1e-3,
        WeightDecay = 1e-5,
        Schedule = ScheduleKind.Constant,
        WarmupShare = 0,
        ClipNorm = 0,
        Patience = 15,
    };

    /// <summary>What to call it in tables, as in <c>attention, modality dropout 0.3</c>.</summary>
    public string Variant => FormattableString.Invariant($"{Fusion.Name}{(ModalityDropout > 0 ? FormattableString.Invariant($", modality dropout {ModalityDropout:0.##}") : "")}{(WeighsClasses ? ", class weights" : "")}{(Training.Criterion == OverSubsets ? ", epoch by all subsets" : "")}{(NormalisesSpeakersOf.Count > 0 ? $", {string.Join(" and ", NormalisesSpeakersOf)} normalised by speaker" : "")}");

    /// <summary>Every setting, for records.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Variant}{Fusion.Code}; width {HiddenSize}, dropout {Dropout}, {Folds} {(JudgesTest ? "folds, test part" : "outer folds")}, seeds {string.Join(' ', Seeds)}; {Training}");
}
