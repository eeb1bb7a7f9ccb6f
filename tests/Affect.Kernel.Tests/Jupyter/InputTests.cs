namespace Affect.Kernel.Tests.Jupyter;

public sealed class InputTests : IDisposable
{
    private readonly KernelClient client = new();

    public void Dispose() => client.Dispose();

    [Fact]
    public void A_cell_asks_after_what_it_has_printed_and_goes_on_with_the_answer()
    {
        var cell = client.SendCell("Console.Write(\"name? \"); var name = Console.ReadLine(); name + \"!\"", allowStdin: true);
        client.WaitForStream("name? ");
        var question = Answer("Åsa");
        Assert.Equal(("", false), (question.Text("prompt"), question.Flag("password", otherwise: true)));
        Assert.Equal("execute_result: Åsa!", client.Reply(cell).Said[^1]);
    }

    [Fact]
    public void Text_is_asked_for_with_a_prompt_and_passwords_are_hidden()
    {
        var cell = client.SendCell("var x = await GetInputAsync(\"colour?\"); var secret = await GetPasswordAsync(\"word?\"); display(secret); x + secret.GetClearTextPassword()".Replace("display(secret);", "Console.Write(secret);", StringComparison.Ordinal), allowStdin: true);
        Assert.Equal(("colour?", false), Told(Answer("red")));
        Assert.Equal(("word?", true), Told(Answer("hush")));
        Assert.Equal(["stdout: ********", "execute_result: redhush"], client.Reply(cell).Said.Skip(1));

        static (string, bool) Told(Message question) => (question.Text("prompt"), question.Flag("password", otherwise: false));
    }

    [Fact]
    public void Characters_are_read_from_whole_lines()
    {
        var cell = client.SendCell("$\"{(char)Console.Read()}{(char)Console.Read()}{(char)Console.Read()}|{Console.ReadLine()}\"", allowStdin: true);
        Answer("a");
        Answer("bcd");
        Assert.Equal("execute_result: a\nb|cd", client.Reply(cell).Said[^1]);
    }

    [Fact]
    public void Where_nobody_may_be_asked_the_cell_says_so()
    {
        var cell = client.Run("Console.ReadLine()");
        Assert.Equal("error", cell.Status);
        Assert.Contains("Nobody is at the keyboard", cell.Reply.Text("evalue"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_question_can_be_interrupted_and_its_late_answer_is_for_nobody()
    {
        var cell = client.SendCell("Console.ReadLine()", allowStdin: true);
        var question = client.Receive(Channel.Stdin);
        client.Ask("interrupt_request", channel: Channel.Control);
        Assert.Equal("Interrupted", client.Reply(cell).Reply.Text("ename"));
        client.Send("input_reply", new JsonObject { ["value"] = "late" }, Channel.Stdin);
        Assert.Equal("input_request", question.Type);
        Assert.True(client.IsQuiet(Channel.Shell));
        cell = client.SendCell("Console.ReadLine()", allowStdin: true);
        Answer("in time");
        Assert.Equal("execute_result: in time", client.Reply(cell).Said[^1]);
    }

    private Message Answer(string text)
    {
        var question = client.Receive(Channel.Stdin);
        Assert.Equal("input_request", question.Type);
        client.Send("input_reply", new JsonObject { ["value"] = text }, Channel.Stdin);
        return question;
    }
}
