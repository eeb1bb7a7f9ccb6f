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

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    [InlineData("? ")]
    public void Nesting_without_end_is_an_error_with_its_line(string opening)
    {
        var deep = string.Concat(Enumerable.Repeat(opening, 60_000));
        foreach (var text in (string[])[deep, $"epochs: {deep}", $"epochs:\n  {deep}", $"other:\n  depth: {deep}", $"other: {deep}", $"rates: [{deep}"])
        {
            File.WriteAllText(file, text);
            Assert.StartsWith($"{file}:", Assert.Throws<FormatException>(() => SettingsFile.Expand(Commands().Root, ["train", "--config", file])).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("schedule: '--epochs'", "--epochs")]
    [InlineData("schedule: -x", "-x")]
    [InlineData("schedule: '--epochs=9'", "--epochs=9")]
    [InlineData("schedule: '@/etc/hostname'", "@/etc/hostname")]
    [InlineData("schedule: 'a b'", "a b")]
    [InlineData("schedule: 'a=b:c'", "a=b:c")]
    [InlineData("schedule: '\"quoted\"'", "\"quoted\"")]
    [InlineData("schedule: '--'", "--")]
    [InlineData("schedule: ''", "")]
    public void A_value_is_a_value_and_no_option(string text, string value)
    {
        File.WriteAllText(file, $"{text}\nepochs: 5\n");
        var (root, train) = Commands();
        var parsed = root.Parse(SettingsFile.Expand(root, ["train", "--config", file]));
        Assert.Empty(parsed.Errors);
        Assert.Same(train, parsed.CommandResult.Command);
        Assert.Equal(value, SettingsFile.Merged(parsed)["schedule"]);
        Assert.Equal(5, SettingsFile.Merged(parsed)["epochs"]);
    }

    [Theory]
    [InlineData("rates: [0.1, --epochs, 9]")]
    [InlineData("epochs: [3, --quick]")]
    [InlineData("epochs: ['3', '--schedule', 'x']")]
    [InlineData("quick: [true, --epochs, 9]")]
    public void A_list_gives_no_other_option_a_value(string text)
    {
        File.WriteAllText(file, text);
        var (root, _) = Commands();
        var parsed = root.Parse(SettingsFile.Expand(root, ["train", "--config", file]));
        Assert.NotEmpty(parsed.Errors);
        Assert.DoesNotContain(parsed.Tokens, token => token is { Type: TokenType.Option, Value: "--schedule" });
    }

    [Fact]
    public void Options_of_the_file_are_options_whatever_ends_the_command_line()
    {
        File.WriteAllText(file, "epochs: 7\n");
        var (root, _) = Commands();
        Assert.Equal(["train", "--config", file, "--epochs=7", "--", "x"], SettingsFile.Expand(root, ["train", "--config", file, "--", "x"]));
    }

    [Theory]
    [InlineData("epochs: 1\nepochs: 2", ":2: 'epochs' is already in line 1")]
    [InlineData("epochs: 1\n---\nepochs: 2", ":2: a second document begins here")]
    [InlineData("a: &a [x, x]\nb: &b [*a, *a]\nepochs: *b", ":2: '*a' stands for no single value above it")]
    [InlineData("base: &b\n  epochs: 1\n<<: *b", "'base' must be a value")]
    [InlineData("<<: {epochs: 1}", ":1: merges ('<<') are not read")]
    [InlineData("epochs: *none", ":1: '*none' stands for no single value")]
    [InlineData("epochs: !!python/object 1", ":1: types such as")]
    [InlineData("epochs: !mine 1", ":1: types such as '!mine' are not read")]
    [InlineData("[a]: 1", ":1: an option's name must be a word")]
    [InlineData("1: 2", ":1: '1' is no option of 'train'")]
    [InlineData("epochs: &e 1\nrates: [[1]]", ":2: 'rates' must be a value or a list of values, but is nested")]
    [InlineData("\"epochs\\0\": 1", "is no option")]
    [InlineData("schedule: \"a\\0b\"", "holds a zero character")]
    public void What_is_more_than_options_and_values_is_refused_by_line(string text, string message)
    {
        File.WriteAllText(file, text);
        var error = Assert.Throws<FormatException>(() => SettingsFile.Expand(Commands().Root, ["train", "--config", file]));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(file, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_anchored_value_may_be_used_again_and_plain_types_may_be_named()
    {
        File.WriteAllText(file, "epochs: &n !!int 4\nschedule: !!str 7\nrates: [*n, 0.5]\n");
        var (root, _) = Commands();
        var merged = SettingsFile.Merged(root.Parse(SettingsFile.Expand(root, ["train", "--config", file])));
        Assert.Equal((4, "7"), ((int)merged["epochs"]!, (string)merged["schedule"]!));
        Assert.Equal([4, 0.5], (double[])merged["rates"]!);
    }

    [Fact]
    public void A_file_that_is_no_settings_file_by_size_or_kind_is_refused()
    {
        File.WriteAllText(file, "schedule: " + new string('x', 2 << 20));
        Assert.Contains("at most 1 MB", Assert.Throws<FormatException>(() => SettingsFile.Expand(Commands().Root, ["train", "--config", file])).Message, StringComparison.Ordinal);
        Assert.Contains("a device", Assert.Throws<FormatException>(() => SettingsFile.Expand(Commands().Root, ["train", "--config", "/dev/zero"])).Message, StringComparison.Ordinal);
        File.WriteAllText(file, "# nothing yet\n");
        Assert.Equal(["train", "--config", file], SettingsFile.Expand(Commands().Root, ["train", "--config", file]));
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
