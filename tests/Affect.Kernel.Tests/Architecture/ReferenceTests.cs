namespace Affect.Kernel.Tests.Architecture;

public sealed class ReferenceTests
{
    [Fact]
    public void The_kernel_knows_none_of_the_laboratorys_other_projects()
    {
        var references = typeof(NotebookSession).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).ToArray();
        Assert.Contains("Microsoft.CodeAnalysis.CSharp", references);
        Assert.DoesNotContain(references, name => name.StartsWith("Affect", StringComparison.Ordinal) || name is "TorchSharp" or "lab");
    }
}
