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

    /// <summary>Writes the page.</summary>
    /// <param name="path">The page.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(string path) => AtomicFile.WriteText(path, ToHtml());

    /// <summary>The page as HTML.</summary>
    internal string ToHtml()
    {
        var html = new StringBuilder(PageStyle.Head(Title, $"{PageStyle.Common}\n{PageStyle.Notebooks}"));
        html.Append($"<h1>{HtmlText.Escape(Title)}</h1>\n");
        foreach (var notice in Notices()) html.Append($"<p class=\"note\" role=\"note\">{HtmlText.Escape(notice)}</p>\n");
        foreach (var part in results.GroupBy(result => (result.Part, Clips: string.Join('\n', result.Decisions.Clips)))) AppendPart(html, part.Key.Part, [.. part]);
        foreach (var curve in Curves) Append(html, $"Layers of {curve.Encoder}", new LayerCurveFigure(curve));
        AppendTraining(html);
        html.Append("<h2>Settings</h2>\n");
        foreach (var run in runs)
            html.Append($"<details><summary>{HtmlText.Escape(run.Name)}, {HtmlText.Escape(Path.GetFileName(run.Folder))}{(run.IsFinished || run.Results.Count > 0 ? "" : " (not finished)")}</summary>\n")
                .Append($"<p class=\"facts\">{HtmlText.Escape(run.Version)}</p>\n<pre>{HtmlText.Escape(run.Config.ToJsonString(Readable))}</pre></details>\n");
        return html.Append(PageStyle.Foot).ToString();
    }

    private IEnumerable<string> Notices()
    {
        if (results.Any(result => result.IsSynthetic)) yield return "Synthetic data: these scores say how methods compare on generated clips, nothing about people.";
        if (results.Length == 0) yield return "None of these runs recorded decisions on held-out clips: there are training curves and settings only.";
        var speakers = results.Select(result => result.Decisions.Speakers.Distinct().Count()).DefaultIfEmpty(PairedComparison.MinimumSpeakers).Min();
        if (speakers < PairedComparison.MinimumSpeakers) yield return FormattableString.Invariant($"The held-out clips come from {speakers} speaker{(speakers == 1 ? "" : "s")} only: too few to tell whether anything helps.");
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
        var variants = group.Where(result => result.Present == result.Trained).GroupBy(result => (result.Variant, result.Trained)).Select(runs => runs.OrderBy(run => run.Seed).ToArray()).ToList();
        if (variants.Count == 0) return;
        var several = variants.Select(variant => variant[0].Variant).Distinct().Count() > 1;
        var full = variants.MaxBy(variant => variant[0].Trained.Split('+').Length)!;
        var target = full[0].Decisions.Target;
        var chance = ChanceLevel.Of(target, full[0].Decisions.Classes.Count).Value(metric);
        var speakers = full[0].Decisions.Speakers.Distinct().Count();
        Append(html, $"Variants on {part}", new AblationFigure(new AblationData
        {
            Title = $"What does each variant score on {part}?",
            Metric = metric,
            Rows = Rows(variants, full, several),
            ComparedWith = variants.Count > 1 ? Name(full[0], several) : null,
            Chance = chance,
            Ceilings = metric == Metric.Waf && full[0].Ceiling is { } ceiling ? [new ScoreLevel($"ceiling of {Spaced(full[0].Trained)}", ceiling)] : [],
            Clips = target.Count,
            Speakers = speakers,
            IsSynthetic = full[0].IsSynthetic,
        }), FormattableString.Invariant($"{full.Length} seed{(full.Length == 1 ? "" : "s")}, taken together; {(Decisions.Score([.. full.Select(run => run.Decisions)], metric).Runs > 1 ? "the intervals cover other speakers and other seeds" : "the intervals cover other speakers, not other seeds")}."));
        if (group.Any(result => result.Present != result.Trained))
            Append(html, "Missing modalities", MissingModalityFigure.Of("What is left when modalities are missing?", [.. group.Where(result => result.Trained == full[0].Trained)]));
        AppendClasses(html, full, Name(full[0], several));
    }

    // What is compared with the full variant is reported together, and corrected together.
    private AblationRow[] Rows(List<RunResult[]> variants, RunResult[] full, bool several)
    {
        var others = variants.Where(variant => !ReferenceEquals(variant, full) && variant.Select(run => run.Seed).SequenceEqual(full.Select(run => run.Seed))).ToList();
        IReadOnlyList<PairedComparison> compared = others.Count == 0 ? [] : ComparisonFamily.Correct([.. others.Select(variant => Decisions.Compare(Of(variant), Of(full), metric))]);
        return [.. variants.Select(variant => others.IndexOf(variant) is >= 0 and var place
            ? AblationRow.Of(Name(variant[0], several), compared[place])
            : new AblationRow { Name = Name(variant[0], several), Score = Decisions.Score(Of(variant), metric) })];

        static Decisions[] Of(RunResult[] runs) => [.. runs.Select(run => run.Decisions)];
    }

    private static void AppendClasses(StringBuilder html, RunResult[] runs, string name)
    {
        Decisions[] decisions = [.. runs.Select(run => run.Decisions)];
        Append(html, "What is taken for what", ConfusionFigure.Of($"What does '{name}' take for what?", decisions, runs[0].IsSynthetic));
        Append(html, "Which emotions are recognised", ClassScoreFigure.Of($"Which emotions does '{name}' recognise?", [(name, decisions)], runs[0].IsSynthetic));
    }

    private void AppendTraining(StringBuilder html)
    {
        var trained = runs.Where(run => run.Losses.Count > 1).ToList();
        if (trained.Count == 0) return;
        html.Append("<h2>How training went</h2>\n");
        var figures = trained.GroupBy(run => FoldMark().Match(Path.GetFileName(run.Folder)) is { Success: true } fold ? $"{run.Name}, seed {fold.Groups["seed"].Value}" : $"{run.Name} ({Path.GetFileName(run.Folder)})").ToList();
        foreach (var folds in figures.Take(MostCurves)) AppendCurves(html, folds.Key, [.. folds]);
        var left = figures.Skip(MostCurves).Sum(folds => folds.Count());
        if (left > 0) html.Append(CultureInfo.InvariantCulture, $"<p class=\"facts\">{left} more trainings are not drawn; their records are in their folders.</p>\n");
    }

    // The folds of one training lie over one another: thinned, as single steps are noisy and would hide the others.
    private void AppendCurves(StringBuilder html, string title, RunRecord[] folds)
    {
        TrainingSeries[] series = folds.Length == 1
            ? [TrainingSeries.Of("loss", folds[0].Losses)]
            : [.. folds.Select(run => TrainingSeries.Of($"fold {FoldMark().Match(Path.GetFileName(run.Folder)).Groups["fold"].Value}", run.Losses).Thinned(FoldPoints))];
        Append(html, null, new TrainingCurveFigure(title, series, results.Any(result => result.IsSynthetic)), folds.Length == 1 ? "" : "Neighbouring steps are averaged.");
    }

    // A folder of one fold, as FusionTraining names it.
    [GeneratedRegex(@"-seed(?<seed>\d+)-fold(?<fold>\d+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FoldMark();

    private static void Append(StringBuilder html, string? heading, Figure figure, string note = "")
    {
        if (heading is not null) html.Append($"<h2>{HtmlText.Escape(heading)}</h2>\n");
        html.Append($"<figure class=\"output drawing\">{FigureHtml.Of(figure)}<figcaption>{HtmlText.Escape(note)}</figcaption></figure>\n")
            .Append($"<details><summary>The numbers</summary><div class=\"scroll\">{ShownTable.Of(figure.Table).ToHtml()}</div></details>\n");
    }

    private static string Name(RunResult result, bool several) => several ? $"{Spaced(result.Trained)}: {result.Variant}" : Spaced(result.Trained);

    private static string Spaced(string modalities) => modalities.Replace("+", " + ", StringComparison.Ordinal);
}
