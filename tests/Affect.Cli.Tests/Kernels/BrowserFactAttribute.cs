namespace Affect.Cli.Tests.Kernels;

/// <summary>A fact that is seen in a real browser: skipped, saying so, where that or the front end is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    /// <param name="program">The front end's program.</param>
    public BrowserFactAttribute(string program)
    {
        if (FrontEnd.Playwright is not null && File.Exists("/usr/bin/chromium") && FrontEnd.Of(program).SearchPath() is not null) return;
        Skip = program == FrontEnd.Lab
            ? "needs AFFECT_PLAYWRIGHT: a folder for which 'tests/Affect.Cli.Tests/Kernels/JupyterLab/build.sh FOLDER' was run, which says what it needs"
            : $"needs chromium and {program} (apt-get install chromium {program}), node, and AFFECT_PLAYWRIGHT: a folder in which 'npm install playwright-core' was run";
    }
}
