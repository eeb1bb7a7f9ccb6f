namespace Affect.Tests.Features;

public sealed class BatchPlanTests
{
    [Theory]
    [InlineData(1000, 0, 1, 1000)]
    [InlineData(1000, 1000, 1, 1000)]
    [InlineData(1001, 1000, 2, 500)]
    [InlineData(3002, 1000, 4, 750)]
    public void Long_clips_are_cut_into_equal_pieces(int samples, int most, int count, int length)
    {
        var pieces = BatchPlan.Cut(7, samples, most).ToList();
        Assert.Equal(count, pieces.Count);
        Assert.Equal(Enumerable.Range(0, count).Select(i => new ClipPiece(7, i * length, length)), pieces);
    }

    [Fact]
    public void Every_piece_is_in_one_batch_and_no_batch_exceeds_the_budget_with_its_padding()
    {
        var random = new Random(3);
        var pieces = Enumerable.Range(0, 200).Select(i => new ClipPiece(i, 0, random.Next(100, 900))).ToList();
        var batches = BatchPlan.Batches(pieces, 2000, needEqualLengths: false).ToList();

        Assert.Equal(pieces.Order(ByClip), batches.SelectMany(batch => batch).Order(ByClip));
        Assert.All(batches, batch => Assert.True(batch.Length * batch[0].Length <= 2000));
        Assert.All(batches, batch => Assert.Equal(batch.Max(piece => piece.Length), batch[0].Length));
        Assert.True(batches.Count < 80, "batches are filled");
    }

    [Fact]
    public void A_piece_beyond_the_budget_is_alone()
    {
        var batches = BatchPlan.Batches([new(0, 0, 500), new(1, 0, 5000), new(2, 0, 500)], 1000, needEqualLengths: false).ToList();
        Assert.Equal([[1], [0, 2]], batches.Select(batch => batch.Select(piece => piece.Clip)));
    }

    [Fact]
    public void Where_padding_would_change_the_states_only_equal_lengths_share_a_batch()
    {
        int[] lengths = [500, 400, 500, 400, 401, 500];
        var batches = BatchPlan.Batches(lengths.Select((length, i) => new ClipPiece(i, 0, length)), 1000, needEqualLengths: true).ToList();
        Assert.Equal([[0, 2], [5], [4], [1, 3]], batches.Select(batch => batch.Select(piece => piece.Clip)));
    }

    private static readonly Comparer<ClipPiece> ByClip = Comparer<ClipPiece>.Create((a, b) => a.Clip.CompareTo(b.Clip));
}
