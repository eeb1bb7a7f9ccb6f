namespace Affect.Alignment.Studies;

/// <summary>What alignment did: retrieval and likeness by seed, and what a probe reads before and after at every share of the labels.</summary>
public sealed record AlignmentReport
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Whose vectors pictures were brought near.</summary>
    public required string Teacher { get; init; }

    /// <summary>Whether the teacher knows what no network could know: what is reported then is what alignment could give at best.</summary>
    public required bool IsControl { get; init; }

    /// <summary>How it was aligned.</summary>
    public required AlignmentConfig Config { get; init; }

    /// <summary>One a seed and fold.</summary>
    public required IReadOnlyList<AlignedFold> Folds { get; init; }

    /// <summary>What a probe reads from the frozen encoder's frames, pooled.</summary>
    public required FractionCurve Before { get; init; }

    /// <summary>From the aligner's network before training.</summary>
    public required FractionCurve Untrained { get; init; }

    /// <summary>From the aligned vectors.</summary>
    public required FractionCurve After { get; init; }

    /// <summary>From the pooled frames and the aligned vectors side by side.</summary>
    public required FractionCurve Both { get; init; }

    /// <summary>From the pooled frames and the untrained network's vectors side by side: what <see cref="Both"/> owes to more numbers, not to sound.</summary>
    public required FractionCurve BothUntrained { get; init; }

    /// <summary>The aligned vectors' score less the frozen frames', one a share of the labels. One report is one family: corrected together with <see cref="GainOfBoth"/> and <see cref="GainOfSound"/>.</summary>
    [JsonIgnore]
    public IReadOnlyList<PairedComparison> Gain => Gains.InPlace;

    /// <summary>The score of both side by side less the frozen frames', one a share of the labels, corrected as <see cref="Gain"/> is.</summary>
    [JsonIgnore]
    public IReadOnlyList<PairedComparison> GainOfBoth => Gains.Beside;

    /// <summary>The score of frozen frames beside aligned vectors less that beside untrained ones, one a share of the labels, corrected as <see cref="Gain"/> is.</summary>
    [JsonIgnore]
    public IReadOnlyList<PairedComparison> GainOfSound => Gains.OfSound;

    /// <summary>Retrieval on the reported clips and CKA, seed by seed, beside chance and the untrained network; over several folds, all their clips together, each among its fold's.</summary>
    [JsonIgnore]
    public FigureTable RetrievalTable => new()
    {
        Caption = "Do pictures of unseen speakers find their own sound?",
        Columns = ["seed", "among", "R@1", "R@5", "median rank", "R@1 by chance", "R@5 by chance", "rank by chance", "CKA with the sound"],
        Rows =
        [
            .. Folds.GroupBy(one => one.Seed).SelectMany(seed => (string[][])
            [
                Row(seed.Key, "all, not trained", Together(seed, one => one.UntrainedRetrieval), seed.Average(one => one.CkaUntrained)),
                Row(seed.Key, "all", Together(seed, one => one.Retrieval), seed.Average(one => one.CkaAfter)),
                Row(seed.Key, "the same speaker's", Together(seed, one => one.WithinSpeaker), null),
            ]),
        ],
    };

    /// <summary>All seeds' and folds' clips together, for programs.</summary>
    [JsonIgnore]
    public RetrievalSummary RetrievalSummary
    {
        get
        {
            var (all, within) = (Together(Folds, one => one.Retrieval), Together(Folds, one => one.WithinSpeaker));
            return new RetrievalSummary
            {
                Candidates = all.Candidates.Average(),
                RecallAt1 = all.RecallAt1,
                RecallAt5 = all.RecallAt5,
                MedianRank = all.MedianRank,
                ChanceMedianRank = all.Chance.MedianRank,
                MeanReciprocalRank = all.MeanReciprocalRank,
                WithinSpeakerMedianRank = within.MedianRank,
                WithinSpeakerChanceMedianRank = within.Chance.MedianRank,
                CkaBefore = Folds.Average(one => one.CkaBefore),
                CkaUntrained = Folds.Average(one => one.CkaUntrained),
                CkaAfter = Folds.Average(one => one.CkaAfter),
            };
        }
    }

    /// <summary>The mean reciprocal rank of a clip's own sound, aligned less not trained, on the same clips; by speakers and seeds.</summary>
    [JsonIgnore]
    public Interval RetrievalGain => Lead(Folds, one => one.Retrieval, Folds, one => one.UntrainedRetrieval);

    /// <summary>This one's mean reciprocal rank less another's, on the clips that both judge, by the same seeds.</summary>
    /// <param name="other">Aligned in another way.</param>
    /// <exception cref="ArgumentException">It judges none of the same clips.</exception>
    public Interval RetrievalLead(AlignmentReport other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Lead(Folds, one => one.Retrieval, other.Folds, one => one.Retrieval);
    }

    /// <summary>Every share of the labels: scores with intervals, and differences on the same clips and labels.</summary>
    [JsonIgnore]
    public FigureTable GainTable => new()
    {
        Caption = $"What does alignment change? Teacher: {Teacher}. WAF by a probe on speakers that nobody has met{(Before.Config.NormaliseBySpeaker ? "; vectors normalised by speaker" : "")}; the {3 * Before.Points.Count} differences corrected together",
        Columns = ["labels", "as they are", "aligned", "aligned − as they are", "both", "both − as they are", "both − untrained beside"],
        Rows =
        [
            .. GainSummary.Select(share => (string[])
            [
                string.Create(CultureInfo.InvariantCulture, $"{share.Percent} % ({share.Labels:0})"), $"{share.Before}", $"{share.After}", Signed(share.Difference), $"{share.Both}",
                Signed(share.DifferenceOfBoth), Signed(share.DifferenceOfSound),
            ]),
        ],
    };

    /// <summary>What alignment changes at every share of the labels, for programs.</summary>
    [JsonIgnore]
    public IReadOnlyList<AlignmentGain> GainSummary
    {
        get
        {
            var (gain, ofBoth, ofSound) = Gains;
            return
            [
                .. Before.Points.Select((point, place) => new AlignmentGain
                {
                    Percent = (int)Math.Round(100 * point.Fraction),
                    Labels = point.Labels,
                    Before = point.Waf,
                    Untrained = Untrained.Points[place].Waf,
                    After = After.Points[place].Waf,
                    Difference = gain[place].Difference,
                    Both = Both.Points[place].Waf,
                    DifferenceOfBoth = ofBoth[place].Difference,
                    DifferenceOfSound = ofSound[place].Difference,
                }),
            ];
        }
    }

    /// <summary>Before and after at every share of the labels, as rows of a figure.</summary>
    /// <param name="corpus">The corpus, for the title.</param>
    public AblationData Ablation(Corpus corpus)
    {
        ArgumentNullException.ThrowIfNull(corpus);
        var (target, classes, gain) = (Before.Targets, Before.Classes, Gain);
        return new AblationData
        {
            Title = $"Does alignment with {(IsControl ? "a perfect teacher (for measuring only)" : "sound")} help to read faces? {corpus.Name}",
            ComparedWith = "the pictures as they are",
            Rows = [.. Before.Points.SelectMany((point, place) => (AblationRow[])
            [
                new AblationRow { Name = string.Create(CultureInfo.InvariantCulture, $"{100 * point.Fraction:0} % of labels, as they are"), Score = point.Waf },
                AblationRow.Of(string.Create(CultureInfo.InvariantCulture, $"{100 * point.Fraction:0} %, aligned"), gain[place]),
            ])],
            Chance = ChanceLevel.Of(target, classes).Waf,
            Clips = target.Count,
            Speakers = Before.Speakers.Distinct(StringComparer.Ordinal).Count(),
            IsSynthetic = corpus.IsSynthetic,
        };
    }

    /// <summary>Everything as JSON, the paired differences included.</summary>
    public string ToJson()
    {
        var (json, (gain, ofBoth, ofSound)) = (JsonSerializer.SerializeToNode(this, Format)!.AsObject(), Gains);
        json["gain"] = JsonSerializer.SerializeToNode(gain, Format);
        json["gainOfBoth"] = JsonSerializer.SerializeToNode(ofBoth, Format);
        json["gainOfSound"] = JsonSerializer.SerializeToNode(ofSound, Format);
        return json.ToJsonString(Format);
    }

    // All that one report compares, corrected together: whoever quotes two of its columns in one sentence quotes from one family.
    private (IReadOnlyList<PairedComparison> InPlace, IReadOnlyList<PairedComparison> Beside, IReadOnlyList<PairedComparison> OfSound) Gains
    {
        get
        {
            var shares = Before.Points.Count;
            var family = ComparisonFamily.Correct([.. After.Compare(Before), .. Both.Compare(Before), .. Both.Compare(BothUntrained)]);
            return ([.. family.Take(shares)], [.. family.Skip(shares).Take(shares)], [.. family.Skip(2 * shares)]);
        }
    }

    private static RetrievalScore Together(IEnumerable<AlignedFold> folds, Func<AlignedFold, RetrievalScore> score) =>
        new() { Ranks = [.. folds.SelectMany(one => score(one).Ranks)], Candidates = [.. folds.SelectMany(one => score(one).Candidates)] };

    private Interval Lead(IReadOnlyList<AlignedFold> mine, Func<AlignedFold, RetrievalScore> score, IReadOnlyList<AlignedFold> theirs, Func<AlignedFold, RetrievalScore> otherScore)
    {
        var speakerOf = Before.ClipIds.Zip(Before.Speakers).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        var (ranks, others) = (Ranks(mine, score), Ranks(theirs, otherScore));
        int[] seeds = [.. ranks.Keys.Intersect(others.Keys).Order()];
        string[] clips = [.. speakerOf.Keys.Where(clip => seeds.All(seed => ranks[seed].ContainsKey(clip) && others[seed].ContainsKey(clip))).Order(StringComparer.Ordinal)];
        if (seeds.Length == 0 || clips.Length == 0) throw new ArgumentException("other must be aligned with one of the same seeds and judge some of the same clips, but shares none.", nameof(theirs));
        return new SpeakerJackknife([.. clips.Select(clip => speakerOf[clip])]).MeanOf([.. seeds.Select(seed => clips.Select(clip => 1 / ranks[seed][clip] - 1 / others[seed][clip]).ToArray())]);

        static Dictionary<int, Dictionary<string, double>> Ranks(IReadOnlyList<AlignedFold> folds, Func<AlignedFold, RetrievalScore> score) => folds.GroupBy(fold => fold.Seed).ToDictionary(
            seed => seed.Key, seed => seed.SelectMany(fold => fold.Clips.Zip(score(fold).Ranks)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
    }

    private static string Signed(Interval difference) => difference.Value > 0 ? $"+{difference}" : $"{difference}";

    private static string[] Row(int seed, string among, RetrievalScore score, double? cka) =>
    [
        seed.ToString(CultureInfo.InvariantCulture), among, Number(score.RecallAt1, "0.000"), Number(score.RecallAt5, "0.000"), Number(score.MedianRank, "0.#"),
        Number(score.Chance.RecallAt1, "0.000"), Number(score.Chance.RecallAt5, "0.000"), Number(score.Chance.MedianRank, "0.#"), cka is { } value ? Number(value, "0.000") : "",
    ];

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
