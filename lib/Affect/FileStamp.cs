namespace Affect;

/// <summary>
/// What a remembered result about a file rests on: which file a path leads to, links followed (inode, time of birth), its size, when it was written
/// and when it was last changed in any way. A link that points elsewhere, a file put in another's place, and one written anew have another stamp.
/// </summary>
/// <remarks>
/// The time of writing can be set by whoever owns the file, the time of change by nobody, so that a file with a forged time has another stamp too. A
/// clock counts in steps, 2 s at the coarsest: a stamp that <see cref="IsFresh"/> is no proof that the file will not change without a trace. Where
/// the system does not say when a file was changed, as outside Linux, a forged time is believed.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FileStamp
{
    private const long ClockStep = 3_000_000_000;

    private ulong Inode { get; init; }

    private long Born { get; init; }

    private long Size { get; init; }

    private long Modified { get; init; }

    private long Changed { get; init; }

    /// <summary>Whether the file was written so lately that it could change again without a new time.</summary>
    internal bool IsFresh =>
        (DateTime.UtcNow - DateTime.UnixEpoch).TotalNanoseconds is var now && (now - Modified < ClockStep || now - Changed < ClockStep);

    /// <summary>The stamp of the file that a path leads to; null where there is none.</summary>
    internal static FileStamp? Of(string path) => FileStatus.Of(path) is { Kind: FileKind.Regular } file
        ? new FileStamp { Inode = file.Inode, Born = file.Born, Size = file.Size, Modified = file.Modified, Changed = file.Changed }
        : null;

    /// <summary>Whether a stamp that was written down is of the same content.</summary>
    /// <param name="size">As <see cref="SizeText"/> gave it.</param>
    /// <param name="times">As <see cref="TimesText"/> gave it.</param>
    internal bool IsOf(string size, string times) => size == SizeText && times == TimesText;

    /// <summary>The size, to be written down.</summary>
    internal string SizeText => Text(Size);

    /// <summary>Times and inode, to be written down.</summary>
    internal string TimesText => string.Create(CultureInfo.InvariantCulture, $"{Modified}.{Born}.{Inode}.{Changed}");

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
