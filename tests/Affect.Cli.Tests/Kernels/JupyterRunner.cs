namespace Affect.Cli.Tests.Kernels;

/// <summary>Debian's Python with Jupyter's modules, which finds our kernel under both of its names and changes nothing of the user's.</summary>
internal sealed class JupyterRunner
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    private readonly string folder;

    /// <param name="folder">Where the kernels are installed.</param>
    internal JupyterRunner(string folder) : this(folder, ["affect-csharp", ".net-csharp"])
    {
    }

    private JupyterRunner(string folder, string[] ours)
    {
        this.folder = folder;
        foreach (var name in ours)
            LabProcess.Done("kernel", "install", "--prefix", folder, "--name", name, "--force");
    }

    /// <summary>The same Python with .NET Interactive's kernel, which the clone's manifest of tools names.</summary>
    /// <param name="folder">Where it is told to Jupyter.</param>
    /// <param name="cache">The laboratory's cache.</param>
    internal static JupyterRunner OfDotnetInteractive(string folder, string? cache)
    {
        KernelSpec.OfDotnetInteractive(KernelSpec.NotebookName).Write(JupyterFolders.Below(folder));
        return new JupyterRunner(folder, []) { Cache = cache };
    }

    /// <summary>The laboratory's cache; null: as for every program.</summary>
    internal string? Cache { get; init; }

    /// <summary>Runs a notebook by nbclient.</summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="target">Where the executed one is written; null: over it.</param>
    /// <param name="parameters">Values for its parameters, as in <c>quick=true</c>.</param>
    internal (int Code, string Output, string Errors) Execute(string notebook, string? target = null, params string[] parameters) =>
        Run("execute.py", [notebook, target ?? notebook, .. parameters]);

    /// <summary>Runs one of our programs for Python.</summary>
    internal (int Code, string Output, string Errors) Run(string program, params string[] arguments)
    {
        var path = Path.Combine(Repository.Root, "tests", "Affect.Cli.Tests", "Kernels", program);
        var start = new ProcessStartInfo("/usr/bin/python3", ["-Xfrozen_modules=off", path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = folder };
        start.Environment["JUPYTER_PATH"] = Path.Combine(folder, "share", "jupyter");
        if (Cache is not null) start.Environment["AFFECT_CACHE"] = Cache;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"Jupyter did not end: {errors.GetAwaiter().GetResult()}");
        }
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }
}
