namespace Affect.Tests.Checkpoints;

/// <summary>Files nested without end, and csv without ends of lines, are refused; none overflows the stack.</summary>
public sealed class DeepNestingTests : IDisposable
{
    private const int Deep = 200_000;
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("[")]
    [InlineData("{\"a\":")]
    public void Deep_json_is_refused_by_every_reader(string opening)
    {
        var text = (opening[0] == '[' ? "{\"a\":" : "") + string.Concat(Enumerable.Repeat(opening, Deep));
        var path = folder.File("deep.json", text);
        Assert.Contains(path, Assert.Throws<FormatException>(() => ConfigFile.Open(path)).Message, StringComparison.Ordinal);
        Assert.Contains(path, Assert.Throws<FormatException>(() => ConfigFile.ReadObject(path)).Message, StringComparison.Ordinal);
        Assert.Contains(path, Assert.Throws<FormatException>(() => LayerCurve.Load(path)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => FeatureStore.Open(Path.GetDirectoryName(folder.File("store/store.json", text))!));
        Assert.Throws<FormatException>(() => RunRecord.Load(Path.GetDirectoryName(folder.File($"run/{RunLog.FileName}", text + "\n{}\n"))!));

        var header = Encoding.UTF8.GetBytes(text);
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        File.WriteAllBytes(folder.In("deep.safetensors"), [.. prefix, .. header]);
        Assert.Contains("not valid JSON", Assert.Throws<FormatException>(() => SafetensorsFile.Open(folder.In("deep.safetensors"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_pickles_are_read_without_recursion()
    {
        byte[] lists = [0x80, 2, .. Enumerable.Repeat((byte)']', Deep), .. Enumerable.Repeat((byte)'a', Deep - 1), (byte)'.'];
        Assert.IsType<List<object?>>(new Unpickler("deep", lists, new Dictionary<string, object>()).Load());
        byte[] tuples = [0x80, 2, (byte)'N', .. Enumerable.Repeat((byte)0x85, Deep), (byte)'.'];
        Assert.IsType<object?[]>(new Unpickler("deep", tuples, new Dictionary<string, object>()).Load());
    }

    [Fact]
    public void A_manifest_without_ends_of_lines_is_refused()
    {
        var path = folder.File("m.csv", new string(',', 1 << 22));
        Assert.StartsWith(path, Assert.Throws<FormatException>(() => Manifest.Read(path)).Message, StringComparison.Ordinal);
        path = folder.File("n.csv", "clip,audio,speaker,emotion\n\"" + new string('a', 1 << 24));
        Assert.StartsWith(path, Assert.Throws<FormatException>(() => Manifest.Read(path)).Message, StringComparison.Ordinal);
    }
}
