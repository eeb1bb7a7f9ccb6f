namespace Affect.Tests;

public sealed class ChartsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("affect-charts-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_library_of_ones_own_comes_into_the_page_and_cannot_end_the_script()
    {
        var path = Path.Combine(folder, "plotly.min.js");
        File.WriteAllText(path, "window.Plotly = {}; // </script><p>");
        var target = new RecordingTarget();
        using (target.Use()) Charts.UsePlotly(path);
        var bundle = Assert.Single(target.Calls).Bundle;
        var markup = bundle["text/html"].ToString();
        Assert.Contains("window.Plotly = {};", markup, StringComparison.Ordinal);
        Assert.Equal(markup.Length - "</script>".Length, markup.IndexOf("</script>", StringComparison.Ordinal));
        Assert.StartsWith("plotly.js is loaded: figures that are shown from here on", bundle["text/plain"].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_library_that_is_not_there_is_told() =>
        Assert.StartsWith("path must name a plotly.min.js, but gone.js is not there.", Assert.Throws<FileNotFoundException>(() => Charts.UsePlotly("gone.js")).Message, StringComparison.Ordinal);
}
