namespace Affect.Kernel.Tests.Jupyter;

/// <summary>Code of a library that asks nobody whether it is to stop.</summary>
public static class DeafLibrary
{
    public static void Spin()
    {
        for (var i = 0L; i >= 0; i++) _ = i.GetHashCode();
    }
}

public sealed class KernelInterruptTests : IDisposable
{
    private readonly KernelClient client = new(new SessionOptions { References = [typeof(DeafLibrary).Assembly.Location], AbortAfter = TimeSpan.FromSeconds(1) });

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("System.Threading.Thread.Sleep(600_000);")]
    [InlineData("await Task.Delay(600_000);")]
    [InlineData("await Task.Run(async () => { while (true) await Task.Delay(1); });")]
    [InlineData("var gate = new object(); lock (gate) { while (true) { } }")]
    [InlineData("var gate = new object(); lock (gate) System.Threading.Thread.Sleep(600_000);")]
    [InlineData("new System.Threading.SemaphoreSlim(0).Wait();")]
    [InlineData("while (true) { Console.WriteLine(\"again\"); }")]
    public void A_cell_is_stopped_without_force_and_the_kernel_goes_on(string code)
    {
        // None of these ends by itself, and force is far off: a busy machine takes its time to stop them, and no more is asked of it.
        using var patient = new KernelClient(new SessionOptions { AbortAfter = TimeSpan.FromMinutes(20) });
        patient.Run("1");
        var running = patient.SendCell($"Console.WriteLine(\"begun\"); {code}");
        patient.WaitForStream("begun");
        Thread.Sleep(50);
        var clock = Stopwatch.StartNew();
        Assert.Equal("ok", patient.Ask("interrupt_request", channel: Channel.Control).Status);
        var reply = patient.Reply(running).Reply;
        Assert.Equal(("Interrupted", "the cell was interrupted"), (reply.Text("ename"), reply.Text("evalue")));
        Assert.True(clock.Elapsed < TimeSpan.FromMinutes(5), $"stopped after {clock.Elapsed}");
        Assert.Equal("execute_result: 2", patient.Run("1 + 1").Said[^1]);
    }

    [Fact]
    public void Fifty_interrupts_in_a_row_with_locks_and_output_leave_the_kernel_alive()
    {
        client.Run("var gate = new object(); var n = 0;");
        for (var i = 0; i < 50; i++)
        {
            var running = client.SendCell((i % 5) switch
            {
                0 => "Console.Write(\"begun\"); while (true) lock (gate) n++;",
                1 => "while (true) { n++; Console.Write(\"begun\"); }",
                2 => "Console.Write(\"begun\"); lock (gate) System.Threading.Thread.Sleep(10_000);",
                3 => "Console.Write(\"begun\"); while (true) try { throw new Exception(); } catch (InvalidOperationException) { } catch (Exception) { n++; }",
                _ => "Console.Write(\"begun\"); while (true) await Task.Delay(1);",
            });
            client.WaitForStream("begun");
            client.Ask("interrupt_request", channel: Channel.Control);
            Assert.Equal("Interrupted", client.Reply(running).Reply.Text("ename"));
        }
        Assert.Equal(["stdout: free", "execute_result: True"], client.Run("lock (gate) Console.Write(\"free\");\nn > 0").Said.Skip(1));
    }

    [Fact]
    public void What_hears_nothing_is_aborted_and_that_is_said()
    {
        client.Run("var kept = 5;");
        var running = client.SendCell("kept = 6; Console.Write(\"begun\"); Affect.Kernel.Tests.Jupyter.DeafLibrary.Spin();");
        client.WaitForStream("begun");
        client.Ask("interrupt_request", channel: Channel.Control);
        var aborted = client.Reply(running);
        Assert.Contains("was aborted in the middle of its work", aborted.Reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Contains("restart the kernel", aborted.Reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Equal("execute_result: 6", client.Run("kept").Said[^1]);
    }

    [Fact]
    public void An_interrupt_while_nothing_runs_harms_nothing()
    {
        Assert.Equal("ok", client.Ask("interrupt_request", channel: Channel.Control).Status);
        Assert.Equal("execute_result: 2", client.Run("1 + 1").Said[^1]);
    }

    [Fact]
    public void Native_code_that_never_returns_costs_the_session_and_every_later_cell_says_so()
    {
        var running = client.SendCell("Console.Write(\"begun\"); [System.Runtime.InteropServices.DllImport(\"libc\")] static extern int pthread_mutex_lock(byte[] mutex);\nvar mutex = new byte[64];\npthread_mutex_lock(mutex);\npthread_mutex_lock(mutex);");
        client.WaitForStream("begun");
        Thread.Sleep(200);
        client.Ask("interrupt_request", channel: Channel.Control);
        Assert.Contains("could not be stopped", client.Reply(running).Reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Contains("restart the kernel", client.Run("1").Reply.Text("evalue"), StringComparison.Ordinal);
        Assert.Equal("ok", client.Ask("kernel_info_request").Status);
    }
}
