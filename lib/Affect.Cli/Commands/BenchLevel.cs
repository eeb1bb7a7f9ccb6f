namespace Affect.Cli.Commands;

/// <summary><c>lab bench level</c>: how often intervals and tests are wrong, by simulation.</summary>
internal static class BenchLevel
{
    private static readonly int[] Speakers = [5, 10, 20, 50];

    internal static Command Create()
    {
        var command = new LabCommand("level", "Simulate how often 95 % intervals and tests at 5 % are wrong with 5, 10, 20 and 50 speakers.");
        var quick = command.Optional<bool>("--quick", "Only the plainest case of each question, 400 worlds each: a minute");
        var repeats = command.Optional<int?>(
            "--repeats", "Worlds of each case and number of speakers; 2000 by default, which tells a share to ±1 percentage point");
        var question = command.Several(
            "--question", "Only these questions, as they are named in the table's first column; by default all", Enum.GetNames<LevelQuestion>());
        question.AcceptOnlyFromAmong(Enum.GetNames<LevelQuestion>());
        var seed = command.Standard("--seed", 1, "Seeds the draws");
        return command.RunsLong(given => Run(
            [.. LevelCase.All(given.Of(quick)).Where(one => given.Of(question).Contains($"{one.Question}"))],
            Require.AtLeast(1, given.Of(repeats) ?? (given.Of(quick) ? 400 : 2000), "--repeats"),
            given.Of(seed),
            given.Cancel));
    }

    private static int Run(IReadOnlyList<LevelCase> cases, int repeats, int seed, CancellationToken cancel)
    {
        var done = 0;
        Lock counting = new();
        var rows = cases.AsParallel().AsOrdered().WithCancellation(cancel).Select(one =>
        {
            string[] levels = [.. Speakers.Select(speakers => $"{100 * LevelSimulation.Run(one, speakers, repeats, seed, cancel).Level:0.0}")];
            lock (counting) Say.Note($"{++done}/{cases.Count} {one.Question}, {one.Setting}: {string.Join(' ', levels)}");
            return (string[])[$"{one.Question}", one.Setting, .. levels];
        });
        Say.Table(null, ["question", "world", .. Speakers.Select(speakers => $"{speakers} speakers")], rows);
        var spread = 100 * 1.96 * Math.Sqrt(0.05 * 0.95 / repeats);
        Say.Result($"Wrong answers in per cent, nominally 5; of {repeats} worlds each a true 5 % shows as {5 - spread:0.0} to {5 + spread:0.0}.");
        Say.Result("PercentileBootstrap is what was used before, for comparison.");
        return 0;
    }
}
