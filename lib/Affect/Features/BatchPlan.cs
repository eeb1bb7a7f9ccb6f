namespace Affect.Features;

/// <summary>
/// Which pieces of a window's clips are encoded together. A function of the clips' lengths and the settings alone, not of what is already stored:
/// the rounding of a floating-point result depends on its neighbours in the batch, so a resumed run must form the batches of an unbroken one.
/// </summary>
internal static class BatchPlan
{
    /// <summary>Cuts a clip into as few equal pieces as the limit allows; a rest of fewer samples than there are pieces is left out.</summary>
    /// <param name="clip">The clip's position in the window.</param>
    /// <param name="samples">Its length.</param>
    /// <param name="most">The most samples of a piece; 0 for no limit.</param>
    internal static IEnumerable<ClipPiece> Cut(int clip, int samples, long most)
    {
        var count = most == 0 ? 1 : (int)((samples + most - 1) / most);
        var length = samples / count;
        for (var i = 0; i < count; i++) yield return new ClipPiece(clip, i * length, length);
    }

    /// <summary>Forms batches of like lengths, longest first, so that the largest batch comes first and memory does not grow afterwards.</summary>
    /// <param name="pieces">The window's pieces in the clips' order.</param>
    /// <param name="budget">The most samples of a batch with its padding; a longer piece is alone.</param>
    /// <param name="needEqualLengths">Whether the encoder takes only clips of one length together.</param>
    internal static IEnumerable<ClipPiece[]> Batches(IEnumerable<ClipPiece> pieces, long budget, bool needEqualLengths)
    {
        var batch = new List<ClipPiece>();
        foreach (var piece in pieces.OrderByDescending(piece => piece.Length)) // stable: equal lengths stay in the clips' order
        {
            var isFull = batch.Count > 0
                && ((batch.Count + 1L) * batch[0].Length > budget || (needEqualLengths && piece.Length != batch[0].Length));
            if (isFull)
            {
                yield return [.. batch];
                batch.Clear();
            }
            batch.Add(piece);
        }
        if (batch.Count > 0) yield return [.. batch];
    }
}
