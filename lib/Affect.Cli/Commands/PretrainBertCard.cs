using System.CommandLine;
using Affect.Cli.Pretrain;
using Affect.Training.Language;

namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain bert-card</c>: probes a text checkpoint and writes its README anew, beside other runs.</summary>
internal static class PretrainBertCard
{
    internal static Command Create()
    {
        var folder = new Argument<string>("checkpoint") { Description = "The folder that 'lab pretrain bert' wrote" };
        var others = new Option<string[]>("--others") { Description = "NAME=FOLDER: other runs to show beside the checkpoint's, as a control with --pairs 0", AllowMultipleArgumentsPerToken = true };
        var selection = new Option<int?>("--selection") { Description = "The seed of the Mimic corpus on which the checkpoint was chosen among the others; by default none is told of" };
        var seed = new Option<int?>("--corpus-seed") { Description = "The seed of the corpus to probe on; by default that which the recipe held out" };
        var command = new Command("bert-card", "Probe a text checkpoint's layers beside random weights and a bag of words, and write its README.") { folder, others, selection, seed };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                var path = parsed.GetRequiredValue(folder);
                var named = (parsed.GetValue(others) ?? []).Select(Named).ToArray();
                var record = TextPretrainingRecord.Read(path);
                using var progress = new ConsoleProgress();
                new TextCheckpointCard
                {
                    Record = record,
                    Others = [.. named.Select(other => (other.Name, TextPretrainingRecord.Read(other.Folder)))],
                    Curves = TextProbe.Run(path, named, parsed.GetValue(seed) ?? record.Recipe.HeldOutSeed, progress, ct),
                    Selection = parsed.GetValue(selection) is { } chosen ? TextProbe.Run(path, named, chosen, progress, ct) : [],
                    SelectionSeed = parsed.GetValue(selection) ?? 0,
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
