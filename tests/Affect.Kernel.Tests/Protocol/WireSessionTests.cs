namespace Affect.Kernel.Tests.Protocol;

public sealed class WireSessionTests
{
    [Fact]
    public void A_message_is_signed_over_its_four_parts_as_they_are_sent()
    {
        var wire = new WireSession("key");
        var frames = wire.Pack(wire.New("stream", new JsonObject { ["text"] = "é ∑ 😀" }, parent: null) with { Identities = [[1, 2]] });
        Assert.Equal([1, 2], frames[0]);
        Assert.Equal("<IDS|MSG>", Encoding.ASCII.GetString(frames[1]));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData("key"u8, (byte[])[.. frames[3], .. frames[4], .. frames[5], .. frames[6]]));
        Assert.Equal(signature, Encoding.ASCII.GetString(frames[2]));
        Assert.Equal("é ∑ 😀", JsonNode.Parse(frames[6])!["text"]!.ToString());
    }

    [Fact]
    public void What_was_packed_is_unpacked_once()
    {
        var (mine, other) = (new WireSession("key"), new WireSession("key"));
        var frames = mine.Pack(mine.New("status", new JsonObject { ["execution_state"] = "idle" }, parent: null) with { Identities = [[7]] });
        var message = other.Unpack([.. frames, "a buffer"u8.ToArray()])!;
        Assert.Equal(("status", "idle"), (message.Type, message.Text("execution_state")));
        Assert.Equal([7], message.Identities.Single());
        Assert.Null(other.Unpack(frames));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("no json")]
    public void A_part_that_is_no_object_makes_no_message(string part)
    {
        var wire = new WireSession("");
        var bytes = Encoding.UTF8.GetBytes(part);
        Assert.Null(wire.Unpack(["<IDS|MSG>"u8.ToArray(), [], "{}"u8.ToArray(), bytes, "{}"u8.ToArray(), "{}"u8.ToArray()]));
        Assert.NotNull(wire.Unpack(["<IDS|MSG>"u8.ToArray(), [], "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray(), "{}"u8.ToArray()]));
    }

    [Fact]
    public void An_answer_names_the_message_it_is_about()
    {
        var wire = new WireSession("key");
        var request = wire.New("execute_request", [], parent: null);
        var reply = wire.New("execute_reply", [], request);
        Assert.True(JsonNode.DeepEquals(request.Header, reply.Parent));
        Assert.NotEqual(request.Header["msg_id"]!.ToString(), reply.Header["msg_id"]!.ToString());
    }
}
