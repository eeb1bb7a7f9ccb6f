namespace Affect.Cli.Commands;

/// <summary><c>lab parity FOLDER</c>: does a converted model compute what the original did?</summary>
internal static class ParityCommand
{
    // Every kind of model that can be checked, one line each.
    private static readonly IParityCheck[] Checks =
    [
        new PeftParity(), // before the model that is adapted: its folder holds both
        new HubertParity(),
        new CLIPParity(),
        new VitParity(),
        new BertParity(),
        new TokenizerParity(),
        new FusionParity(),
    ];

    internal static Command Create()
    {
        var command = new LabCommand("parity", "Compare a model's states, loss and gradients with recorded ones. Exit code 1 above the tolerance.");
        var folder = command.File("FOLDER", "A model folder in Hugging Face's layout, with a case.safetensors (inputs and the original's outputs).");
        var weights = command.Optional<string?>("--weights", "The weights file instead of the folder's own; a path, or a name within it.");
        var tolerance = command.Standard(
            "--tolerance", 1e-4, $"Largest absolute difference of states and losses; of gradients {ParityReport.GradientTolerance} relative.");
        var device = command.Device();
        return command.Runs(given => Run(given.Of(folder), given.Of(weights), given.Of(tolerance), given.Of(device)));
    }

    private static int Run(string folder, string? weights, double tolerance, Device device)
    {
        if (!(tolerance > 0)) throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "tolerance must be above 0.");
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder} is not a folder.");
        var kinds = string.Join(", ", Checks.Select(known => known.Kind));
        var check = Checks.FirstOrDefault(candidate => candidate.Recognizes(folder))
            ?? throw new FormatException($"{folder} holds no model that can be checked; known are {kinds} (model_type in config.json).");
        if (weights is not null && !File.Exists(weights) && Path.Combine(folder, weights) is var within && File.Exists(within)) weights = within;
        if (device.type == DeviceType.CUDA) backends.cudnn.allow_tf32 = false; // ten bits of mantissa are not what the original computed with
        using var parityCase = ParityCase.Open(folder, device);
        check.Run(folder, weights, parityCase);
        var report = parityCase.Report(tolerance);
        if (parityCase.Has("frame_mask")) Say.Note("Padded frames are left out: states are compared where frame_mask is 1.");
        Say.Result($"{report.ToJson()}");
        return report.Passed ? 0 : 1;
    }
}
