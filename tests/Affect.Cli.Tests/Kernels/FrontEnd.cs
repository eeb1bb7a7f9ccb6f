namespace Affect.Cli.Tests.Kernels;

/// <summary>A front end of Jupyter that a test looks at in a real browser.</summary>
/// <param name="Program">What starts it.</param>
/// <param name="Address">The path of a notebook's page, before the notebook's name.</param>
/// <param name="Token">The option that sets the token.</param>
internal sealed record FrontEnd(string Program, string Address, string Token)
{
    public const string Notebook = "jupyter-notebook";
    public const string Lab = "jupyter-lab";

    /// <summary>The folder in which <c>JupyterLab/build.sh</c> or <c>npm install playwright-core</c> was run; null where there is none.</summary>
    public static string? Playwright { get; } = Environment.GetEnvironmentVariable("AFFECT_PLAYWRIGHT") is { Length: > 0 } folder && Directory.Exists(Path.Combine(folder, "node_modules", "playwright-core")) ? folder : null;

    // A workspace of the test's own leaves the user's as it is.
    public static FrontEnd Of(string program) => program == Lab
        ? new(Lab, "lab/workspaces/affect-test/tree", "ServerApp.token")
        : new(Notebook, "notebooks", "NotebookApp.token");

    /// <summary>A search path on which <c>lab jupyter</c>, which takes JupyterLab before the Notebook, finds this one; null where it is not installed.</summary>
    public string? SearchPath()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string[] searched = Program == Lab ? [.. Playwright is null ? [] : new[] { Playwright }, .. folders] : [.. folders.Where(folder => !File.Exists(Path.Combine(folder, Lab)))];
        return searched.Any(folder => File.Exists(Path.Combine(folder, Program))) ? string.Join(Path.PathSeparator, searched) : null;
    }
}
