namespace Affect.Kernel.Tests.Jupyter;

public sealed class KernelHostTests : IDisposable
{
    private readonly KernelClient client = new();

    public void Dispose() => client.Dispose();

    [Fact]
    public void Who_subscribes_is_welcomed_and_who_asks_is_told_what_the_kernel_is()
    {
        Assert.Equal("", client.Welcome.Text("subscription"));
        foreach (var channel in (Channel[])[Channel.Shell, Channel.Control])
        {
            var info = client.Ask("kernel_info_request", channel: channel);
            Assert.Equal("ok", info.Status);
            Assert.Equal("5.4", info.Reply.Text("protocol_version"));
            Assert.Equal("C#", info.Content["language_info"]!["name"]!.ToString());
            Assert.Empty(info.Said);
        }
    }

    [Fact]
    public void What_a_cell_does_is_published_in_its_order()
    {
        var cell = client.Run("Console.Write(\"a\"); Console.Error.Write(\"b\"); await Task.Delay(1); Console.Write(\"c\"); 6 * 7");
        Assert.Equal("ok", cell.Status);
        Assert.Equal(1, (int)cell.Content["execution_count"]!);
        Assert.Equal(["input 1: " + cell.Only("execute_input").Text("code"), "stdout: a", "stderr: b", "stdout: c", "execute_result: 42"], cell.Said);
        Assert.Equal(["input 2: var kept = 1;"], client.Run("var kept = 1;").Said);
        Assert.Equal(["input 3: kept + 1", "execute_result: 2"], client.Run("kept + 1").Said);
    }

    [Fact]
    public void An_error_is_one_message_with_the_cells_line_and_so_is_its_reply()
    {
        client.Run("1");
        var failed = client.Run("var x = 1;\nthrow new FormatException(\"no\");");
        Assert.Equal(["input 2: " + failed.Only("execute_input").Text("code"), "error: FormatException: no"], failed.Said);
        Assert.Equal(("error", "FormatException", "no"), (failed.Status, failed.Reply.Text("ename"), failed.Reply.Text("evalue")));
        Assert.Contains("  cell[2]:line 2", failed.Content["traceback"]!.AsArray().Select(line => line!.ToString()));
        Assert.Equal(["input 3: x +", "error: CS1733: Expected expression"], client.Run("x +").Said);
        Assert.Equal(["input 4: x", "execute_result: 1"], client.Run("x").Said);
    }

    [Fact]
    public void The_cells_that_wait_behind_an_error_do_not_run_and_the_next_does()
    {
        client.Run("var ran = 0; var go = false;");
        var failing = client.SendCell("Console.Write(\"begun\"); while (!System.IO.File.Exists(go)) System.Threading.Thread.Sleep(5); throw new Exception();".Replace("go", Quoted(Go), StringComparison.Ordinal));
        client.WaitForStream("begun");
        var waiting = Enumerable.Range(0, 20).Select(_ => client.SendCell("ran++;")).ToArray();
        var info = client.Send("kernel_info_request");
        Thread.Sleep(100);
        File.WriteAllText(Go, "");
        Assert.Equal("error", client.Reply(failing).Status);
        foreach (var request in waiting)
        {
            var aborted = client.Reply(request);
            Assert.Equal("aborted", aborted.Status);
            Assert.Empty(aborted.Said);
        }
        Assert.Equal("ok", client.Reply(info).Status);
        Assert.Equal(["input 3: ran", "execute_result: 0"], client.Run("ran").Said);
        File.Delete(Go);
    }

    [Fact]
    public void Cells_run_behind_an_error_that_is_not_to_stop_them()
    {
        var failing = client.SendCell("throw new Exception();", stopOnError: false);
        var waiting = Enumerable.Range(0, 3).Select(_ => client.SendCell("1")).ToArray();
        Assert.Equal("error", client.Reply(failing).Status);
        Assert.All(waiting, request => Assert.Equal("ok", client.Reply(request).Status));
    }

    [Fact]
    public void A_silent_cell_takes_no_number_and_shows_nothing()
    {
        Assert.Empty(client.Run("var quiet = 5; Console.Write(\"unseen\"); quiet", silent: true).Said);
        Assert.Equal(["input 0: Console.Write(quiet);", "stdout: 5"], client.Run("Console.Write(quiet);", storeHistory: false).Said);
        Assert.Equal(["input 1: quiet", "execute_result: 5"], client.Run("quiet").Said);
        Assert.Empty(client.Run("nothing", silent: true).Said);
    }

    [Fact]
    public void Expressions_are_evaluated_behind_a_cell()
    {
        var cell = client.Run("var n = 20;", expressions: new JsonObject { ["twice"] = "n * 2", ["wrong"] = "none" });
        var values = cell.Content["user_expressions"]!;
        Assert.Equal("40", values["twice"]!["data"]!["text/plain"]!.ToString());
        Assert.Equal(("error", "CS0103"), (values["wrong"]!["status"]!.ToString(), values["wrong"]!["ename"]!.ToString()));
        Assert.Equal("ok", cell.Status);
        Assert.Equal(["input 2: n", "execute_result: 20"], client.Run("n").Said);
    }

    [Fact]
    public void A_forged_signature_a_replay_and_rubbish_are_not_heard()
    {
        var genuine = client.Wire.Pack(client.Wire.New("kernel_info_request", [], parent: null));
        byte[] forged = [.. genuine[1]];
        forged[0] ^= 1;
        client.SendFrames([genuine[0], forged, .. genuine.Skip(2)]);
        Assert.True(client.IsQuiet(Channel.Shell));
        client.SendFrames([genuine[0], [], .. genuine.Skip(2)]);
        client.SendFrames([.. genuine.Take(5), Encoding.UTF8.GetBytes("{\"code\":\"1\"}")]);
        client.SendFrames(["no message"u8.ToArray()]);
        client.SendFrames(new WireSession("another key").Pack(client.Wire.New("kernel_info_request", [], parent: null)));
        Assert.True(client.IsQuiet(Channel.Shell));
        client.SendFrames(genuine);
        Assert.Equal("kernel_info_reply", client.Receive(Channel.Shell).Type);
        client.SendFrames(genuine);
        Assert.True(client.IsQuiet(Channel.Shell));
        Assert.Equal("ok", client.Ask("kernel_info_request").Status);
    }

    [Fact]
    public void The_heart_beats_and_control_answers_while_a_cell_runs()
    {
        var running = client.SendCell("Console.Write(\"begun\"); while (true) { }");
        client.WaitForStream("begun");
        Assert.Equal("ping"u8.ToArray(), client.Beat("ping"u8.ToArray()));
        Assert.Equal("ok", client.Ask("kernel_info_request", channel: Channel.Control).Status);
        Assert.Equal("ok", client.Ask("interrupt_request", channel: Channel.Control).Status);
        var stopped = client.Reply(running);
        Assert.Equal(("error", "Interrupted"), (stopped.Status, stopped.Reply.Text("ename")));
        Assert.Equal(["input 2: 1 + 1", "execute_result: 2"], client.Run("1 + 1").Said);
    }

    [Fact]
    public void Every_request_is_answered_even_if_nobody_knows_it_or_it_makes_no_sense()
    {
        foreach (var channel in (Channel[])[Channel.Shell, Channel.Control])
            Assert.Equal("error", client.Ask("dance_request", channel: channel).Status);
        Assert.Equal("error", client.Ask("history_request", new JsonObject { ["hist_access_type"] = "all" }).Status);
        Assert.Equal("ok", client.Ask("execute_request").Status);
    }

    [Fact]
    public async Task A_shutdown_is_answered_before_the_kernel_ends_even_while_a_cell_runs()
    {
        var waiting = Task.Run(client.Kernel.WaitForShutdown);
        client.SendCell("Console.Write(\"begun\"); while (true) { }");
        client.WaitForStream("begun");
        var reply = client.Ask("shutdown_request", new JsonObject { ["restart"] = true }, Channel.Control);
        Assert.True((bool)reply.Content["restart"]!);
        Assert.False(await waiting.WaitAsync(TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public void The_history_gives_the_last_cells_a_range_and_what_matches()
    {
        foreach (var code in (string[])["var a = 1;", "a", "a", "a + 1"]) client.Run(code);
        client.Run("a", storeHistory: false);
        Assert.Equal(["3 a", "4 a + 1"], History(new JsonObject { ["hist_access_type"] = "tail", ["n"] = 2 }));
        Assert.Equal(["2 a", "3 a"], History(new JsonObject { ["hist_access_type"] = "range", ["session"] = 0, ["start"] = 2, ["stop"] = 4 }));
        Assert.Empty(History(new JsonObject { ["hist_access_type"] = "range", ["session"] = -1, ["start"] = 0, ["stop"] = 4 }));
        Assert.Equal(["2 a", "3 a"], History(new JsonObject { ["hist_access_type"] = "search", ["pattern"] = "?", ["n"] = 10 }));
        Assert.Equal(["3 a"], History(new JsonObject { ["hist_access_type"] = "search", ["pattern"] = "?", ["unique"] = true }));
        Assert.Equal(["4 a + 1"], History(new JsonObject { ["hist_access_type"] = "search", ["pattern"] = "a*", ["n"] = 1 }));

        string[] History(JsonObject request) =>
            [.. client.Ask("history_request", request).Content["history"]!.AsArray().Select(entry => $"{entry![1]} {entry[2]}")];
    }

    private static string Go { get; } = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

    private static string Quoted(string text) => $"@\"{text}\"";
}
