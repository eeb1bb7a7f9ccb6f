namespace Affect.Cli.Commands;

/// <summary><c>lab jupyter</c>: opens the notebooks in Jupyter with our kernel.</summary>
internal static class JupyterCommand
{
    private const string Package = "jupyter-notebook";
    private const string Ours = "affect";
    private const string DotnetInteractive = "dotnet-interactive";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    internal static Command Create()
    {
        var command = new LabCommand("jupyter", "Open the notebooks in JupyterLab or Jupyter Notebook with our kernel, beside other kernels.");
        var install = command.Optional<bool>("--install", $"Install Debian's {Package} with apt-get where no Jupyter is found");
        var kernel = command.Word("--kernel", Ours, "The kernel that the notebooks run in, ours or Microsoft's", Ours, DotnetInteractive);
        var arguments = command.Files("arguments", "Handed to Jupyter, as in -- --no-browser --port 8890");
        return command.Runs(given =>
        {
            if (Find() is null && given.Of(install)) Install();
            var jupyter = Find()
                ?? throw new FileNotFoundException($"No Jupyter was found; './lab jupyter --install' installs Debian's {Package}.");
            return Run(jupyter, given.Of(kernel) == DotnetInteractive, given.Of(arguments));
        });
    }

    /// <summary>The front end of Jupyter that is installed, JupyterLab before the Notebook; null where there is none.</summary>
    internal static string? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        var programs = from frontEnd in (string[])["lab", "notebook"]
                       from folder in folders
                       select Path.Combine(folder, $"jupyter-{frontEnd}{suffix}");
        return programs.FirstOrDefault(File.Exists);
    }

    private static int Run(string jupyter, bool isDotnetInteractive, string[] arguments)
    {
        var home = new Laboratory().Home;
        // A folder each: both kernels bear the name that the notebooks ask for, and two of these may run side by side.
        var data = Path.Combine(home, ".cache", isDotnetInteractive ? "jupyter-dotnet-interactive" : "jupyter");
        // A tool of the clone alone: .config/dotnet-tools.json names it and its version.
        if (isDotnetInteractive && Wait("dotnet", ["tool", "restore", "--verbosity", "quiet"], home) != 0)
            throw new IOException($"dotnet could not restore {DotnetInteractive}, which .config/dotnet-tools.json names; its words are above.");
        var spec = isDotnetInteractive
            ? KernelSpec.OfDotnetInteractive(KernelSpec.NotebookName)
            : KernelSpec.Of(KernelSpec.NotebookName, typeof(JupyterCommand).Assembly.Location);
        spec.Write(data);
        var start = new ProcessStartInfo(jupyter, arguments) { UseShellExecute = false, WorkingDirectory = Path.Combine(home, "notebooks") };
        // What stands here goes before all other kernels, for this Jupyter alone.
        var paths = ((string[])[data, Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? ""]).Where(path => path.Length > 0);
        start.Environment["JUPYTER_PATH"] = string.Join(Path.PathSeparator, paths);
        Say.Note($"Starting {jupyter} in {start.WorkingDirectory}; Ctrl-C ends it.");
        using var process = Process.Start(start)!;
        // Ctrl-C is Jupyter's, which asks before it ends.
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
        // Who ends us means Jupyter, which ends its kernels before itself if it is asked to.
        var ending = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            ending.TrySetResult();
        });
        if (Task.WaitAny(process.WaitForExitAsync(), ending.Task) == 1) End(process);
        return process.ExitCode;
    }

    // Killing a tree stops it first, process by process: a kernel must not be left in the middle of that.
    private static void End(Process jupyter)
    {
        if (!OperatingSystem.IsWindows()) ProcessEnd.Ask(jupyter);
        if (!OperatingSystem.IsWindows() && jupyter.WaitForExit(Patience)) return;
        jupyter.Kill(entireProcessTree: true);
        jupyter.WaitForExit();
    }

    private static void Install()
    {
        string[] apt = ["apt-get", "install", "-y", "--no-install-recommends", Package];
        string[] words = Environment.UserName == "root" ? apt : ["sudo", .. apt];
        Say.Note($"Running {string.Join(' ', words)} ...");
        try
        {
            if (Wait(words[0], words[1..], ".") != 0) throw new IOException($"apt-get could not install {Package}; its words are above.");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IOException($"{words[0]} could not be run: {error.Message}. Install JupyterLab or Jupyter Notebook your own way.", error);
        }
    }

    private static int Wait(string program, string[] arguments, string folder)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, WorkingDirectory = folder })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
