namespace Affect.Cli.Jupyter;

/// <summary>A front end of Jupyter that is installed.</summary>
/// <param name="Path">The program.</param>
/// <param name="FrontEnd"><c>lab</c> or <c>notebook</c>.</param>
internal sealed record JupyterProgram(string Path, string FrontEnd)
{
    /// <summary>The first that is found, JupyterLab before the Notebook; null where there is none.</summary>
    internal static JupyterProgram? Find()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        foreach (var frontEnd in (string[])["lab", "notebook"])
            foreach (var folder in folders)
                if (System.IO.Path.Combine(folder, $"jupyter-{frontEnd}{suffix}") is var path && File.Exists(path)) return new JupyterProgram(path, frontEnd);
        return null;
    }
}
