namespace Affect.Tests.Plotly;

/// <summary>A fact about what npm fetches: skipped, saying so, where there is no npm or it reaches no registry.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NpmFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> Reaches = new(() =>
    {
        try
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["view", $"plotly.js-dist-min@{PlotlyPackage.Version}", "version", "--fetch-retries=0"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            if (npm.WaitForExit(TimeSpan.FromSeconds(20))) return npm.ExitCode == 0;
            npm.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    });

    public NpmFactAttribute()
    {
        if (!Reaches.Value) Skip = "needs npm and a registry that it reaches";
    }
}
