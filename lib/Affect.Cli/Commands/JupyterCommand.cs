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
        var install = new Option<bool>("--install") { Description = $"Install Debian's {Package} with apt-get where no Jupyter is found" };
        var kernel = new Option<string>("--kernel") { Description = $"The kernel that the notebooks run in: {Ours}, or {DotnetInteractive}, Microsoft's", DefaultValueFactory = _ => Ours };
        kernel.AcceptOnlyFromAmong(Ours, DotnetInteractive);
        var arguments = new Argument<string[]>("arguments") { Description = "Handed to Jupyter, as in -- --no-browser --port 8890", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("jupyter", "Open the notebooks in JupyterLab or Jupyter Notebook, with our kernel and without changing the user's own kernels.") { install, kernel, arguments };
        command.SetAction(parsed => Run(parsed.GetValue(install), parsed.GetValue(kernel) == DotnetInteractive, parsed.GetValue(arguments) ?? []));
        return command;
    }

    private static int Run(bool install, bool isDotnetInteractive, string[] arguments)
    {
        if (JupyterProgram.Find() is null && install) Install();
        var jupyter = JupyterProgram.Find()
            ?? throw new FileNotFoundException($"No Jupyter was found. './lab jupyter --install' installs Debian's {Package}; or install JupyterLab your own way and run './lab jupyter' again.");
        var home = new Laboratory().Home;
        // A folder each: both kernels bear the name that the notebooks ask for, and two of these may run side by side.
        var data = Path.Combine(home, ".cache", isDotnetInteractive ? "jupyter-dotnet-interactive" : "jupyter");
        if (isDotnetInteractive) Restore(home);
        (isDotnetInteractive ? KernelSpec.OfDotnetInteractive(KernelSpec.NotebookName) : KernelSpec.Of(KernelSpec.NotebookName, typeof(JupyterCommand).Assembly.Location)).Write(data);
        var start = new ProcessStartInfo(jupyter.Path) { UseShellExecute = false, WorkingDirectory = Path.Combine(home, "notebooks") };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // What stands here goes before all other kernels, for this Jupyter alone.
        start.Environment["JUPYTER_PATH"] = string.Join(Path.PathSeparator, ((string[])[data, Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? ""]).Where(path => path.Length > 0));
        Console.Error.WriteLine($"Starting {jupyter.Path} in {start.WorkingDirectory}; Ctrl-C ends it.");
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
        if (!OperatingSystem.IsWindows()) Signal.Terminate(jupyter);
        if (!OperatingSystem.IsWindows() && jupyter.WaitForExit(Patience)) return;
        jupyter.Kill(entireProcessTree: true);
        jupyter.WaitForExit();
    }

    // A tool of the clone alone: .config/dotnet-tools.json names it and its version.
    private static void Restore(string home)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["tool", "restore", "--verbosity", "quiet"]) { UseShellExecute = false, WorkingDirectory = home })!;
        process.WaitForExit();
        if (process.ExitCode != 0) throw new IOException($"dotnet could not restore {DotnetInteractive}, which .config/dotnet-tools.json names; its words are above.");
    }

    private static void Install()
    {
        string[] apt = ["apt-get", "install", "-y", "--no-install-recommends", Package];
        string[] words = Environment.UserName == "root" ? apt : ["sudo", .. apt];
        Console.Error.WriteLine($"Running {string.Join(' ', words)} ...");
        try
        {
            using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false })!;
            process.WaitForExit();
            if (process.ExitCode != 0) throw new IOException($"apt-get could not install {Package}; its words are above.");
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new IOException($"{words[0]} could not be run: {error.Message}. Install JupyterLab or Jupyter Notebook your own way.", error);
        }
    }
}
