namespace Affect.Notebook.Drawing;

/// <summary>Pictures of few colours as data-URI: what a spectrogram needs, in a tenth of the bytes of shapes.</summary>
internal static class IndexedPng
{
    /// <summary>Levels drawn in the colours of the heat maps.</summary>
    /// <param name="levels"><c>[height, width]</c>, 0 to <paramref name="steps"/> − 1.</param>
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="steps">How many colours are told apart; at most 16, which take four bits.</param>
    internal static string DataUri(byte[] levels, int width, int height, int steps)
    {
        // One picture serves light and dark pages: dark ground with light marks, as spectrograms are drawn.
        var colours = Enumerable.Range(0, steps).Select(step => Convert.FromHexString(SequentialScale.Step(step, steps).Dark.AsSpan(1)))
            .Select(rgb => (rgb[0], rgb[1], rgb[2]));
        return $"data:image/png;base64,{Convert.ToBase64String(PngFile.EncodeIndexed(levels, width, height, [.. colours]))}";
    }
}
