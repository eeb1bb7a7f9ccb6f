namespace Affect.Kernel.Tests.Scripting;

/// <summary>Packages that the laboratory itself is built with, so that they are at hand wherever it was built.</summary>
public sealed class NuGetTests : CellTests
{
    [Fact]
    public void A_package_is_there_in_its_cell_and_in_those_behind_it()
    {
        var clock = Stopwatch.StartNew();
        Assert.Equal("number: 4\n", cells.Value("#r \"nuget: YamlDotNet, 16.3.0\"\nusing YamlDotNet.Serialization;\nnew SerializerBuilder().Build().Serialize(new { number = 4 }).ReplaceLineEndings(\"\\n\")"));
        Assert.Equal("SerializerBuilder", cells.Value("nameof(SerializerBuilder)"));
        Assert.Equal("<p>x</p>", cells.Value("#r \"nuget:Markdig,1.6.0\"\nMarkdig.Markdown.ToHtml(\"x\").Trim()"));
        var restored = clock.Elapsed;
        // Known already: nothing is restored again.
        clock.Restart();
        Assert.Equal("1", cells.Value("#r \"nuget: YamlDotNet, 16.3.0\"\n1"));
        Assert.True(clock.Elapsed < restored, $"again {clock.Elapsed}, at first {restored}");
    }

    [Fact]
    public void A_package_that_cannot_be_had_is_told_with_its_line_and_leaves_nothing_behind()
    {
        var error = cells.Fails("// one that nobody has\n#r \"nuget: Affect.No.Such.Package, 0.0.1\"\nvar x = 1;");
        Assert.Equal("cell[1]:line 2", error.Place);
        Assert.Contains("Affect.No.Such.Package could not be restored: NU", error.Message, StringComparison.Ordinal);
        Assert.Equal("CS0103", cells.Fails("x").Name);
        Assert.Equal("2", cells.Value("#r \"nuget: YamlDotNet, 16.3.0\"\nnew YamlDotNet.Core.Mark(1, 2, 3).Line"));
        var conflict = cells.Fails("#r \"nuget: YamlDotNet, [16.2.9]\"\n1");
        Assert.Contains("YamlDotNet", conflict.Message, StringComparison.Ordinal);
        Assert.Equal("2", cells.Value("new YamlDotNet.Core.Mark(1, 2, 3).Line"));
    }

    [Fact]
    public void An_error_in_the_cells_own_code_can_be_mended_and_the_package_is_there()
    {
        Assert.Equal("CS0103", cells.Fails("#r \"nuget: YamlDotNet, 16.3.0\"\nnothing").Name);
        Assert.Equal("CS0103", cells.Fails("YamlDotNet.Core.Mark.Empty").Name);
        Assert.Equal("1", cells.Value("#r \"nuget: YamlDotNet, 16.3.0\"\nYamlDotNet.Core.Mark.Empty.Line"));
    }

    [Fact]
    public async Task A_restore_can_be_interrupted()
    {
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        var outcome = await Task.Run(() => cells.Run("#r \"nuget: YamlDotNet, 16.3.0\"\n1", source.Token));
        Assert.Contains("the cell was interrupted", outcome.Error!.Message, StringComparison.Ordinal);
        Assert.Equal("2", cells.Value("1 + 1"));
    }

    [Fact]
    public void Native_files_of_a_package_are_found_and_its_source_may_be_the_notebooks_own()
    {
        var folder = Directory.CreateTempSubdirectory("affect-feed-").FullName;
        try
        {
            var content = Path.Combine(folder, "content");
            NativeProbe.Write(Path.Combine(content, "lib", "net8.0"), Path.Combine(content, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"));
            File.WriteAllText(Path.Combine(content, "Affect.Probe.nuspec"), """
                <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
                  <metadata><id>Affect.Probe</id><version>1.0.0</version><authors>tests</authors><description>Calls native code.</description></metadata>
                </package>
                """);
            Directory.CreateDirectory(Path.Combine(folder, "feed"));
            ZipFile.CreateFromDirectory(content, Path.Combine(folder, "feed", "Affect.Probe.1.0.0.nupkg"));
            File.WriteAllText(Path.Combine(folder, "nuget.config"), """
                <configuration>
                  <config><add key="globalPackagesFolder" value="packages" /></config>
                  <packageSources><clear /><add key="here" value="feed" /></packageSources>
                </configuration>
                """);
            using var notebook = new RecordedCells(new SessionOptions { WorkingDirectory = folder });
            Assert.Equal($"{Environment.ProcessId}", notebook.Value("#r \"nuget: Affect.Probe, 1.0.0\"\nProbe.Pid()"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
