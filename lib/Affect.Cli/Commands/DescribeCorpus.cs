namespace Affect.Cli.Commands;

/// <summary><c>lab corpus describe PATH</c>: what a corpus holds, and whether its files are there.</summary>
internal static class DescribeCorpus
{
    private const int MissingShown = 10;
    private const int SpeakersShown = 12;

    internal static Command Create()
    {
        var command = new LabCommand("describe", "Print clips, speakers and class balance; exit code 1 where files are missing.");
        var path = command.File("PATH", "A manifest (.csv), a folder with a manifest.csv, or a plain folder <emotion>/<speaker>_<anything>.wav.");
        var emotions = command.Optional<string?>("--emotions", "The classes in order, comma-separated; default: as found, sorted.");
        return command.Runs(given =>
        {
            var classes = given.Of(emotions)?.Split(',', StringSplitOptions.TrimEntries);
            return Run(Corpus.Open(given.Of(path), classes is null ? null : new EmotionSet(classes)));
        });
    }

    private static int Run(Corpus corpus)
    {
        var (clips, labelled) = (corpus.Clips, corpus.Labels.Count(label => label >= 0));
        Say.Result($"{corpus.Name}{(corpus.IsSynthetic ? " (synthetic)" : "")}: {clips.Count} clips, {labelled} of them labelled, "
            + $"of {corpus.Speakers.Count} speakers, in {corpus.Root}");
        var counts = clips.CountBy(clip => clip.Speaker, StringComparer.Ordinal);
        var speakers = counts.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        Say.Result($"clips a speaker: {speakers[^1].Value} to {speakers[0].Value}, median {speakers[(speakers.Length - 1) / 2].Value}; "
            + $"with transcript: {clips.Count(clip => clip.Transcript is not null)}; with video: {clips.Count(clip => clip.VideoPath is not null)}");
        // Who they are, so that a wrong guess shows.
        var shown = string.Join(", ", speakers.Take(SpeakersShown).Select(pair => $"{Say.Printable(pair.Key)} ({pair.Value})"));
        Say.Result($"speakers: {shown}{(speakers.Length > SpeakersShown ? $" and {speakers.Length - SpeakersShown} more" : "")}");
        ShowBalance(corpus, corpus.Labels);
        var test = corpus.Part(SplitNames.Test).Speakers;
        var shared = corpus.Part(SplitNames.Train).Speakers.Intersect(test, StringComparer.Ordinal).Count();
        if (shared > 0)
            Say.Result($"{shared} of the {test.Count} test speakers are also in train: scores on the test part are not of unseen speakers.");
        foreach (var warning in corpus.Warnings.Concat(SharedMedia.Warnings(corpus))) Say.Result($"warning: {Say.Printable(warning)}");
        var missing = clips
            .SelectMany(clip => new[] { clip.AudioPath, clip.VideoPath }.OfType<string>().Select(file => (clip.Id, File: file)))
            .Where(item => MediaPath.Problem(item.File, looksAround: false) is not null)
            .ToArray();
        if (missing.Length == 0) Say.Result("Every media file is there.");
        return Say.Failures(
            [.. missing.Select((item, place) => (item.Id, place < MissingShown ? $"{item.File} {MediaPath.Problem(item.File)}" : ""))],
            $"{missing.Length} media files are missing, empty or no files:", MissingShown);
    }

    /// <summary>Clips per class, one row a part and one for all.</summary>
    internal static void ShowBalance(Corpus corpus, IReadOnlyList<int> labels)
    {
        var order = SplitNames.All.ToList();
        var parts = corpus.Clips.Select(clip => clip.Split).OfType<string>().Distinct().OrderBy(order.IndexOf).ToArray();
        string[][] rows = [.. parts.Select(part => Row(part, clip => clip.Split == part)), Row("all", _ => true)];
        Say.Table(null, ["part", .. corpus.Emotions, "none", "clips", "speakers"], rows);

        string[] Row(string name, Func<Clip, bool> isIn)
        {
            var members = corpus.Clips.Index().Where(clip => isIn(clip.Item)).ToArray();
            int[] counts = [.. Enumerable.Range(-1, corpus.Emotions.Count + 1).Select(label => members.Count(clip => labels[clip.Index] == label))];
            var speakers = members.Select(clip => clip.Item.Speaker).Distinct(StringComparer.Ordinal).Count();
            return [name, .. ((int[])[.. counts[1..], counts[0], members.Length, speakers]).Select(cell => $"{cell}")];
        }
    }
}
