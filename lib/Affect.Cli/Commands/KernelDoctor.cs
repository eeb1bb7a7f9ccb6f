namespace Affect.Cli.Commands;

/// <summary><c>lab kernel doctor</c>: is all there that a notebook in Jupyter needs, and does the kernel answer?</summary>
internal static class KernelDoctor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    internal static Command Create() =>
        new LabCommand("doctor", "Look for what Jupyter needs, start the kernel and run a cell. Exit code 1 if it does not answer.").Runs(_ => Run());

    private static int Run()
    {
        foreach (var spec in JupyterFolders.All.SelectMany(KernelSpec.In).Where(spec => spec.IsOurs || spec.Name == KernelSpec.NotebookName))
            Tell(spec);
        var installed = JupyterFolders.Find(KernelSpec.NotebookName);
        if (installed is null) Say.Result($"kernel {KernelSpec.NotebookName}: not installed: './lab kernel install' ('./lab jupyter' does without)");
        const string none = "no notebook or lab was found; './lab jupyter --install' installs Debian's. VS Code needs its Jupyter extension alone";
        Say.Result($"jupyter: {JupyterCommand.Find() ?? none}");
        return TryKernel(installed is { IsOurs: true } ? installed : KernelSpec.Of(KernelSpec.OwnName, typeof(KernelDoctor).Assembly.Location));
    }

    private static void Tell(KernelSpec spec)
    {
        var missing = spec.Arguments.Where(argument => Path.IsPathRooted(argument) && !File.Exists(argument)).ToArray();
        var state = !spec.IsOurs
            ? "another's"
            : missing.Length == 0 ? "ours" : $"broken: {string.Join(", ", missing)} is gone; './lab kernel install' mends it";
        Say.Result($"kernel {spec.Name}: {spec.DisplayName}, {state}, in {spec.Folder}");
    }

    private static int TryKernel(KernelSpec spec)
    {
        try
        {
            var clock = Stopwatch.StartNew();
            using var kernel = new KernelProcess(spec.Arguments, KernelSpec.Settings);
            if (kernel.WaitUntilReady(Patience) is not { } info) return Failed(kernel, "did not say what it is");
            var ready = clock.Elapsed;
            clock.Restart();
            if (kernel.Execute("6 * 7", Patience) is not ("ok", "42")) return Failed(kernel, "did not compute 6 * 7");
            var (first, memory) = (clock.Elapsed.TotalSeconds, kernel.ResidentBytes / 1e6);
            Say.Result($"answers: protocol {info["protocol_version"]}, ready in {ready.TotalSeconds:0.00} s, first cell in {first:0.00} s, "
                + $"{memory:0} MB");
            return 0;
        }
        catch (DllNotFoundException error)
        {
            Say.Result($"libzmq: {error.Message}");
            return 1;
        }
    }

    private static int Failed(KernelProcess kernel, string what)
    {
        var end = kernel.IsAlive ? "" : $"; it ended: {kernel.Errors.GetAwaiter().GetResult().Trim()}";
        Say.Result($"the kernel {what} within {Patience.TotalSeconds} s{end}");
        return 1;
    }
}
