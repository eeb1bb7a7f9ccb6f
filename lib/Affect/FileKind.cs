namespace Affect;

/// <summary>What a path leads to, links followed.</summary>
internal enum FileKind
{
    /// <summary>Bytes on a disk: the only kind that has an end and can be read twice.</summary>
    Regular,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A named pipe: reading waits until somebody writes.</summary>
    Pipe,

    /// <summary>A socket.</summary>
    Socket,

    /// <summary>A device, such as a terminal or <c>/dev/zero</c>, which may have no end.</summary>
    Device,

    /// <summary>A file that the kernel makes up when it is read, as below <c>/proc</c> and <c>/sys</c>.</summary>
    Kernel,

    /// <summary>Something else.</summary>
    Other,
}
