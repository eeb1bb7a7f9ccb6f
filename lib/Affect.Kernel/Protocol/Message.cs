namespace Affect.Kernel.Protocol;

/// <summary>One message of Jupyter's protocol.</summary>
internal sealed record Message
{
    /// <summary>Whom an answer is routed to; on iopub the topic.</summary>
    internal IReadOnlyList<byte[]> Identities { get; init; } = [];

    /// <summary>Who says what, when: <c>msg_id, msg_type, session, username, date, version</c>.</summary>
    internal required JsonObject Header { get; init; }

    /// <summary>The header of the message that this one is about; empty where it is about none.</summary>
    internal JsonObject Parent { get; init; } = [];

    internal JsonObject Metadata { get; init; } = [];

    internal JsonObject Content { get; init; } = [];

    /// <summary>What kind it is, as in <c>execute_request</c>.</summary>
    internal string Type => Text(Header, "msg_type");

    /// <summary>A text of the content; empty where there is none.</summary>
    internal string Text(string name) => Text(Content, name);

    /// <summary>A switch of the content.</summary>
    internal bool Flag(string name, bool otherwise) => Content[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : otherwise;

    /// <summary>A number of the content.</summary>
    internal int Number(string name, int otherwise) => Content[name] is JsonValue value && value.TryGetValue<int>(out var number) ? number : otherwise;

    private static string Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
}
