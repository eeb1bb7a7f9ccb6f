namespace Affect.Cli.Tests.Kernels;

/// <summary>A fact about the program that <c>./lab</c> runs: skipped, saying so, where it was not published with a runtime of its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PublishedFactAttribute : FactAttribute
{
    public PublishedFactAttribute()
    {
        if (!File.Exists(Path.Combine(Folder, "together.r2r.dll"))) Skip = "needs what './lab setup' publishes where the package source has the compiler for it";
    }

    internal static string Folder { get; } = Path.Combine(Repository.Root, ".artifacts", "lab");
}
