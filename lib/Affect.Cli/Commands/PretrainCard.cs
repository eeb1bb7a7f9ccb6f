namespace Affect.Cli.Commands;

/// <summary><c>lab pretrain card</c>: writes a checkpoint's README anew, with what it was compared with.</summary>
internal static class PretrainCard
{
    internal static Command Create()
    {
        var folder = new Argument<string>("checkpoint") { Description = "The folder that 'lab pretrain hubert' or 'lab pretrain clip' wrote" };
        var others = NamedRun.Option("other runs whose units and losses to show beside the checkpoint's, as a control with --units mfcc");
        var curves = Curves("--curves", "Layer curves as 'lab probe --out' writes them: the checkpoint's first, then those that it is compared with on the same clips");
        var selection = Curves("--selection", "Layer curves, on clips of another corpus, of the candidates among which the checkpoint was chosen, itself first");
        var expressions = Curves("--expressions", "Of a CLIP: curves for what the face expresses ('lab probe --label face_expresses'), in the order of --curves");
        var command = new Command("card", "Write a checkpoint's README and pictures from its record, with controls and layer curves.") { folder, others, curves, selection, expressions };
        command.SetAction((parsed, _) => Task.Run(
            () =>
            {
                var path = parsed.GetRequiredValue(folder);
                LayerCurve[] Read(Option<string[]> option) => [.. (parsed.GetValue(option) ?? []).Select(LayerCurve.Load)];
                var config = Path.Combine(path, "config.json");
                var isCLIP = File.Exists(config) && ConfigFile.Open(config).Text("model_type", "") == "clip";
                Console.WriteLine(isCLIP
                    ? new CLIPCard { Record = CLIPPretrainingRecord.Read(path), Curves = Read(curves), Expressions = Read(expressions) }.Write(path)
                    : new HubertCard
                    {
                        Record = HubertPretrainingRecord.Read(path),
                        Others = [.. NamedRun.Read(parsed, others).Select(other => (other.Name, HubertPretrainingRecord.Read(other.Folder)))],
                        Curves = Read(curves),
                        Selection = Read(selection),
                    }.Write(path));
                return 0;
            },
            CancellationToken.None));
        return command;
    }

    private static Option<string[]> Curves(string name, string description) => new(name) { Description = description, AllowMultipleArgumentsPerToken = true };
}
