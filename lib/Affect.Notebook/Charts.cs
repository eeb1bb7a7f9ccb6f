namespace Affect.Notebook;

/// <summary>How a notebook draws its figures.</summary>
public static class Charts
{
    /// <summary>Lets the figures of this notebook that are shown from here on answer to the pointer, in a browser: plotly.js draws them in the place of the still pictures.</summary>
    /// <param name="path">A plotly.min.js; null: the one that the figures are written for, which npm fetches once and whose hash is checked.</param>
    /// <remarks>The library becomes part of the cell's output, five megabytes of it.</remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="IOException">npm cannot fetch it; the message says what to do.</exception>
    /// <exception cref="InvalidDataException">What npm fetched is not what was published.</exception>
    public static void UsePlotly(string? path = null)
    {
        if (path is not null && !File.Exists(path)) throw new FileNotFoundException($"path must name a plotly.min.js, but {path} is not there.", path);
        new PlotlyScript(path is null ? new PlotlyPackage(Path.Combine(new Laboratory().Cache, "plotly")).Read() : RegularFile.ReadAllText(path)).Display();
    }
}
