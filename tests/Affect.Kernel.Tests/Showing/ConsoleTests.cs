namespace Affect.Kernel.Tests.Showing;

public sealed class ConsoleTests : CellTests
{
    private const string Faces = "😀é€𝄞";

    [Theory]
    [InlineData("foreach (var c in text) Console.Write(c);", "stdout")]
    [InlineData("foreach (var c in text) Console.Out.Write(new[] { c }, 0, 1);", "stdout")]
    [InlineData("foreach (var c in text) Console.Error.Write(c);", "stderr")]
    [InlineData("foreach (var c in text) { Console.Write(c); System.Threading.Thread.Sleep(70); }", "stdout")]
    [InlineData("foreach (var c in text) { Console.Write(c); await Task.Run(() => { }).ConfigureAwait(false); }", "stdout")]
    [InlineData("var thread = new System.Threading.Thread(() => { foreach (var c in text) Console.Write(c); }); thread.Start(); thread.Join();", "stdout")]
    [InlineData("Console.Write(text[0]); Console.Out.Flush(); Console.Write(text[1..]);", "stdout")]
    [InlineData("using var stream = Console.OpenStandardOutput(); stream.Write(bytes);", "stdout")]
    [InlineData("using var stream = Console.OpenStandardOutput(); foreach (var b in bytes) stream.WriteByte(b);", "stdout")]
    [InlineData("foreach (var b in bytes) using (var stream = System.Console.OpenStandardOutput(1024)) stream.Write(new[] { b }, 0, 1);", "stdout")]
    [InlineData("using var stream = Console.OpenStandardError(); foreach (var b in bytes) { await stream.WriteAsync(new[] { b }); await Task.Delay(60); }", "stderr")]
    [InlineData("Func<System.IO.Stream> open = Console.OpenStandardOutput; open().Write(bytes);", "stdout")]
    [InlineData("using C = System.Console;\nusing (var stream = C.OpenStandardOutput()) stream.Write(bytes);", "stdout")]
    [InlineData("using static System.Console;\nusing (var stream = OpenStandardOutput()) stream.Write(bytes);", "stdout")]
    [InlineData("using (var writer = new System.IO.StreamWriter(Console.OpenStandardOutput())) writer.Write(text);", "stdout")]
    public void What_is_written_in_pieces_of_characters_arrives_whole(string code, string stream)
    {
        cells.Run($"var text = \"{Faces}\"; var bytes = System.Text.Encoding.UTF8.GetBytes(text);");
        var outcome = cells.Run(code.StartsWith("using C", StringComparison.Ordinal) || code.StartsWith("using static", StringComparison.Ordinal) ? code : $"{{ {code} }}");
        Assert.True(outcome.Error is null, string.Join('\n', outcome.Error?.Traceback ?? []));
        Assert.Equal([$"{stream}: {Faces}"], cells.Said);
    }

    [Fact]
    public void Threads_that_write_halves_at_once_do_not_get_each_others()
    {
        const string code = """
            var meet = new System.Threading.Barrier(2);
            void Write(string face) { for (var i = 0; i < 50; i++) { Console.Write(face[0]); meet.SignalAndWait(); Console.Write(face[1]); meet.SignalAndWait(); } }
            var threads = new[] { "😀", "𝄞" }.Select(face => new System.Threading.Thread(() => Write(face))).ToArray();
            foreach (var thread in threads) thread.Start();
            foreach (var thread in threads) thread.Join();
            """;
        Assert.Null(cells.Run(code).Error);
        var said = Assert.Single(cells.Said);
        Assert.Equal((50, 50, "stdout: "), (said.Split("😀").Length - 1, said.Split("𝄞").Length - 1, said.Replace("😀", "", StringComparison.Ordinal).Replace("𝄞", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Half_a_character_is_marked_when_the_cell_ends_and_does_not_reach_the_next()
    {
        cells.Run("Console.Write(\"a\\ud83d\");");
        Assert.Equal(["stdout: a\uFFFD"], cells.Said);
        cells.Run("Console.Write(\"\\ude00b\");");
        Assert.Equal(["stdout: \uFFFDb"], cells.Said);
        cells.Run("Console.OpenStandardOutput().Write(new byte[] { 65, 0xF0, 0x9F });");
        Assert.Equal(["stdout: A\uFFFD"], cells.Said);
        cells.Run("Console.Write(\"a\\ud83d\" + \"b\"); Console.OpenStandardOutput().Write(new byte[] { 0xFF, 66 });");
        Assert.Equal(["stdout: a\uFFFDb\uFFFDB"], cells.Said);
    }

    [Fact]
    public void Bytes_and_text_stay_in_the_order_in_which_they_were_written_and_in_their_own_session()
    {
        using var other = new RecordedCells();
        other.Run("1");
        cells.Run("Console.Write(1); Console.OpenStandardOutput().Write(\"2\"u8); Console.Write(3); display(4); Console.OpenStandardOutput().Write(\"5\"u8);");
        Assert.Equal(["stdout: 123", "display: 4", "stdout: 5"], cells.Said);
        Assert.Equal(["result: 1"], other.Said);
    }

    [Fact]
    public void A_library_cell_writes_its_bytes_to_the_cell_too()
    {
        cells.Run("namespace Lines { public static class Raw { public static void Write(string text) => System.Console.OpenStandardOutput().Write(System.Text.Encoding.UTF8.GetBytes(text)); } }");
        cells.Run("Lines.Raw.Write(\"é\");");
        Assert.Equal(["stdout: é"], cells.Said);
    }

    [Fact]
    public void A_method_of_the_cells_own_that_has_the_consoles_name_stays_its_own()
    {
        Assert.Equal("own", cells.Value("class Mine { public static string OpenStandardOutput() => \"own\"; }\nMine.OpenStandardOutput()"));
    }
}
