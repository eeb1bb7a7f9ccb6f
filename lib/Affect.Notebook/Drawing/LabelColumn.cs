namespace Affect.Notebook.Drawing;

/// <summary>Sets labels one under another, each as near to its wish as the others allow.</summary>
internal static class LabelColumn
{
    /// <summary>The centres of the labels, in the order given.</summary>
    /// <param name="labels">The centre that each wishes for, and its height.</param>
    /// <param name="top">The first pixel of the column.</param>
    /// <param name="bottom">The last pixel of the column.</param>
    /// <param name="gap">Pixels left between two labels.</param>
    /// <remarks>Labels that touch form a block, which takes the mean place of its members (as in isotonic regression).</remarks>
    internal static double[] Spread(IReadOnlyList<(double Wish, double Height)> labels, double top, double bottom, double gap)
    {
        var blocks = new List<Block>();
        foreach (var index in Enumerable.Range(0, labels.Count).OrderBy(index => labels[index].Wish))
        {
            var block = Settled([index], labels[index].Wish, labels[index].Height);
            while (blocks.Count > 0 && blocks[^1].Bottom + gap > block.Top)
            {
                block = Joined(blocks[^1], block);
                blocks.RemoveAt(blocks.Count - 1);
            }
            blocks.Add(block);
        }
        var centres = new double[labels.Count];
        foreach (var block in blocks)
        {
            var y = block.Top;
            foreach (var member in block.Members)
            {
                centres[member] = y + labels[member].Height / 2;
                y += labels[member].Height + gap;
            }
        }
        return centres;

        Block Settled(int[] members, double centre, double height) =>
            new(members, Math.Max(top + height / 2, Math.Min(bottom - height / 2, centre)), height);

        Block Joined(Block upper, Block lower)
        {
            int[] members = [.. upper.Members, .. lower.Members];
            var height = upper.Height + gap + lower.Height;
            // Each member's wish for the block's centre, given its place inside the block.
            var (offset, wishes) = (-height / 2, 0.0);
            foreach (var member in members)
            {
                wishes += labels[member].Wish - (offset + labels[member].Height / 2);
                offset += labels[member].Height + gap;
            }
            return Settled(members, wishes / members.Length, height);
        }
    }

    private sealed record Block(int[] Members, double Centre, double Height)
    {
        public double Top => Centre - Height / 2;
        public double Bottom => Centre + Height / 2;
    }
}
