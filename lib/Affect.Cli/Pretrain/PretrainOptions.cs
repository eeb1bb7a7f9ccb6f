namespace Affect.Cli.Pretrain;

/// <summary>The options that every <c>lab pretrain</c> has.</summary>
/// <param name="keeps">What is kept in the work folder.</param>
/// <param name="seed">What the seed decides, and its default.</param>
/// <param name="quick">What <c>--quick</c> does.</param>
internal sealed class PretrainOptions(string keeps, (string Decides, int Standard) seed, string quick)
{
    private readonly Option<string> output = new("--out") { Description = "The checkpoint's folder", Required = true };
    private readonly Option<string?> work = new("--work") { Description = $"Where {keeps} kept; by default beside --out, with .work at the end" };
    private readonly Option<int> seed = Of("--seed", $"Decides {seed.Decides}", seed.Standard);
    private readonly Option<bool> quick = new("--quick") { Description = quick };

    /// <summary>An option with a default.</summary>
    internal static Option<T> Of<T>(string name, string description, T standard) => new(name) { Description = description, DefaultValueFactory = _ => standard };

    /// <summary>The command with these options around its own.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="own">Its own options.</param>
    /// <param name="run">Pretrains into a folder with a work folder, and returns what there is to say of it.</param>
    internal Command Command(string name, string description, Option[] own, Func<ParseResult, Given, IEnumerable<FormattableString>> run)
    {
        var command = new Command(name, description) { output, work };
        foreach (var option in own) command.Add(option);
        command.Add(seed);
        command.Add(quick);
        command.SetAction((parsed, cancel) => Task.Run(
            () =>
            {
                var folder = parsed.GetRequiredValue(output);
                var workFolder = parsed.GetValue(work) ?? Path.TrimEndingDirectorySeparator(folder) + ".work";
                FormattableString[] lines;
                using (var progress = new ConsoleProgress()) lines = [.. run(parsed, new Given(folder, workFolder, parsed.GetValue(seed), parsed.GetValue(quick), progress, cancel))];
                foreach (var line in lines) Console.WriteLine(FormattableString.Invariant(line));
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    /// <summary>What was given.</summary>
    internal sealed record Given(string Folder, string Work, int Seed, bool IsQuick, IProgress<WorkProgress> Progress, CancellationToken Cancel);
}
