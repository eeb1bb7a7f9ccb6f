namespace Affect.Tests.Plotly;

public sealed class PlotlyPackageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-plotly-tests-").FullName;

    private string Kept => Path.Combine(folder, "kept", "plotly.js-dist-min-4.1.2.tgz");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [NpmFact]
    public void Npm_fetches_it_once()
    {
        Assert.StartsWith("/**\n* plotly.js v4.1.2\n", Package("npm").Read(), StringComparison.Ordinal);
        Assert.True(File.Exists(Kept));
        Assert.StartsWith("/**\n* plotly.js v4.1.2\n", Package("there-is-no-such-program").Read(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_npm_it_is_said_what_to_do()
    {
        var error = Assert.Throws<IOException>(() => Package("there-is-no-such-program").Read());
        Assert.StartsWith("plotly.js is fetched by npm, and there-is-no-such-program could not be run: ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("With a plotly.min.js of your own, name its path instead; without, the figures stay still pictures.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_npm_complains_of_is_told()
    {
        var error = Assert.Throws<IOException>(() => Package(Program("echo 'no network' >&2; exit 1")).Read());
        Assert.StartsWith("npm could not fetch plotly.js-dist-min 4.1.2: no network. With", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_archive_than_the_published_one_is_refused_and_not_kept()
    {
        var error = Assert.Throws<InvalidDataException>(() => Package(Program("echo other > plotly.js-dist-min-4.1.2.tgz")).Read());
        Assert.Contains("must be plotly.js-dist-min 4.1.2 as it was published, with the SHA-512 VSmS9K", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(Kept));
    }

    [Fact]
    public void An_archive_that_was_changed_after_it_was_kept_is_refused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Kept)!);
        File.WriteAllText(Kept, "changed");
        var error = Assert.Throws<InvalidDataException>(() => Package("there-is-no-such-program").Read());
        Assert.StartsWith(Kept, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Delete it to have it fetched anew.", error.Message, StringComparison.Ordinal);
    }

    private PlotlyPackage Package(string npm) => new(Path.GetDirectoryName(Kept)!, npm);

    private string Program(string script)
    {
        var path = Path.Combine(folder, "npm");
        File.WriteAllText(path, $"#!/bin/sh\n{script}\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
