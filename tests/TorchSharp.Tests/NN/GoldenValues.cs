using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Affect.Tests;
using static TorchSharp.torch;

namespace TorchSharp.Tests.NN;

/// <summary>PyTorch's values, by the names that the folder's <c>generate.py</c> gives them.</summary>
internal sealed class GoldenValues
{
    private readonly byte[] data;
    private readonly JsonElement header;
    private readonly int start;

    private GoldenValues(byte[] data)
    {
        this.data = data;
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(data);
        header = JsonDocument.Parse(data.AsMemory(8, length)).RootElement;
        start = 8 + length;
    }

    public IReadOnlyList<string> Names => [.. header.EnumerateObject().Select(entry => entry.Name)];

    public static GoldenValues Open(string name, string folder = "nn") => new(File.ReadAllBytes(Repository.Golden(folder, name + ".safetensors")));

    public bool Has(string name) => header.TryGetProperty(name, out _);

    public Tensor this[string name]
    {
        get
        {
            var entry = header.GetProperty(name);
            var shape = entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()).ToArray();
            var offsets = entry.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt32()).ToArray();
            var bytes = data.AsSpan(start + offsets[0], offsets[1] - offsets[0]);
            return entry.GetProperty("dtype").GetString() switch
            {
                "F32" => tensor(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), shape),
                "F64" => tensor(MemoryMarshal.Cast<byte, double>(bytes).ToArray(), shape),
                "I64" => tensor(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), shape),
                "I32" => tensor(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), shape),
                "U8" => tensor(bytes.ToArray(), shape),
                "BOOL" => tensor(MemoryMarshal.Cast<byte, bool>(bytes).ToArray(), shape),
                var other => throw new InvalidDataException($"{name} has the type {other}."),
            };
        }
    }
}
