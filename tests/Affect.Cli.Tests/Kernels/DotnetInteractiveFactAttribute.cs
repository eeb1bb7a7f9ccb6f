namespace Affect.Cli.Tests.Kernels;

/// <summary>A fact that the real .NET Interactive states: skipped, saying so, where it was not restored or Jupyter's runner is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DotnetInteractiveFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsRestored = new(() =>
    {
        var start = new ProcessStartInfo("dotnet", ["tool", "run", "dotnet-interactive", "--", "--version"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    });

    public DotnetInteractiveFactAttribute()
    {
        if (!Directory.Exists("/usr/lib/python3/dist-packages/nbclient")) Skip = "needs python3-nbclient (apt-get install python3-nbclient)";
        else if (!IsRestored.Value) Skip = "needs .NET Interactive (dotnet tool restore)";
    }
}
