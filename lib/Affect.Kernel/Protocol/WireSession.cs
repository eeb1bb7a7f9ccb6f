namespace Affect.Kernel.Protocol;

/// <summary>Makes frames of messages and messages of frames, signs the ones and verifies the others.</summary>
/// <remarks>
/// Jupyter's messaging protocol 5.4, "The Wire Protocol": <c>[identities] &lt;IDS|MSG&gt; signature header parent metadata content [buffers]</c>, the signature
/// being the HMAC-SHA256 of the four JSON frames as they are sent. Safe for threads.
/// </remarks>
/// <param name="key">The key of the connection file; empty signs and verifies nothing.</param>
internal sealed class WireSession(string key)
{
    internal const string ProtocolVersion = "5.4";

    // As many as Jupyter's own client remembers.
    private const int MostRemembered = 1 << 16;

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] key = Encoding.UTF8.GetBytes(key);
    private readonly string id = Guid.NewGuid().ToString("N");
    private readonly Lock gate = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Queue<string> seenInOrder = new();
    private long sent;

    /// <summary>A new message.</summary>
    internal Message New(string type, JsonObject content, Message? parent) => new()
    {
        Header = new JsonObject
        {
            ["msg_id"] = string.Create(CultureInfo.InvariantCulture, $"{id}_{Environment.ProcessId}_{Interlocked.Increment(ref sent)}"),
            ["msg_type"] = type,
            ["username"] = parent?.Header["username"]?.DeepClone() ?? "kernel",
            ["session"] = id,
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture),
            ["version"] = ProtocolVersion,
        },
        Parent = (JsonObject?)parent?.Header.DeepClone() ?? [],
        Content = content,
    };

    /// <summary>The frames of a message, signed.</summary>
    internal IReadOnlyList<byte[]> Pack(Message message)
    {
        byte[][] parts = [Bytes(message.Header), Bytes(message.Parent), Bytes(message.Metadata), Bytes(message.Content)];
        return [.. message.Identities, Delimiter, Encoding.ASCII.GetBytes(Sign(parts)), .. parts];
    }

    /// <summary>The message in some frames.</summary>
    /// <returns>Null where they are none of ours: cut short, signed by somebody else, or seen before.</returns>
    internal Message? Unpack(IReadOnlyList<byte[]> frames)
    {
        var at = 0;
        while (at < frames.Count && !frames[at].AsSpan().SequenceEqual(Delimiter)) at++;
        if (frames.Count - at < 6) return null;
        byte[][] parts = [frames[at + 2], frames[at + 3], frames[at + 4], frames[at + 5]];
        if (!IsGenuine(frames[at + 1], parts)) return null;
        try
        {
            return new Message
            {
                Identities = [.. frames.Take(at)],
                Header = Object(parts[0]),
                Parent = Object(parts[1]),
                Metadata = Object(parts[2]),
                Content = Object(parts[3]),
            };
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return null;
        }
    }

    private bool IsGenuine(byte[] signature, byte[][] parts)
    {
        if (key.Length == 0) return true;
        var expected = Sign(parts);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), signature)) return false;
        lock (gate)
        {
            if (!seen.Add(expected)) return false;
            seenInOrder.Enqueue(expected);
            if (seenInOrder.Count > MostRemembered) seen.Remove(seenInOrder.Dequeue());
            return true;
        }
    }

    private string Sign(byte[][] parts)
    {
        if (key.Length == 0) return "";
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts) hash.AppendData(part);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static JsonObject Object(byte[] json)
    {
        var parsed = JsonNode.Parse(json) as JsonObject ?? throw new JsonException("A part of the message is no object.");
        // Parsed lazily: names that stand twice are found now, not when somebody reads them.
        _ = parsed.Count;
        return parsed;
    }

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json, Json);
}
