namespace Affect.Cli.Tests.Kernels;

/// <summary><c>lab jupyter</c> with a program in Jupyter's place that has a kernel of its own: a process that sleeps.</summary>
public sealed class JupyterCommandTests : FolderTests
{
    [Theory]
    [InlineData("kill $kernel; echo in order > ended; exit 0", true)]
    [InlineData("", false)]
    public void Ended_it_lets_Jupyter_end_its_kernels_and_leaves_none_if_Jupyter_does_not(string onRequest, bool inOrder)
    {
        var program = In("jupyter-lab");
        File.WriteAllText(program, $"#!/bin/bash\ncd '{Folder}'\nsleep 600 & kernel=$!\ntrap '{onRequest}' TERM\necho $kernel > kernel.new; mv kernel.new kernel\nwhile true; do sleep 0.1; done\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var lab = LabProcess.StartWith([$"PATH={Folder}:{Environment.GetEnvironmentVariable("PATH")}"], "jupyter");
        lab.WaitUntil(() => File.Exists(In("kernel")));
        var kernel = int.Parse(File.ReadAllText(In("kernel")), CultureInfo.InvariantCulture);
        lab.Terminate();
        Assert.True(lab.HasExited);
        Assert.Equal(inOrder, File.Exists(In("ended")));
        Assert.False(IsAlive(kernel));
    }

    [DotnetInteractiveFact]
    public void Asked_for_dotnet_interactive_it_offers_the_clones_tool_under_the_notebooks_name()
    {
        var program = In("jupyter-lab");
        File.WriteAllText(program, $"#!/bin/bash\ncp \"${{JUPYTER_PATH%%:*}}/kernels/.net-csharp/kernel.json\" '{Folder}/spec.json'\npwd > '{Folder}/where'\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var lab = LabProcess.StartWith([$"PATH={Folder}:{Environment.GetEnvironmentVariable("PATH")}"], "jupyter", "--kernel", "dotnet-interactive");
        var (code, output, errors) = lab.Wait();
        Assert.True(code == 0, output + errors);
        var spec = JsonNode.Parse(File.ReadAllText(In("spec.json")))!;
        Assert.Equal(["tool", "run", "dotnet-interactive"], spec["argv"]!.AsArray().Skip(1).Take(3).Select(word => (string?)word));
        Assert.Contains("mmap_max=0", (string?)spec["env"]!["GLIBC_TUNABLES"], StringComparison.Ordinal);
        Assert.Equal(Path.Combine(Repository.Root, "notebooks"), File.ReadAllText(In("where")).Trim());
    }

    [Fact]
    public void Another_kernel_is_refused_by_name()
    {
        var errors = LabProcess.Refused("jupyter", "--kernel", "python");
        Assert.Contains("dotnet-interactive", errors, StringComparison.Ordinal);
    }

    // A process that has ended stays in the table until it is asked for by whoever started it.
    private static bool IsAlive(int id) => File.Exists($"/proc/{id}/stat") && File.ReadAllText($"/proc/{id}/stat").Split(") ")[1][0] is not ('Z' or 'X');
}
