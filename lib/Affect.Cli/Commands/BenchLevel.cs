namespace Affect.Cli.Commands;

/// <summary><c>lab bench level</c>: how often intervals and tests are wrong, by simulation.</summary>
internal static class BenchLevel
{
    private static readonly int[] Speakers = [5, 10, 20, 50];

    internal static Command Create()
    {
        var quick = new Option<bool>("--quick") { Description = "Only the plainest case of each question, 400 worlds each: a minute" };
        var repeats = new Option<int?>("--repeats") { Description = "Worlds of each case and number of speakers; 2000 by default, whose share of wrong answers is right to ±1 percentage point" };
        var question = new Option<string[]>("--question") { Description = "Only these questions, as they are named in the table's first column; by default all", DefaultValueFactory = _ => Enum.GetNames<LevelQuestion>(), AllowMultipleArgumentsPerToken = true };
        question.AcceptOnlyFromAmong(Enum.GetNames<LevelQuestion>());
        var seed = new Option<int>("--seed") { Description = "Seeds the draws", DefaultValueFactory = _ => 1 };
        var command = new Command("level", "Simulate how often 95 % intervals and tests at 5 % are wrong with 5, 10, 20 and 50 speakers.") { quick, repeats, question, seed };
        command.SetAction((parsed, cancel) => Task.FromResult(Run(
            [.. LevelCase.All(parsed.GetValue(quick)).Where(one => parsed.GetValue(question)!.Contains(one.Question.ToString()))], Require.AtLeast(1, parsed.GetValue(repeats) ?? (parsed.GetValue(quick) ? 400 : 2000), "--repeats"), parsed.GetValue(seed), cancel)));
        return command;
    }

    private static int Run(IReadOnlyList<LevelCase> cases, int repeats, int seed, CancellationToken cancel)
    {
        var done = 0;
        Lock counting = new();
        var rows = cases.AsParallel().AsOrdered().WithCancellation(cancel).Select(one =>
        {
            var levels = Speakers.Select(speakers => LevelSimulation.Run(one, speakers, repeats, seed, cancel).Level).ToArray();
            lock (counting) Console.Error.WriteLine(FormattableString.Invariant($"{++done}/{cases.Count} {one.Question}, {one.Setting}: {string.Join(' ', levels.Select(Percent))}"));
            return (Case: one, Levels: levels);
        }).ToList();
        var table = new Table().Border(TableBorder.Simple).AddColumn(new TableColumn("question").NoWrap()).AddColumn(new TableColumn("world").NoWrap());
        foreach (var speakers in Speakers) table.AddColumn(new TableColumn(FormattableString.Invariant($"{speakers} speakers")).RightAligned());
        foreach (var (one, levels) in rows)
            table.AddRow([one.Question.ToString(), Markup.Escape(one.Setting), .. levels.Select(Percent)]);
        AnsiConsole.Write(table);
        Console.WriteLine(FormattableString.Invariant($"Wrong answers in per cent, nominally 5; {repeats} worlds each, so that a true 5 % shows as {5 - Spread(repeats):0.0} to {5 + Spread(repeats):0.0}. PercentileBootstrap is what was used before, for comparison."));
        return 0;
    }

    private static string Percent(double level) => (100 * level).ToString("0.0", CultureInfo.InvariantCulture);

    private static double Spread(int repeats) => 100 * 1.96 * Math.Sqrt(0.05 * 0.95 / repeats);
}
