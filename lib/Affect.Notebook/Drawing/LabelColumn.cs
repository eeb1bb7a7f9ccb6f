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
        var order = Enumerable.Range(0, labels.Count).OrderBy(index => labels[index].Wish).ToArray();
        var blocks = new List<Block>();
        foreach (var index in order)
        {
            blocks.Add(new Block([index], labels[index].Wish, labels[index].Height));
            Settle(blocks[^1]);
            while (blocks.Count > 1 && blocks[^2].Bottom + gap > blocks[^1].Top)
            {
                var (upper, lower) = (blocks[^2], blocks[^1]);
                var height = upper.Height + gap + lower.Height;
                var members = upper.Members.Concat(lower.Members).ToArray();
                // Each member's wish for the block's centre, given its place inside the block.
                var offset = -height / 2;
                var wishes = 0.0;
                foreach (var member in members)
                {
                    wishes += labels[member].Wish - (offset + labels[member].Height / 2);
                    offset += labels[member].Height + gap;
                }
                blocks.RemoveRange(blocks.Count - 2, 2);
                blocks.Add(new Block(members, wishes / members.Length, height));
                Settle(blocks[^1]);
            }
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

        void Settle(Block block) =>
            block.Centre = Math.Max(top + block.Height / 2, Math.Min(bottom - block.Height / 2, block.Centre));
    }

    private sealed class Block(int[] members, double centre, double height)
    {
        public int[] Members { get; } = members;
        public double Centre { get; set; } = centre;
        public double Height { get; } = height;
        public double Top => Centre - Height / 2;
        public double Bottom => Centre + Height / 2;
    }
}
