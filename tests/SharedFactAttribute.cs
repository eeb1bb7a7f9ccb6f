namespace Affect.Tests;

/// <summary>A fact about other people's data (<c>../shared</c>): skipped, saying so, where that data is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedFactAttribute : FactAttribute
{
    public SharedFactAttribute(string path)
    {
        if (Repository.Shared(path.Split('/')) is null) Skip = $"needs ../shared/{path}, which is not part of the repository";
    }
}
