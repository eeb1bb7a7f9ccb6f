namespace Affect.Pretraining.Hubert;

/// <summary>Draws which frames are hidden from the network.</summary>
/// <remarks>
/// Spans of one length at random starts, which may overlap: Baevski et al., <em>wav2vec 2.0</em>, arXiv:2006.11477, section 3.1, as HuBERT takes it over.
/// Difference: a fixed number of spans a clip instead of a chance per frame, since all clips here have one length.
/// </remarks>
internal static class SpanMask
{
    /// <returns><c>[clips, frames]</c> row by row, true where a frame is hidden.</returns>
    /// <exception cref="ArgumentException">A span is longer than a clip, or there are more spans than places.</exception>
    internal static bool[] Draw(int clips, int frames, int spans, int spanFrames, SeededRandom random)
    {
        var places = frames - spanFrames + 1;
        if (places < spans)
            throw new ArgumentException($"Spans must be at most as many as their places, but {spans} spans of {spanFrames} frames were to go into {frames} frames.", nameof(spans));
        var mask = new bool[clips * frames];
        var starts = new int[places];
        for (var clip = 0; clip < clips; clip++)
        {
            for (var place = 0; place < places; place++) starts[place] = place;
            for (var span = 0; span < spans; span++)
            {
                var drawn = span + random.Below(places - span);
                (starts[span], starts[drawn]) = (starts[drawn], starts[span]);
                Array.Fill(mask, true, clip * frames + starts[span], spanFrames);
            }
        }
        return mask;
    }
}
