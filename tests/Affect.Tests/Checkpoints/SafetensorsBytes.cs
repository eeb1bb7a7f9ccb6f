namespace Affect.Tests.Checkpoints;

/// <summary>Builds safetensors files byte by byte, good ones and bad ones.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Build(string header, int dataBytes, ulong? claimedLength = null)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(file, claimedLength ?? (ulong)json.Length);
        json.CopyTo(file, 8);
        return file;
    }

    public static string Write(string folder, string header, int dataBytes, ulong? claimedLength = null)
    {
        var path = Path.Combine(folder, "model.safetensors");
        File.WriteAllBytes(path, Build(header, dataBytes, claimedLength));
        return path;
    }
}
