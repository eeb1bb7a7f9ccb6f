namespace Affect.Cli.Tests.Kernels;

/// <summary>A fact that is seen in a real browser: skipped, saying so, where that is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        var playwright = Environment.GetEnvironmentVariable("AFFECT_PLAYWRIGHT");
        if (playwright is not null && Directory.Exists(Path.Combine(playwright, "node_modules", "playwright-core")) && File.Exists("/usr/bin/chromium") && File.Exists("/usr/bin/jupyter-notebook")) return;
        Skip = "needs chromium and jupyter-notebook (apt-get install chromium jupyter-notebook), node, and AFFECT_PLAYWRIGHT: a folder in which 'npm install playwright-core' was run";
    }
}
