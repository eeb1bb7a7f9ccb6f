namespace Affect.Cli.Pretrain;

/// <summary>The README of a checkpoint of our own, block by block. Every number comes from a record or a layer curve.</summary>
internal sealed class CheckpointCard
{
    internal const string FileName = "README.md";

    private readonly string folder;
    private readonly StringBuilder text = new();

    /// <param name="folder">The checkpoint's folder.</param>
    /// <param name="hasSeen">What it has seen.</param>
    /// <param name="about">What it is.</param>
    /// <param name="command">The command that writes the page.</param>
    /// <param name="fingerprint">Of its network.</param>
    internal CheckpointCard(string folder, FormattableString hasSeen, FormattableString about, string command, string fingerprint)
    {
        this.folder = folder;
        Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        Add($"# {Name}");
        Add($"Has seen: {hasSeen}");
        Add($"{about}\nThis page is written by `{command}`; no number on it is typed by hand.");
        Add($"Fingerprint: `{fingerprint}`");
    }

    internal string Name { get; }

    /// <summary>A block of its own: a heading, a paragraph, a list.</summary>
    internal void Add(FormattableString block) => text.Append(FormattableString.Invariant(block)).Append("\n\n");

    /// <summary>A table.</summary>
    /// <param name="columns">The headings, <c>|</c> between them.</param>
    /// <param name="rows">The cells likewise.</param>
    internal void Table(FormattableString columns, IEnumerable<FormattableString> rows)
    {
        var heading = FormattableString.Invariant(columns);
        Add($"| {heading} |\n|{string.Concat(heading.Split('|').Select(_ => "---|"))}\n{string.Join('\n', rows.Select(row => $"| {FormattableString.Invariant(row)} |"))}");
    }

    /// <summary>How the checkpoint can be made again; rows without a text are left out.</summary>
    internal void Recipe(FormattableString command, params (string Name, FormattableString? Text)[] rows)
    {
        Add($"## Recipe");
        Add($"`./lab pretrain {command}`");
        Add($"| | |\n|---|---|\n{string.Join('\n', rows.Where(row => row.Text is not null).Select(row => $"| {row.Name} | {FormattableString.Invariant(row.Text!)} |"))}");
    }

    /// <summary>Each curve's score layer by layer, and the first curve's best layer compared with that of each other one.</summary>
    internal void Layers(IReadOnlyList<LayerCurve> curves)
    {
        Table(
            $"layer | {string.Join(" | ", curves.Select(curve => curve.Encoder))}",
            curves.SelectMany(curve => curve.Layers).Select(layer => layer.Layer).Distinct().Order()
                .Select(layer => (FormattableString)$"{layer} | {string.Join(" | ", curves.Select(curve => Cell(curve.Layers.FirstOrDefault(one => one.Layer == layer))))}"));
        Comparisons(curves, "best layer of each, ");
    }

    /// <summary>The first curve compared with each other one; all that is compared here is corrected together.</summary>
    internal void Comparisons(IReadOnlyList<LayerCurve> curves, string what = "")
    {
        if (curves.Count < 2) return;
        var others = curves.Skip(1).ToArray();
        var compared = ComparisonFamily.Correct([.. others.Select(other => curves[0].CompareBest(other))]);
        Add($"{string.Join('\n', others.Zip(compared, (other, result) => $"* {curves[0].Encoder} against {other.Encoder}, {what}the same clips: {result}"))}");
    }

    /// <summary>The clips that a curve was measured on.</summary>
    internal static string Clips(LayerCurve curve) => $"{curve.ClipIds.Count} clips of {curve.Speakers.Distinct().Count()} speakers of {curve.Corpus}";

    /// <summary>A candidate's mean score over all layers, and its best layer.</summary>
    internal static string Candidate(LayerCurve curve) => FormattableString.Invariant($"{Mean(curve):0.000} | {curve.Best().Layer}: {curve.Best().Waf.Value:0.000}");

    internal static double Mean(LayerCurve curve) => curve.Layers.Average(layer => layer.Waf.Value);

    /// <summary>Writes the page.</summary>
    /// <returns>Where it is.</returns>
    internal string Write()
    {
        var path = Path.Combine(folder, FileName);
        AtomicFile.WriteText(path, text.ToString().TrimEnd() + "\n");
        return path;
    }

    private static string Cell(LayerScore? layer) => layer is { Waf: var score } ? FormattableString.Invariant($"{score.Value:0.000} [{score.Low:0.000}, {score.High:0.000}]") : "";
}
