namespace Affect.Cli.Commands;

/// <summary><c>lab corpus describe PATH</c>: what a corpus holds, and whether its files are there.</summary>
internal static class DescribeCorpus
{
    private const int MissingShown = 10;
    private const int SpeakersShown = 12;

    internal static Command Create()
    {
        var path = new Argument<string>("PATH") { Description = "A manifest (.csv), a folder with a manifest.csv, or a plain folder <emotion>/<speaker>_<anything>.wav." };
        var emotions = new Option<string?>("--emotions") { Description = "The classes in order, comma-separated; default: as found, sorted." };
        var command = new Command("describe", "Print clips, speakers and class balance; exit code 1 where files are missing.") { path, emotions };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(path), parsed.GetValue(emotions)));
        return command;
    }

    private static int Run(string path, string? emotions)
    {
        var corpus = Corpus.Open(path, emotions is null ? null : new EmotionSet(emotions.Split(',', StringSplitOptions.TrimEntries)));
        var labelled = corpus.Labels.Count(label => label >= 0);
        Console.WriteLine(Text($"{corpus.Name}{(corpus.IsSynthetic ? " (synthetic)" : "")}: {corpus.Clips.Count} clips, {labelled} of them labelled, of {corpus.Speakers.Count} speakers, in {corpus.Root}"));
        var sizes = corpus.Clips.CountBy(clip => clip.Speaker).Select(pair => pair.Value).Order().ToArray();
        Console.WriteLine(Text($"clips a speaker: {sizes[0]} to {sizes[^1]}, median {sizes[sizes.Length / 2]}; with transcript: {corpus.Clips.Count(clip => clip.Transcript is not null)}; with video: {corpus.Clips.Count(clip => clip.VideoPath is not null)}"));
        Console.WriteLine($"speakers: {Speakers(corpus)}");
        AnsiConsole.Write(BalanceTable(corpus, corpus.Labels));
        TellSharedSpeakers(corpus);
        foreach (var warning in corpus.Warnings.Concat(SharedMedia.Warnings(corpus))) Console.WriteLine($"warning: {CorpusWarnings.Printable(warning)}");
        return TellMissing(corpus);
    }

    /// <summary>Clips per class, one row a part and one for all.</summary>
    /// <param name="corpus">The corpus.</param>
    /// <param name="labels">Each clip's class, −1 for none.</param>
    internal static Table BalanceTable(Corpus corpus, IReadOnlyList<int> labels)
    {
        var table = new Table().NoBorder().AddColumn(new TableColumn("part").NoWrap().Padding(0, 0, 1, 0));
        foreach (var column in corpus.Emotions.Concat(["none", "clips", "speakers"])) table.AddColumn(new TableColumn(Markup.Escape(column)).RightAligned().NoWrap().Padding(0, 0, 1, 0));
        var parts = corpus.Clips.Select(clip => clip.Split).Distinct().Where(split => split is not null).OrderBy(split => SplitNames.All.ToList().IndexOf(split!)).ToArray();
        foreach (var part in parts) Add(part!, index => corpus.Clips[index].Split == part);
        Add("all", _ => true);
        return table;

        void Add(string name, Func<int, bool> isIn)
        {
            var members = Enumerable.Range(0, corpus.Clips.Count).Where(isIn).ToArray();
            var counts = Enumerable.Range(-1, corpus.Emotions.Count + 1).Select(label => members.Count(index => labels[index] == label)).ToArray();
            int[] cells = [.. counts[1..], counts[0], members.Length, members.Select(index => corpus.Clips[index].Speaker).Distinct(StringComparer.Ordinal).Count()];
            table.AddRow([Markup.Escape(name), .. cells.Select(cell => cell.ToString(CultureInfo.InvariantCulture))]);
        }
    }

    // Who they are, so that a wrong guess shows.
    private static string Speakers(Corpus corpus)
    {
        var clips = corpus.Clips.CountBy(clip => clip.Speaker, StringComparer.Ordinal).OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        var shown = string.Join(", ", clips.Take(SpeakersShown).Select(pair => Text($"{CorpusWarnings.Printable(pair.Key)} ({pair.Value})")));
        return clips.Length > SpeakersShown ? Text($"{shown} and {clips.Length - SpeakersShown} more") : shown;
    }

    private static void TellSharedSpeakers(Corpus corpus)
    {
        var test = corpus.Part(SplitNames.Test).Speakers;
        var shared = corpus.Part(SplitNames.Train).Speakers.Intersect(test, StringComparer.Ordinal).Count();
        if (shared > 0) Console.WriteLine(Text($"{shared} of the {test.Count} test speakers are also in train: scores on the test part are not of unseen speakers."));
    }

    private static int TellMissing(Corpus corpus)
    {
        var missing = corpus.Clips
            .SelectMany(clip => new[] { clip.AudioPath, clip.VideoPath }.OfType<string>().Select(file => (clip.Id, File: file)))
            .Where(item => MediaPath.Problem(item.File, looksAround: false) is not null)
            .ToArray();
        if (missing.Length == 0)
        {
            Console.WriteLine("Every media file is there.");
            return 0;
        }
        Console.Error.WriteLine(Text($"{missing.Length} media files are missing, empty or no files:"));
        foreach (var (id, file) in missing.Take(MissingShown)) Console.Error.WriteLine($"  {id}: {file} {MediaPath.Problem(file)}");
        if (missing.Length > MissingShown) Console.Error.WriteLine(Text($"  ... and {missing.Length - MissingShown} more"));
        return 1;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
