using Affect.Data;
using Affect.Evaluation;
using Affect.Features;

namespace Affect.Notebook.Experiments;

/// <summary>What an adapted encoder makes of a corpus: one vector and the logits of every clip, and what the adaptation cost.</summary>
public sealed record AdaptedCorpus
{
    /// <summary>What was adapted and how, in words.</summary>
    public required string Title { get; init; }

    /// <summary>The clips that could be read, of all parts; the features' order.</summary>
    public required Corpus Corpus { get; init; }

    /// <summary>One vector per clip, as a table of one layer. Of clips that were learned from, it has seen the labels.</summary>
    public required FeatureTable Features { get; init; }

    /// <summary>Logits, one row of classes per clip.</summary>
    public required IReadOnlyList<float[]> Logits { get; init; }

    /// <summary>How many numbers trained in the encoder.</summary>
    public required long TrainedInEncoder { get; init; }

    /// <summary>How many numbers trained in the head.</summary>
    public required long TrainedInHead { get; init; }

    /// <summary>How many numbers full fine-tuning trains in the encoder.</summary>
    public required long FullFineTuning { get; init; }

    /// <summary>How long training took where it was done, in seconds; without what was kept below the adapted layers.</summary>
    public required double Seconds { get; init; }

    /// <summary>WAF of the kept epoch on the speakers kept aside within the clips to learn from.</summary>
    public required double InnerWaf { get; init; }

    /// <summary>The folder of adapter and head, as <see cref="Affect.Adapters.Heads.AdaptedEncoder.Load"/> reads it.</summary>
    public required string Folder { get; init; }

    /// <summary>The labelled clips of the test part, as positions in the table.</summary>
    public IReadOnlyList<int> Test => [.. Enumerable.Range(0, Corpus.Clips.Count).Where(clip => Corpus.Clips[clip] is { Emotion: not null, Split: SplitNames.Test })];

    /// <summary>The true classes of the test part.</summary>
    public IReadOnlyList<int> Targets => [.. Test.Select(clip => Corpus.Labels[clip])];

    /// <summary>The speakers of the test part.</summary>
    public IReadOnlyList<string> Speakers => [.. Test.Select(clip => Corpus.Clips[clip].Speaker)];

    /// <summary>The decisions on the test part.</summary>
    public IReadOnlyList<int> Predicted => [.. Test.Select(clip => Array.IndexOf(Logits[clip], Logits[clip].Max()))];

    /// <summary>A score on the test part with its interval by speaker.</summary>
    public Interval Score(Metric metric = Metric.Waf) => new SpeakerJackknife(Speakers).Of(Targets, Predicted, Corpus.Emotions.Count, metric);

    /// <summary>This one's decisions on the test part against another's, clip by clip, by speaker.</summary>
    /// <param name="other">Adapted on the same corpus.</param>
    /// <param name="metric">Which score.</param>
    public PairedComparison Against(AdaptedCorpus other, Metric metric = Metric.Waf)
    {
        ArgumentNullException.ThrowIfNull(other);
        return PairedComparison.Of(Targets, Predicted, other.Predicted, Corpus.Emotions.Count, Speakers, metric);
    }
}
