namespace Affect.Cli.Tests.Kernels;

/// <summary>What <c>./lab</c> runs is not what the other tests run: it has a runtime of its own, which is compiled into one image with the compiler.</summary>
[Trait("Speed", "Slow")]
public sealed class PublishedTests : FolderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    [PublishedFact]
    public void It_installs_itself_as_a_kernel_whose_cells_have_what_they_have_elsewhere()
    {
        var program = Path.Combine(PublishedFactAttribute.Folder, "lab");
        using var install = LabProcess.StartPublished(program, "kernel", "install", "--prefix", Folder, "--name", "mine");
        Assert.Equal(0, install.Wait().ExitCode);
        var spec = Assert.Single(KernelSpec.In(JupyterFolders.Below(Folder)));
        Assert.Equal([program, "kernel", "start", "{connection_file}"], spec.Arguments);

        using var kernel = new KernelProcess(spec.Arguments, KernelSpec.Settings);
        Assert.NotNull(kernel.WaitUntilReady(Patience));
        Assert.Equal(("ok", "[1, 4, 9]"), kernel.Execute("Enumerable.Range(1, 3).Select(n => n * n).ToArray()", Patience));
        Assert.Equal(("ok", "HubertConfig"), kernel.Execute("using Affect.Encoders.Hubert;\nnameof(HubertConfig)", Patience));
        Assert.Equal(("ok", "6"), kernel.Execute("using TorchSharp;\ntorch.tensor(new float[] { 1, 2, 3 }).sum().item<float>()", Patience));
        Assert.Equal(("ok", "b"), kernel.Execute("System.Text.RegularExpressions.Regex.Match(\"abc\", \"[b-z]\").Value", Patience));
        Assert.Equal(("ok", "3"), kernel.Execute("#r \"nuget: YamlDotNet, 16.3.0\"\nnew YamlDotNet.Core.Mark(1, 2, 3).Column", Patience));
        // The laboratory's own packages lie in the runtime's folder there.
        Assert.Equal("error", kernel.Execute("typeof(System.CommandLine.Command)", Patience)?.Status);
    }

    [PublishedFact]
    public void The_runtimes_assemblies_are_told_from_the_programs_own()
    {
        var targets = JsonNode.Parse(File.ReadAllText(Path.Combine(PublishedFactAttribute.Folder, "lab.deps.json")))!["targets"]!.AsObject();
        var pack = Assert.Single(targets.SelectMany(target => target.Value!.AsObject()), library => library.Key.StartsWith("runtimepack.", StringComparison.Ordinal));
        var runtimes = pack.Value!["runtime"]!.AsObject().Select(file => file.Key).Order(StringComparer.Ordinal);
        var all = Directory.GetFiles(PublishedFactAttribute.Folder, "*.dll").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
        Assert.Equal(runtimes, all.Where(HostAssemblies.IsRuntimes));
    }
}
