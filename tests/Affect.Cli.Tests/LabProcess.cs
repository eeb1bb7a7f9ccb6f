namespace Affect.Cli.Tests;

/// <summary>The real program in a process of its own.</summary>
internal sealed class LabProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> errors;

    private LabProcess(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync();
        errors = process.StandardError.ReadToEndAsync();
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    // A suite that was started in the background ignores Ctrl-C, and what it starts would inherit that.
    public static LabProcess Start(params string[] arguments) => Start("env", ["--default-signal=INT", "dotnet", Program, .. arguments]);

    /// <summary>Starts the program under a limit on the size of every file that it writes, as a stand-in for a full disk.</summary>
    public static LabProcess StartWithFileLimit(int kilobytes, params string[] arguments)
    {
        // The signal is ignored so that writing fails as it does on a full disk; the runtime's own large mappings are files too, hence the switch.
        var script = FormattableString.Invariant($"trap '' XFSZ; ulimit -f {kilobytes}; export DOTNET_EnableWriteXorExecute=0; exec dotnet \"$@\"");
        return Start("bash", ["-c", script, "bash", Program, .. arguments]);
    }

    /// <summary>Starts the program with other environment variables than ours, each as in <c>PATH=/usr/bin</c>.</summary>
    public static LabProcess StartWith(string[] settings, params string[] arguments) => Start("env", [.. settings, "dotnet", Program, .. arguments]);

    /// <summary>Starts a build of the program that needs no dotnet to run.</summary>
    public static LabProcess StartPublished(string program, params string[] arguments) => Start(program, arguments);

    public static (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        using var lab = Start(arguments);
        return lab.Wait();
    }

    /// <summary>Runs the program to an end that must be good.</summary>
    public static (string Output, string Errors) Done(params string[] arguments)
    {
        var (code, output, errors) = Run(arguments);
        Assert.True(code == 0, $"exit code {code}: {errors}{output}");
        return (output, errors);
    }

    /// <summary>Runs the program with what it must refuse, and say why without a stack trace.</summary>
    /// <returns>What it said.</returns>
    public static string Refused(params string[] arguments)
    {
        var (code, output, errors) = Run(arguments);
        Assert.True(code == 2, $"exit code {code}: {errors}{output}");
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        return errors;
    }

    /// <summary>Waits until something has come about, or the program has ended, or it has taken so long that the test is to fail.</summary>
    public void WaitUntil(Func<bool> isSo)
    {
        var clock = Stopwatch.StartNew();
        while (!isSo() && !HasExited && clock.Elapsed < TimeSpan.FromMinutes(20)) Thread.Sleep(1);
    }

    public (int ExitCode, string Output, string Errors) Wait()
    {
        if (!process.WaitForExit(TimeSpan.FromMinutes(30))) throw new TimeoutException("The program did not end within half an hour.");
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult(), errors.GetAwaiter().GetResult());
    }

    /// <summary>Ends the process at once, as <c>kill -9</c> does.</summary>
    public void Kill() => process.Kill();

    /// <summary>What Ctrl-C does.</summary>
    public void Interrupt() => Signal("-INT");

    /// <summary>Asks it to end, and waits.</summary>
    public void Terminate()
    {
        Signal("-TERM");
        process.WaitForExit(TimeSpan.FromMinutes(5));
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, FormattableString.Invariant($"{process.Id}")]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static string Program => Path.Combine(AppContext.BaseDirectory, "lab.dll");

    private static LabProcess Start(string file, string[] arguments) =>
        new(Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!);
}
