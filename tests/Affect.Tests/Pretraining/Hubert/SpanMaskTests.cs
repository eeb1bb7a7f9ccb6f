namespace Affect.Tests.Pretraining.Hubert;

public sealed class SpanMaskTests
{
    [Fact]
    public void Every_clip_has_its_spans()
    {
        var mask = SpanMask.Draw(clips: 200, frames: 99, spans: 5, spanFrames: 8, new SeededRandom(1));
        var counts = new List<int>();
        foreach (var clip in mask.Chunk(99))
        {
            counts.Add(clip.Count(isHidden => isHidden));
            // Runs are whole spans or overlaps of them, never shorter than one.
            var run = 0;
            foreach (var isHidden in clip.Append(false))
            {
                if (!isHidden && run > 0) Assert.InRange(run, 8, 40);
                run = isHidden ? run + 1 : 0;
            }
        }
        Assert.All(counts, count => Assert.InRange(count, 12, 40));    // five different starts reach at least four frames beyond one span
        Assert.Contains(40, counts);
        Assert.InRange(counts.Average(), 30, 36);                       // 99 · (1 − (1 − 8/92)⁵) is 36; less, because starts differ and ends are seldom reached
    }

    [Fact]
    public void Every_place_is_hidden_some_time_and_the_seed_decides()
    {
        bool[] Draw(int seed) => SpanMask.Draw(clips: 300, frames: 20, spans: 2, spanFrames: 3, new SeededRandom(seed));
        var mask = Draw(1);
        for (var frame = 0; frame < 20; frame++) Assert.Contains(mask.Chunk(20), clip => clip[frame]);
        Assert.Equal(mask, Draw(1));
        Assert.NotEqual(mask, Draw(2));
    }

    [Fact]
    public void Spans_that_do_not_fit_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => SpanMask.Draw(clips: 1, frames: 10, spans: 4, spanFrames: 8, new SeededRandom(1)));
        Assert.StartsWith("Spans must be at most as many as their places, but 4 spans of 8 frames were to go into 10 frames.", error.Message, StringComparison.Ordinal);
    }
}
