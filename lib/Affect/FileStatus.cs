namespace Affect;

/// <summary>What the file system knows of the file that a path leads to, all links followed; nothing is opened.</summary>
/// <remarks>
/// On Linux by <c>statx</c>, whose layout is the same on every processor (struct statx of linux/stat.h). Elsewhere by the runtime, which tells
/// neither kinds nor inodes: whatever is there and no folder counts as a regular file.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly partial record struct FileStatus
{
    private const int CurrentFolder = -100;                                     // AT_FDCWD
    private const uint BasicAndBirth = 0xFFF;                                   // STATX_BASIC_STATS | STATX_BTIME
    private const int StatxSize = 256;

    /// <summary>What it is.</summary>
    internal FileKind Kind { get; private init; }

    /// <summary>Its number in the file system; 0 where it is not known.</summary>
    internal ulong Inode { get; private init; }

    /// <summary>Its size in bytes.</summary>
    internal long Size { get; private init; }

    /// <summary>When its content was written, in nanoseconds since 1970; whoever owns the file can set it.</summary>
    internal long Modified { get; private init; }

    /// <summary>When anything about it was changed, in nanoseconds since 1970; nobody can set it. 0 where it is not known.</summary>
    internal long Changed { get; private init; }

    /// <summary>When the file came to be, in nanoseconds since 1970; 0 where it is not known.</summary>
    internal long Born { get; private init; }

    /// <summary>The status of what a path leads to; null where nothing is there.</summary>
    internal static FileStatus? Of(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path.Contains('\0')) return null;
        if (OperatingSystem.IsLinux()) return Read(path) is { } found ? found.Status : null;
        if (Directory.Exists(path)) return new FileStatus { Kind = FileKind.Folder };
        if (!File.Exists(path)) return null;
        var file = new FileInfo(path);
        var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return new FileStatus
        {
            Kind = FileKind.Regular,
            Size = target.Length,
            Modified = Nanoseconds(target.LastWriteTimeUtc),
            Born = Nanoseconds(target.CreationTimeUtc),
        };
    }

    // The status, and the numbers of the device that the file lies on.
    private static (FileStatus Status, ulong Device)? Read(string path, bool asksForKind = true)
    {
        Span<byte> found = stackalloc byte[StatxSize];
        if (Statx(CurrentFolder, path, flags: 0, BasicAndBirth, ref MemoryMarshal.GetReference(found)) != 0) return null;
        var device = BitConverter.ToUInt64(found[0x88..]);
        return (new FileStatus
        {
            Kind = asksForKind ? KindOf(BitConverter.ToUInt16(found[0x1C..]), device) : FileKind.Other,
            Inode = BitConverter.ToUInt64(found[0x20..]),
            Size = BitConverter.ToInt64(found[0x28..]),
            Born = Time(found[0x50..]),
            Changed = Time(found[0x60..]),
            Modified = Time(found[0x70..]),
        }, device);
    }

    private static FileKind KindOf(ushort mode, ulong device) => (mode & 0xF000) switch
    {
        0x8000 => IsOnDeviceOf("/proc", device) || IsOnDeviceOf("/sys", device) ? FileKind.Kernel : FileKind.Regular,
        0x4000 => FileKind.Folder,
        0x1000 => FileKind.Pipe,
        0xC000 => FileKind.Socket,
        0x2000 or 0x6000 => FileKind.Device,
        _ => FileKind.Other,
    };

    // The kernel's own file systems are told by where they are mounted. Where nothing is mounted there, the folder is an ordinary one of the root's.
    private static bool IsOnDeviceOf(string mount, ulong device) =>
        Read(mount, asksForKind: false) is { } kernel && kernel.Device == device && Read("/", asksForKind: false) is { } root
            && root.Device != device;

    private static long Time(ReadOnlySpan<byte> time) => (BitConverter.ToInt64(time) * 1_000_000_000) + BitConverter.ToUInt32(time[8..]);

    private static long Nanoseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, ref byte status);
}
