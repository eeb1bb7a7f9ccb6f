using System.CommandLine;
using Affect.Cli.Config;

namespace Affect.Cli.Tests.Config;

public sealed class SettingsFileTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Fact]
    public void The_file_gives_options_and_the_command_line_goes_before_it()
    {
        File.WriteAllText(file, "epochs: 10\nrates: [0.1, 0.2]\nquick: true\n");
        var (root, train) = Commands();
        var parsed = root.Parse(SettingsFile.Expand(root, ["train", "--config", file, "--epochs", "3"]));
        Assert.Empty(parsed.Errors);
        var merged = SettingsFile.Merged(parsed);
        Assert.Equal(3, merged["epochs"]);
        Assert.Equal([0.1, 0.2], (double[])merged["rates"]!);
        Assert.Equal(true, merged["quick"]);
        Assert.Equal("cosine", merged["schedule"]);
        Assert.Same(train, parsed.CommandResult.Command);
        Assert.DoesNotContain("config", merged.Keys);
    }

    [Fact]
    public void A_section_is_for_its_command_alone()
    {
        File.WriteAllText(file, "train:\n  epochs: 7\nother:\n  depth: 2\n");
        var (root, _) = Commands();
        Assert.Equal(7, SettingsFile.Merged(root.Parse(SettingsFile.Expand(root, ["train", "--config", file])))["epochs"]);
        Assert.Equal(2, SettingsFile.Merged(root.Parse(SettingsFile.Expand(root, ["other", "--config", file])))["depth"]);
    }

    [Fact]
    public void An_option_that_the_command_does_not_have_is_named_with_its_line()
    {
        File.WriteAllText(file, "epochs: 10\nepoch: 10\n");
        var error = Assert.Throws<FormatException>(() => SettingsFile.Expand(Commands().Root, ["train", "--config", file]));
        Assert.Equal($"{file}:2: 'epoch' is no option of 'train'; it has epochs, quick, rates, schedule.", error.Message);
    }

    [Theory]
    [InlineData("epochs: [", "this is not YAML")]
    [InlineData("- 1\n- 2", "expected lines such as 'epochs: 10'")]
    [InlineData("epochs: {a: 1}", "'epochs' must be a value or a list of values, but is nested")]
    public void A_file_that_cannot_be_understood_is_named_with_its_line(string text, string message)
    {
        File.WriteAllText(file, text);
        var error = Assert.Throws<FormatException>(() => SettingsFile.Expand(Commands().Root, ["train", "--config", file]));
        Assert.StartsWith($"{file}:", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("nowhere.yaml is not there", Assert.Throws<FileNotFoundException>(() => SettingsFile.Expand(Commands().Root, ["train", "--config", "nowhere.yaml"])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_value_of_the_wrong_kind_is_an_error_of_the_option()
    {
        File.WriteAllText(file, "epochs: many\n");
        var run = LabProcess.Run("corpus", "mimic", "--config", file, "--out", "x");
        Assert.NotEqual(0, run.ExitCode);
        File.WriteAllText(file, "clips: many\n");
        run = LabProcess.Run("corpus", "mimic", "--config", file, "--out", "x");
        Assert.NotEqual(0, run.ExitCode);
        Assert.Contains("--clips", run.Errors + run.Output, StringComparison.Ordinal);
    }

    private static (RootCommand Root, Command Train) Commands()
    {
        var train = new Command("train")
        {
            new Option<int>("--epochs"), new Option<double[]>("--rates") { AllowMultipleArgumentsPerToken = true }, new Option<bool>("--quick"),
            new Option<string>("--schedule") { DefaultValueFactory = _ => "cosine" },
        };
        var root = new RootCommand { train, new Command("other") { new Option<int>("--depth") } };
        root.Options.Add(SettingsFile.Option);
        return (root, train);
    }
}
