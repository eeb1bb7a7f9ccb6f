namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain card</c>: writes a checkpoint's README anew, with what it was compared with.</summary>
internal static class PretrainCard
{
    internal static Command Create()
    {
        var folder = new Argument<string>("checkpoint") { Description = "The folder that 'lab pretrain hubert' or 'lab pretrain clip' wrote" };
        var others = new Option<string[]>("--others") { Description = "NAME=FOLDER: other runs whose units and losses to show beside the checkpoint's, as a control with --units mfcc", AllowMultipleArgumentsPerToken = true };
        var curves = new Option<string[]>("--curves") { Description = "Layer curves as 'lab probe --out' writes them: the checkpoint's first, then those that it is compared with on the same clips", AllowMultipleArgumentsPerToken = true };
        var selection = new Option<string[]>("--selection") { Description = "Layer curves, on clips of another corpus, of the candidates among which the checkpoint was chosen, itself first", AllowMultipleArgumentsPerToken = true };
        var expressions = new Option<string[]>("--expressions") { Description = "Of a CLIP: curves for what the face expresses ('lab probe --label face_expresses'), in the order of --curves", AllowMultipleArgumentsPerToken = true };
        var command = new Command("card", "Write a checkpoint's README and pictures from its record, with controls and layer curves.") { folder, others, curves, selection, expressions };
        command.SetAction((parsed, _) => Task.Run(
            () =>
            {
                var path = parsed.GetRequiredValue(folder);
                LayerCurve[] Read(Option<string[]> option) => [.. (parsed.GetValue(option) ?? []).Select(LayerCurve.Load)];
                var config = Path.Combine(path, "config.json");
                if (File.Exists(config) && ConfigFile.Open(config).Text("model_type", "") == "clip")
                {
                    new CLIPCard { Record = CLIPPretrainingRecord.Read(path), Curves = Read(curves), Expressions = Read(expressions) }.Write(path);
                    Console.WriteLine(Path.Combine(path, CheckpointCard.FileName));
                    return 0;
                }
                new CheckpointCard
                {
                    Record = PretrainingRecord.Read(path),
                    Others = [.. (parsed.GetValue(others) ?? []).Select(Named)],
                    Curves = Read(curves),
                    Selection = Read(selection),
                }.Write(path);
                Console.WriteLine(Path.Combine(path, CheckpointCard.FileName));
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    private static (string Name, PretrainingRecord Record) Named(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1) throw new ArgumentException($"--others must be NAME=FOLDER, but was '{text}'.", nameof(text));
        return (text[..equals], PretrainingRecord.Read(text[(equals + 1)..]));
    }
}
