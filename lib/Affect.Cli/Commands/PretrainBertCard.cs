namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain bert-card</c>: probes a text checkpoint and writes its README anew, beside other runs.</summary>
internal static class PretrainBertCard
{
    internal static Command Create()
    {
        var folder = new Argument<string>("checkpoint") { Description = "The folder that 'lab pretrain bert' wrote" };
        var others = new Option<string[]>("--others") { Description = "NAME=FOLDER: other runs to show beside the checkpoint's, as one made with --contrast 1", AllowMultipleArgumentsPerToken = true };
        var selection = new Option<bool>("--selection") { Description = "Also tell how the checkpoint was chosen among the others, on the corpora that the recipe holds out for that" };
        var seed = new Option<int>("--corpus-seed") { Description = "The seed of the corpus to probe on", DefaultValueFactory = _ => TextPretrainingConfig.ReportedSeed };
        var command = new Command("bert-card", "Probe a text checkpoint's layers beside random weights and a bag of words, and write its README.") { folder, others, selection, seed };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var path = parsed.GetRequiredValue(folder);
                var named = (parsed.GetValue(others) ?? []).Select(Named).ToArray();
                var record = TextPretrainingRecord.Read(path);
                var seeds = parsed.GetValue(selection) ? Enumerable.Range(record.Recipe.SelectionSeed, record.Recipe.SelectionCorpora) : [];
                using var progress = new ConsoleProgress();
                new TextCheckpointCard
                {
                    Record = record,
                    Others = [.. named.Select(other => (other.Name, TextPretrainingRecord.Read(other.Folder)))],
                    Curves = TextProbe.Run(path, named, parsed.GetValue(seed), progress, ct),
                    Selection = [.. seeds.Select(chosen => (chosen, TextProbe.Run(path, named, chosen, progress, ct)))],
                }.Write(path);
                Console.WriteLine(Path.Combine(path, TextCheckpointCard.FileName));
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    private static (string Name, string Folder) Named(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals >= 1 ? (text[..equals], text[(equals + 1)..]) : throw new ArgumentException($"--others must be NAME=FOLDER, but was '{text}'.", nameof(text));
    }
}
