namespace Affect.Cli.Tests.Kernels;

/// <summary>A fact that somebody else's Jupyter states: skipped, saying so, where Debian's Python has not the module.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class JupyterFactAttribute : FactAttribute
{
    public JupyterFactAttribute(string module, string package)
    {
        if (!Directory.Exists(Path.Combine("/usr/lib/python3/dist-packages", module))) Skip = $"needs {package} (apt-get install {package})";
    }
}
