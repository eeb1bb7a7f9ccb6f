namespace Affect.Kernel;

/// <summary>The program <c>dotnet</c>: it restores the packages that cells ask for, and runs the laboratory where that has no runtime of its own.</summary>
internal static class DotnetHost
{
    /// <summary>The environment variable by which .NET's own tools tell each other where it is.</summary>
    internal const string Variable = "DOTNET_HOST_PATH";

    /// <summary>Its path; the bare name where it was not found.</summary>
    internal static string Path { get; } = Candidates().FirstOrDefault(File.Exists) ?? "dotnet";

    /// <summary>Whether this process is run by it.</summary>
    internal static bool IsThisProcess => System.IO.Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";

    // By its path where that can be told: a desktop's menu starts Jupyter with a shorter PATH than a terminal's.
    private static IEnumerable<string> Candidates()
    {
        if (IsThisProcess) yield return Environment.ProcessPath!;
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } told) yield return told;
        var name = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        foreach (var folder in (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
            yield return System.IO.Path.Combine(folder, name);
    }
}
