namespace Affect.Notebook.Pages;

/// <summary>
/// One HTML page of what runs recorded: variants with paired intervals, missing modalities, what is taken for what, F1 by emotion, the layer curve,
/// how training went, every setting. Everything is computed from the decisions on disk; nothing is trained.
/// </summary>
public sealed partial class RunReport
{
    private const int MostCurves = 8;
    private const int FoldPoints = 30;

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IReadOnlyList<RunRecord> runs;
    private readonly RunResult[] results;
    private readonly Metric metric;

    /// <summary>Prepares a report.</summary>
    /// <param name="runs">The runs, in the order of <see cref="RunRecord.FindAll"/>.</param>
    /// <param name="metric">What variants are compared by.</param>
    /// <exception cref="ArgumentException">There is no run.</exception>
    public RunReport(IReadOnlyList<RunRecord> runs, Metric metric = Metric.Waf)
    {
        this.runs = Require.NotEmpty(runs);
        this.metric = metric;
        results = Named([.. runs.SelectMany(run => run.Results)]);
    }

    /// <summary>The page's title.</summary>
    public string Title { get; init; } = "What the runs found";

    /// <summary>Layer curves to show; may be empty.</summary>
    public IReadOnlyList<LayerCurve> Curves { get; init; } = [];

    /// <summary>Figures to show besides, as one's own; may be empty.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>Writes the page.</summary>
    /// <param name="path">The page.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, ToHtml());

    /// <summary>The page as HTML.</summary>
    internal string ToHtml()
    {
        var html = new StringBuilder(PageStyle.Head(Title));
        html.Append($"<h1>{HtmlEncode(Title)}</h1>\n");
        foreach (var notice in Notices()) html.Append($"<p class=\"note\" role=\"note\">{HtmlEncode(notice)}</p>\n");
        foreach (var part in results.GroupBy(result => (result.Part, Clips: string.Join('\n', result.Decisions.Clips)))) AppendPart(html, part.Key.Part, [.. part]);
        foreach (var curve in Curves) Append(html, $"Layers of {curve.Encoder}", new LayerCurveFigure(curve));
        foreach (var figure in Figures) Append(html, figure.Title, figure);
        AppendTraining(html);
        html.Append("<h2>Settings</h2>\n");
        foreach (var run in runs)
        {
            var name = $"{run.Name}, {Path.GetFileName(run.Folder)}{(run.IsFinished || run.Results.Count > 0 ? "" : " (not finished)")}";
            html.Append($"<details><summary>{HtmlEncode(name)}</summary>\n<p class=\"facts\">{HtmlEncode(run.Version)}</p>\n")
                .Append($"<pre>{HtmlEncode(run.Config.ToJsonString(Readable))}</pre></details>\n");
        }
        return html.Append(PageStyle.Foot).ToString();
    }

    private IEnumerable<string> Notices()
    {
        if (results.Any(result => result.IsSynthetic)) yield return "Synthetic data: these scores say how methods compare on generated clips, nothing about people.";
        if (results.Length == 0) yield return "None of these runs recorded decisions on held-out clips: there are training curves and settings only.";
        var speakers = results.Select(result => result.Decisions.Speakers.Distinct().Count()).DefaultIfEmpty(PairedComparison.MinimumSpeakers).Min();
        if (speakers < PairedComparison.MinimumSpeakers)
            yield return $"The held-out clips come from {ScoreText.Count(speakers, "speaker")} only: too few to tell whether anything helps.";
    }

    // One name is one variant: runs of one recipe and several seeds are taken together; what was trained otherwise, or again with the same seed, goes by its folder.
    private static RunResult[] Named(RunResult[] results)
    {
        var names = new Dictionary<RunResult, string>(ReferenceEqualityComparer.Instance);
        foreach (var called in results.GroupBy(result => (result.Part, result.Trained, result.Variant)))
        {
            var isRepeated = called.GroupBy(result => (result.Recipe, result.Present, result.Seed)).Any(same => same.Count() > 1);
            var recipes = called.GroupBy(result => isRepeated ? result.Folder : result.Recipe ?? result.Folder).ToArray();
            string[] folders = [.. recipes.Select(recipe => Path.TrimEndingDirectorySeparator(recipe.First().Folder ?? ""))];
            string[] last = [.. folders.Select(Path.GetFileName)!];
            foreach (var (place, recipe) in recipes.Index())
                foreach (var result in recipe)
                    names[result] = recipes.Length == 1 ? result.Variant : $"{result.Variant} ({(last.Distinct().Count() == last.Length ? last : folders)[place]})";
        }
        return [.. results.Select(result => result with { Variant = names[result] })];
    }

    private void AppendPart(StringBuilder html, string part, RunResult[] group)
    {
        // A variant is what was trained and what it was trained on; what it was shown then is the next figure's matter.
        var variants = group.Where(result => result.Present == result.Trained).GroupBy(result => (result.Variant, result.Trained))
            .Select(runs => runs.OrderBy(run => run.Seed).ToArray())
            .Select(runs => (First: runs[0], Seeds: runs.Select(run => run.Seed).ToArray(), Decided: runs.Select(run => run.Decisions).ToArray()))
            .ToList();
        if (variants.Count == 0) return;
        var several = variants.Select(variant => variant.First.Variant).Distinct().Count() > 1;
        var full = variants.MaxBy(variant => variant.First.Trained.Split('+').Length);
        var (first, one) = (full.First, full.Decided[0]);
        // What is compared with the full variant is reported together, and corrected together.
        var others = variants.Where(variant => variant.Decided != full.Decided && variant.Seeds.SequenceEqual(full.Seeds)).ToList();
        var compared = others.Count == 0 ? []
            : ComparisonFamily.Correct([.. others.Select(variant => Decisions.Compare(variant.Decided, full.Decided, metric))]);
        var score = Decisions.Score(full.Decided, metric);
        var ablation = new AblationFigure(new AblationData
        {
            Title = $"What does each variant score on {part}?",
            Metric = metric,
            Rows = [.. variants.Select(variant => others.IndexOf(variant) is >= 0 and var place
                ? AblationRow.Of(Name(variant.First), compared[place])
                : new AblationRow { Name = Name(variant.First), Score = Decisions.Score(variant.Decided, metric) })],
            ComparedWith = variants.Count > 1 ? Name(first) : null,
            Chance = ChanceLevel.Of(one.Target, one.Classes.Count).Value(metric),
            Ceilings = metric == Metric.Waf && first.Ceiling is { } ceiling ? [new ScoreLevel($"ceiling of {Spaced(first.Trained)}", ceiling)] : [],
            Clips = one.Target.Count,
            Speakers = one.Speakers.Distinct().Count(),
            IsSynthetic = first.IsSynthetic,
        });
        var covered = score.Runs > 1 ? "the intervals cover other speakers and other seeds" : "the intervals cover other speakers, not other seeds";
        Append(html, $"Variants on {part}", ablation, $"{ScoreText.Count(full.Seeds.Length, "seed")}, taken together; {covered}.");
        if (group.Any(result => result.Present != result.Trained))
            Append(html, "Missing modalities",
                MissingModalityFigure.Of("What is left when modalities are missing?", [.. group.Where(result => result.Trained == first.Trained)]));
        var name = Name(first);
        Append(html, "What is taken for what", ConfusionFigure.Of($"What does '{name}' take for what?", full.Decided, first.IsSynthetic));
        Append(html, "Which emotions are recognised",
            ClassScoreFigure.Of($"Which emotions does '{name}' recognise?", [(name, full.Decided)], first.IsSynthetic));

        string Name(RunResult result) => several ? $"{Spaced(result.Trained)}: {result.Variant}" : Spaced(result.Trained);
    }

    private void AppendTraining(StringBuilder html)
    {
        var trained = runs.Where(run => run.Losses.Count > 1).ToList();
        if (trained.Count == 0) return;
        html.Append("<h2>How training went</h2>\n");
        var figures = trained.GroupBy(run => Fold(run) is { Success: true } fold
            ? $"{run.Name}, seed {fold.Groups["seed"].Value}"
            : $"{run.Name} ({Path.GetFileName(run.Folder)})").ToList();
        foreach (var folds in figures.Take(MostCurves))
        {
            // The folds of one training lie over one another: thinned, as single steps are noisy and would hide the others.
            TrainingSeries[] series = folds.Count() == 1
                ? [TrainingSeries.Of("loss", folds.First().Losses)]
                : [.. folds.Select(run => TrainingSeries.Of($"fold {Fold(run).Groups["fold"].Value}", run.Losses).Thinned(FoldPoints))];
            var figure = new TrainingCurveFigure(folds.Key, series, results.Any(result => result.IsSynthetic));
            Append(html, null, figure, folds.Count() == 1 ? "" : "Neighbouring steps are averaged.");
        }
        var left = figures.Skip(MostCurves).Sum(folds => folds.Count());
        if (left > 0) html.Append(CultureInfo.InvariantCulture, $"<p class=\"facts\">{left} more trainings are not drawn; their records are in their folders.</p>\n");
    }

    private static Match Fold(RunRecord run) => FoldMark().Match(Path.GetFileName(run.Folder));

    // A folder of one fold, as FusionTraining names it.
    [GeneratedRegex(@"-seed(?<seed>\d+)-fold(?<fold>\d+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FoldMark();

    private static void Append(StringBuilder html, string? heading, Figure figure, string note = "")
    {
        if (heading is not null) html.Append($"<h2>{HtmlEncode(heading)}</h2>\n");
        html.Append($"<figure class=\"output drawing\">{FigureHtml.Of(figure)}<figcaption>{HtmlEncode(note)}</figcaption></figure>\n")
            .Append($"<details><summary>The numbers</summary><div class=\"scroll\">{ShownTable.Of(figure.Table).ToHtml()}</div></details>\n");
    }

    private static string Spaced(string modalities) => modalities.Replace("+", " + ", StringComparison.Ordinal);
}
