namespace Affect.Tests;

/// <summary>A fact about what only Linux on x86-64 has, as the layout of its libraries or <c>/dev/full</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!NumberLifetime.IsSupported) Skip = "needs Linux on x86-64";
    }
}
