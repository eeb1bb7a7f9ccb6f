namespace Affect.Tests;

/// <summary>Things that bear a file's name and are none.</summary>
internal static class OddFiles
{
    /// <summary>Everything that a reader must refuse, with a word that its error must say; made in a folder.</summary>
    public static IEnumerable<(string Path, string Kind)> In(string folder, string ending)
    {
        yield return (Pipe(Path.Combine(folder, "pipe" + ending)), "a named pipe");
        yield return ("/dev/zero", "a device");
        yield return (Link(Path.Combine(folder, "zero" + ending), "/dev/zero"), "a device");
        yield return (Directory.CreateDirectory(Path.Combine(folder, "folder" + ending)).FullName, "folder");
        yield return ("/proc/self/status", "a file that the kernel makes up");
        yield return (Socket(Path.Combine(folder, "s" + ending)), "a socket");
    }

    public static string Pipe(string path)
    {
        using var make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
        return path;
    }

    public static string Link(string path, string target)
    {
        File.CreateSymbolicLink(path, target);
        return path;
    }

    /// <summary>What an action throws; it may not take longer than a minute, as one that waits for a pipe would.</summary>
    public static async Task<Exception?> Thrown(Action action)
    {
        var work = Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var ended = await Task.WhenAny(work, Task.Delay(TimeSpan.FromMinutes(1)));
        Assert.True(ended == work, "it waits, or reads without end");
        return work.Exception?.InnerException;
    }

    private static string Socket(string path)
    {
        // Left open: disposing of it removes it.
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return path;
    }
}
