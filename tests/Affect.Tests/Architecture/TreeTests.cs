namespace Affect.Tests.Architecture;

/// <summary>What a clone holds, and how much it weighs.</summary>
public sealed class TreeTests
{
    private const long HeaviestFile = 6 << 20;

    private static readonly HashSet<string> TopLevel =
        ["notebooks", "lib", "tests", "data", "environment.md", "README.md", "Notebooks.sln", "lab", "Directory.Build.props"];

    [Fact]
    public void The_top_level_is_fixed()
    {
        var unknown = Tracked().Select(file => file.Split('/')[0]).Distinct().Where(entry => !TopLevel.Contains(entry) && !entry.StartsWith('.'));
        Assert.Empty(unknown);
    }

    [Fact]
    public void No_file_is_heavy()
    {
        var heavy = Tracked().Select(file => new FileInfo(Path.Combine(Repository.Root, file))).Where(file => file.Exists && file.Length > HeaviestFile);
        Assert.Empty(heavy.Select(file => file.FullName));
    }

    [Fact]
    public void No_tracked_text_names_a_machine_path()
    {
        // Spelled in parts, so that this file does not find itself.
        string[] marks = ["/ro" + "ot/", "/wo" + "rk/", "/ho" + "me/"];
        var found = Tracked()
            .Where(file => Path.GetExtension(file) is ".cs" or ".md" or ".props" or ".csproj" or ".sh" or ".json" or ".svg" or ".html" or ".py" or ".csv" or ".targets")
            .Where(file => marks.Any(mark => File.ReadAllText(Path.Combine(Repository.Root, file)).Contains(mark, StringComparison.Ordinal)));
        Assert.Empty(found);
    }

    [Theory]
    [InlineData("a waveform through HuBERT", 12)]
    [InlineData("a clip through `lab fuse`", 15)]
    [InlineData("a LoRA from config to file", 6)]
    public void What_one_opens_to_follow_a_thing_is_there_and_no_more_than_it_says(string thing, int most)
    {
        var row = File.ReadLines(Path.Combine(Repository.Root, ".github", "CONTRIBUTING.md")).Single(line => line.StartsWith($"| {thing}", StringComparison.Ordinal));
        var files = row.Split('|')[2].Split('`', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.InRange(files.Length, 1, most);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(Repository.Root, "lib", "Affect", file)), file));
    }

    private static string[] Tracked()
    {
        using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", ["-C", Repository.Root, "ls-files", "-z"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        })!;
        var files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.NotEmpty(files);
        return files;
    }
}
