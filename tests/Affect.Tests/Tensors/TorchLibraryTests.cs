namespace Affect.Tests.Tensors;

public sealed class TorchLibraryTests : IDisposable
{
    private const string Wish = "GLIBCXX_3.4.32";
    private const string Missing = "GLIBCXX_3.9.99";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [LinuxFact]
    public void The_binding_asks_for_one_version_that_it_does_not_use()
    {
        // Where this fails, upstream has mended it or asks for another: see environment.md.
        Assert.Equal([Wish], VersionNeeds.Weaken(File.ReadAllBytes(Binding()), "library"));
    }

    [LinuxFact]
    public void A_library_that_asks_for_a_version_which_no_system_has_is_loaded_as_a_copy()
    {
        var path = WithMissingVersion();
        Assert.Contains(Missing, Assert.Throws<DllNotFoundException>(() => NativeLibrary.Load(path)).Message, StringComparison.Ordinal);
        var cache = Path.Combine(folder.Path, "cache");
        Assert.NotEqual(IntPtr.Zero, NativeLibrary.GetExport(TorchLibrary.Load(path, cache), "THSTensor_matmul"));
        var copy = Assert.Single(Directory.GetFiles(cache, "*", SearchOption.AllDirectories));
        Assert.Equal(Missing, Assert.Single(VersionNeeds.Weaken(File.ReadAllBytes(path), path)));
        Assert.Equal(new FileInfo(path).Length, new FileInfo(copy).Length);
    }

    [LinuxFact]
    public void A_copy_is_made_once_for_each_content_and_anew_where_it_is_damaged()
    {
        var path = WithMissingVersion();
        var cache = Path.Combine(folder.Path, "cache");
        var copy = VersionNeeds.WeakCopy(path, cache);
        var whole = File.ReadAllBytes(copy);
        var made = File.GetLastWriteTimeUtc(copy);
        Assert.Equal(copy, VersionNeeds.WeakCopy(path, cache));
        Assert.Equal(made, File.GetLastWriteTimeUtc(copy));
        File.WriteAllBytes(copy, whole[..1000]);
        Assert.Equal(copy, VersionNeeds.WeakCopy(path, cache));
        Assert.Equal(whole, File.ReadAllBytes(copy));
        var other = whole.ToArray();
        other[^1] ^= 1;
        File.WriteAllBytes(path, other);
        Assert.NotEqual(copy, VersionNeeds.WeakCopy(path, cache));
    }

    [LinuxFact]
    public void Where_no_copy_can_be_kept_one_is_made_for_the_process()
    {
        var file = Path.Combine(folder.Path, "file");
        File.WriteAllText(file, "no folder");
        Assert.NotEqual(IntPtr.Zero, TorchLibrary.Load(WithMissingVersion(), Path.Combine(file, "cache")));
        Assert.NotEqual(IntPtr.Zero, TorchLibrary.Load(WithMissingVersion(), cache: null));
        Assert.Equal("no folder", File.ReadAllText(file));
    }

    [LinuxFact]
    public void What_cannot_be_loaded_at_all_is_told_with_the_remedy()
    {
        var path = Path.Combine(folder.Path, "libLibTorchSharp.so");
        File.WriteAllText(path, "no library");
        var message = Assert.Throws<DllNotFoundException>(() => TorchLibrary.Load(path, folder.Path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("must be a 64-bit little-endian ELF file", message, StringComparison.Ordinal);
        Assert.Contains("Debian 12, Ubuntu 22.04, or newer", message, StringComparison.Ordinal);
        Assert.Contains("container", message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_library_that_is_cut_off_is_refused()
    {
        var whole = File.ReadAllBytes(Binding());
        foreach (var length in new[] { 6, 0x3B, 1000, whole.Length / 2 })
            Assert.Contains("cut.so", Assert.Throws<InvalidDataException>(() => VersionNeeds.Weaken(whole[..length], "cut.so")).Message, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void Numbers_handed_to_libtorch_outlive_the_call()
    {
        TorchLibrary.Load();
        using var tensor = zeros(1);
        Scalar number = 0.5;
        tensor.fill_(number);
        number.Dispose();
        Assert.True(NumberLifetime.Waiting > 0, "a number was freed at once");
        // They do go in the end.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var most = 0;
        for (; clock.Elapsed < TimeSpan.FromSeconds(60); Thread.Sleep(50))
        {
            most = Math.Max(most, NumberLifetime.Waiting);
            ((Scalar)1).Dispose();
            if (NumberLifetime.Waiting < most) return;
        }
        Assert.Fail($"{NumberLifetime.Waiting} numbers still wait");
    }

    [Fact]
    public void TorchSharp_lets_go_of_a_number_before_the_call_that_reads_it()
    {
        // Where this fails, upstream keeps it alive, and NumberLifetime can go.
        var body = typeof(Tensor).GetMethod(nameof(Tensor.fill_), [typeof(Scalar)])!.GetMethodBody()!.GetILAsByteArray()!;
        var called = new List<string>();
        for (var i = 0; i + 4 < body.Length; i++)
            if (body[i] is 0x28 or 0x6F && NameOf(BinaryPrimitives.ReadInt32LittleEndian(body.AsSpan(i + 1))) is { } name) called.Add(name);
        Assert.Contains("THSTensor_fill_", called);
        Assert.DoesNotContain("KeepAlive", called);
        Assert.DoesNotContain("Dispose", called);

        static string? NameOf(int token)
        {
            try
            {
                return typeof(Tensor).Module.ResolveMethod(token)?.Name;
            }
            catch (ArgumentException)
            {
                return null; // the byte was no call
            }
        }
    }

    // The same library, asking for a version of a name as long that does not exist anywhere.
    private string WithMissingVersion()
    {
        var bytes = File.ReadAllBytes(Binding());
        var name = bytes.AsSpan().IndexOf("GLIBCXX_3.4.32\0"u8);
        Assert.True(name > 0);
        "GLIBCXX_3.9.99"u8.CopyTo(bytes.AsSpan(name));
        var hash = bytes.AsSpan().IndexOf(BitConverter.GetBytes(ElfHash(Wish)));
        Assert.True(hash > 0);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(hash), ElfHash(Missing));
        var path = Path.Combine(folder.Path, "libLibTorchSharp.so");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static string Binding()
    {
        var home = AppContext.BaseDirectory;
        return Directory.GetFiles(home, "libLibTorchSharp.so", SearchOption.AllDirectories).First();
    }

    // System V ABI, "Hash Table".
    private static uint ElfHash(string name)
    {
        uint hash = 0;
        foreach (var letter in name)
        {
            hash = (hash << 4) + letter;
            var top = hash & 0xf0000000;
            hash = (hash ^ (top >> 24)) & ~top;
        }
        return hash;
    }
}
