namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain bert-card</c>: probes a text checkpoint and writes its README anew, beside other runs.</summary>
internal static class PretrainBertCard
{
    internal static Command Create()
    {
        var folder = new Argument<string>("checkpoint") { Description = "The folder that 'lab pretrain bert' wrote" };
        var others = NamedRun.Option("other runs to show beside the checkpoint's, as one made with --contrast 1");
        var selection = new Option<bool>("--selection") { Description = "Also tell how the checkpoint was chosen among the others, on the corpora that the recipe holds out for that" };
        var seed = PretrainOptions.Of("--corpus-seed", "The seed of the corpus to probe on", TextPretrainingConfig.ReportedSeed);
        var command = new Command("bert-card", "Probe a text checkpoint's layers beside random weights and a bag of words, and write its README.") { folder, others, selection, seed };
        command.SetAction((parsed, cancel) => Task.Run(
            () =>
            {
                var path = parsed.GetRequiredValue(folder);
                var named = NamedRun.Read(parsed, others);
                var record = TextPretrainingRecord.Read(path);
                var seeds = parsed.GetValue(selection) ? Enumerable.Range(record.Recipe.SelectionSeed, record.Recipe.SelectionCorpora) : [];
                using var progress = new ConsoleProgress();
                Console.WriteLine(new TextCard
                {
                    Record = record,
                    Others = [.. named.Select(other => (other.Name, TextPretrainingRecord.Read(other.Folder)))],
                    Curves = TextProbe.Run(path, named, parsed.GetValue(seed), progress, cancel),
                    Selection = [.. seeds.Select(chosen => (chosen, TextProbe.Run(path, named, chosen, progress, cancel)))],
                }.Write(path));
                return 0;
            },
            CancellationToken.None));
        return command;
    }
}
