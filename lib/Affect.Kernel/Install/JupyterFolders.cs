namespace Affect.Kernel.Install;

/// <summary>Where Jupyter looks for kernels.</summary>
public static class JupyterFolders
{
    private static readonly string[] Environments = ["VIRTUAL_ENV", "CONDA_PREFIX"];

    /// <summary>The user's own data folder.</summary>
    public static string User
    {
        get
        {
            if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } named) return named;
            var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Jupyter");
            if (OperatingSystem.IsWindows()) return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter");
            return Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } data ? data : Path.Combine(home, ".local", "share"), "jupyter");
        }
    }

    /// <summary>The data folder below the folder that a Python lives in, or <c>/usr/local</c>.</summary>
    /// <param name="prefix">Such a folder.</param>
    public static string Below(string prefix) => Path.Combine(prefix, "share", "jupyter");

    /// <summary>All of them, in the order in which Jupyter looks; a virtual environment's only where it is active.</summary>
    public static IReadOnlyList<string> All =>
    [
        .. (Environment.GetEnvironmentVariable("JUPYTER_PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        User,
        .. Environments.Select(Environment.GetEnvironmentVariable).OfType<string>().Where(prefix => prefix.Length > 0).Select(Below),
        .. OperatingSystem.IsWindows() ? (string[])[] : [Below("/usr/local"), Below("/usr")],
    ];

    /// <summary>The kernel that Jupyter starts under a name; null where there is none.</summary>
    public static KernelSpec? Find(string name) => All.SelectMany(KernelSpec.In).FirstOrDefault(spec => spec.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
