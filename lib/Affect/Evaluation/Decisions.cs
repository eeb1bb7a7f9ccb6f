namespace Affect.Evaluation;

/// <summary>What a method decided on held-out clips, clip by clip: everything that scores, intervals and paired comparisons are computed from.</summary>
public sealed class Decisions
{
    private static readonly string[] Head = ["clip", "speaker", "emotion", "predicted"];

    /// <summary>Puts decisions together.</summary>
    /// <param name="classes">The classes' names.</param>
    /// <param name="clips">The clips' names, no two alike.</param>
    /// <param name="speakers">Who speaks, one per clip.</param>
    /// <param name="target">The true classes.</param>
    /// <param name="probabilities"><c>[clips][classes]</c>; the decision is the most probable class, the first of equally probable ones.</param>
    /// <exception cref="ArgumentException">The lengths differ, there is no clip, two share a name, or a class is out of range.</exception>
    public Decisions(IReadOnlyList<string> classes, IReadOnlyList<string> clips, IReadOnlyList<string> speakers, IReadOnlyList<int> target, IReadOnlyList<IReadOnlyList<double>> probabilities)
    {
        Require.NotEmpty(classes);
        Require.NotEmpty(clips);
        ArgumentNullException.ThrowIfNull(speakers);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(probabilities);
        if (speakers.Count != clips.Count || target.Count != clips.Count || probabilities.Count != clips.Count)
            throw new ArgumentException(FormattableString.Invariant($"speakers, target and probabilities must have one entry for each of {clips.Count} clips, but have {speakers.Count}, {target.Count} and {probabilities.Count}."), nameof(clips));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var clip = 0; clip < clips.Count; clip++)
        {
            if (!seen.Add(clips[clip])) throw new ArgumentException($"clips must have names of their own, but '{clips[clip]}' is there twice.", nameof(clips));
            if (target[clip] < 0 || target[clip] >= classes.Count) throw new ArgumentException(FormattableString.Invariant($"The class of clip '{clips[clip]}' must be between 0 and {classes.Count - 1}, but is {target[clip]}."), nameof(target));
            if (probabilities[clip].Count != classes.Count || probabilities[clip].Any(value => !double.IsFinite(value)))
                throw new ArgumentException($"Clip '{clips[clip]}' must have {classes.Count} finite probabilities, but has [{string.Join(", ", probabilities[clip])}].", nameof(probabilities));
        }
        (Classes, Clips, Speakers, Target, Probabilities) = (classes, clips, speakers, target, probabilities);
        Predicted = [.. probabilities.Select(row => Enumerable.Range(0, row.Count).MaxBy(index => row[index]))];
    }

    /// <summary>The classes' names.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The clips' names.</summary>
    public IReadOnlyList<string> Clips { get; }

    /// <summary>Who speaks, one per clip.</summary>
    public IReadOnlyList<string> Speakers { get; }

    /// <summary>The true classes, one per clip.</summary>
    public IReadOnlyList<int> Target { get; }

    /// <summary>The decisions, one per clip.</summary>
    public IReadOnlyList<int> Predicted { get; }

    /// <summary><c>[clips][classes]</c></summary>
    public IReadOnlyList<IReadOnlyList<double>> Probabilities { get; }

    /// <summary>What the decisions are worth.</summary>
    public Scores Scores => Scores.Of(Target, Predicted, Classes.Count);

    /// <summary>Reads decisions that <see cref="Save"/> wrote.</summary>
    /// <param name="path">The csv file.</param>
    /// <exception cref="FormatException">It cannot be understood; the message names file and line.</exception>
    public static Decisions Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var rows = CsvFile.Read(path).GetEnumerator();
        if (!rows.MoveNext() || rows.Current.Fields is not { Length: > 4 } header || !header.AsSpan(0, Head.Length).SequenceEqual(Head))
            throw new FormatException($"{path}:1: must begin with {string.Join(',', Head)} and the classes.");
        string[] classes = header[Head.Length..];
        var (clips, speakers, target, probabilities) = (new List<string>(), new List<string>(), new List<int>(), new List<IReadOnlyList<double>>());
        while (rows.MoveNext())
        {
            var row = rows.Current.Fields;
            if (row.Length != header.Length) throw Bad($"must have {header.Length} fields, but has {row.Length}.");
            if (Array.IndexOf(classes, row[2]) < 0) throw Bad($"the emotion must be one of {string.Join(", ", classes)}, but is '{row[2]}'.");
            clips.Add(row[0]);
            speakers.Add(row[1]);
            target.Add(Array.IndexOf(classes, row[2]));
            probabilities.Add([.. row[Head.Length..].Select(Number)]);
        }
        try
        {
            return new Decisions(classes, clips, speakers, target, probabilities);
        }
        catch (ArgumentException error)
        {
            throw new FormatException($"{path}: {error.Message}", error);
        }

        double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : throw Bad($"a probability must be a number, but is '{text}'.");

        FormatException Bad(string message) => new($"{path}:{rows.Current.Line}: {message}");
    }

    /// <summary>Writes a csv file: <c>clip,speaker,emotion,predicted</c> and each class's probability.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path) => AtomicFile.Write(path, stream =>
    {
        using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        csv.WriteRecord([.. Head, .. Classes]);
        for (var clip = 0; clip < Clips.Count; clip++)
            csv.WriteRecord([Clips[clip], Speakers[clip], Classes[Target[clip]], Classes[Predicted[clip]], .. Probabilities[clip].Select(value => value.ToString("R", CultureInfo.InvariantCulture))]);
    });

    /// <summary>The decisions of several runs on the same clips, one after another, for counting what is taken for what.</summary>
    /// <param name="runs">The runs, as of several seeds; at least one.</param>
    /// <returns>True classes, decisions and speakers, run after run.</returns>
    /// <exception cref="ArgumentException">The runs are not of the same clips and classes in the same order.</exception>
    public static (IReadOnlyList<int> Target, IReadOnlyList<int> Predicted, IReadOnlyList<string> Speakers) Pool(IReadOnlyList<Decisions> runs)
    {
        OfSameClips(runs);
        return ([.. runs.SelectMany(run => run.Target)], [.. runs.SelectMany(run => run.Predicted)], [.. runs.SelectMany(run => run.Speakers)]);
    }

    /// <summary>The score of several runs taken together, with an interval that covers other speakers and, with several runs, other seeds.</summary>
    /// <param name="runs">The runs, as of several seeds.</param>
    /// <param name="metric">Which score.</param>
    /// <param name="level">How often the interval is to hold the true value, 0.5 … 0.9999.</param>
    /// <exception cref="ArgumentException">The runs are not of the same clips and classes in the same order.</exception>
    public static Interval Score(IReadOnlyList<Decisions> runs, Metric metric = Metric.Waf, double level = 0.95)
    {
        var one = OfSameClips(runs);
        return new SpeakerJackknife(one.Speakers).Table(one.Target, [.. runs.Select(run => run.Predicted)], one.Classes.Count, metric).Score(level, one.Clips.Count);
    }

    /// <summary>The F1 of every class of several runs taken together, each with its interval by speaker and run.</summary>
    /// <param name="runs">The runs, as of several seeds.</param>
    /// <param name="level">How often an interval is to hold the true value, 0.5 … 0.9999.</param>
    /// <exception cref="ArgumentException">The runs are not of the same clips and classes in the same order.</exception>
    public static IReadOnlyList<Interval> F1(IReadOnlyList<Decisions> runs, double level = 0.95)
    {
        var one = OfSameClips(runs);
        return new SpeakerJackknife(one.Speakers).F1(one.Target, [.. runs.Select(run => run.Predicted)], one.Classes.Count, level);
    }

    /// <summary>Two sets of runs on the same clips with the same seeds, compared speaker by speaker and run by run.</summary>
    /// <param name="first">The first set's runs, seed by seed.</param>
    /// <param name="second">The second set's, as many and in the same order.</param>
    /// <param name="metric">Which score.</param>
    /// <param name="level">How often the intervals are to hold the true value, 0.5 … 0.9999.</param>
    /// <exception cref="ArgumentException">The sets are not of the same clips, or not of as many runs.</exception>
    public static PairedComparison Compare(IReadOnlyList<Decisions> first, IReadOnlyList<Decisions> second, Metric metric = Metric.Waf, double level = 0.95) =>
        PairedComparison.OfMeans([first], [second], metric, level);

    /// <summary>The first of several runs, whose clips, speakers, true classes and classes are the others' too.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    internal static Decisions OfSameClips(IReadOnlyList<Decisions> runs)
    {
        Require.NotEmpty(runs);
        var one = runs[0];
        return runs.All(run => run.Clips.SequenceEqual(one.Clips) && run.Classes.SequenceEqual(one.Classes) && run.Target.SequenceEqual(one.Target))
            ? one
            : throw new ArgumentException("runs must be of the same clips and classes in the same order, but are not.", nameof(runs));
    }
}
