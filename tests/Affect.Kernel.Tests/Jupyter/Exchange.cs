namespace Affect.Kernel.Tests.Jupyter;

/// <summary>A reply, and what was published about its request.</summary>
internal sealed record Exchange(Message Reply, IReadOnlyList<Message> Published)
{
    public string Status => Reply.Text("status");

    public JsonObject Content => Reply.Content;

    /// <summary>A line per message, without busy and idle at the ends.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            Assert.Equal(["busy", "idle"], ((Message[])[Published[0], Published[^1]]).Select(message => message.Text("execution_state")));
            return [.. Published.Skip(1).SkipLast(1).Select(Line)];
        }
    }

    public Message Only(string type) => Published.Single(message => message.Type == type);

    private static string Line(Message message) => message.Type switch
    {
        "execute_input" => $"input {message.Content["execution_count"]}: {message.Text("code")}",
        "stream" => $"{message.Text("name")}: {message.Text("text")}",
        "display_data" or "update_display_data" or "execute_result" => $"{message.Type}: {message.Content["data"]?["text/plain"]}",
        "error" => $"error: {message.Text("ename")}: {message.Text("evalue")}",
        var type => $"{type}",
    };
}
