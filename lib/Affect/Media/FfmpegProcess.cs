namespace Affect.Media;

/// <summary>One child of ffmpeg: fed and read through pipes, watched, and never left behind.</summary>
internal sealed class FfmpegProcess : IDisposable
{
    private readonly Process process;
    private readonly string mediaPath;
    private readonly TimeSpan stallLimit;
    private readonly CancellationToken cancellation;
    private readonly CancellationTokenRegistration registration;
    private readonly Timer watchdog;
    private volatile bool isStalled;

    /// <summary>Starts a child with an argument list; no shell sees it.</summary>
    /// <exception cref="FileNotFoundException">The program is not installed.</exception>
    internal FfmpegProcess(FfmpegConfig config, IEnumerable<string> arguments, string mediaPath, CancellationToken cancellation,
        bool feeds = false, bool probes = false)
    {
        cancellation.ThrowIfCancellationRequested();
        this.mediaPath = mediaPath;
        Log = new FfmpegLog(MediaPath.ForFfmpeg(mediaPath));
        this.cancellation = cancellation;
        stallLimit = TimeSpan.FromSeconds(config.StallSeconds);
        var program = probes ? config.ProbeProgram : config.Program;
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = feeds,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // Neither a report file in the working folder nor colours in the messages.
        start.Environment.Remove("FFREPORT");
        start.Environment["AV_LOG_FORCE_NOCOLOR"] = "1";
        // Debian's ffmpeg links OpenBLAS, which else starts a thread per core at every start; and our allocator's settings are not the child's.
        start.Environment["OPENBLAS_NUM_THREADS"] = "1";
        start.Environment.Remove("GLIBC_TUNABLES");
        process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null) Log.Add(line.Data);
            else Log.Close();
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            process.Dispose();
            throw new FileNotFoundException(
                $"{program} could not be started ({error.Message}); every media file is read and written by ffmpeg. ./lab setup installs it " +
                "(Debian and Ubuntu: apt install ffmpeg; elsewhere: https://ffmpeg.org/download.html).", program, error);
        }
        process.BeginErrorReadLine();
        watchdog = new Timer(_ => End(stalled: true), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        registration = cancellation.Register(() => End(stalled: false));
    }

    /// <summary>What the child said; complete after <see cref="WaitForExit"/>.</summary>
    internal FfmpegLog Log { get; }

    /// <summary>Runs a child to its end and collects what it writes.</summary>
    /// <param name="config">Which ffmpeg.</param>
    /// <param name="arguments">What it is to do.</param>
    /// <param name="mediaPath">The file that errors name.</param>
    /// <param name="cancellation">Ends the child.</param>
    /// <param name="until">Ends the child early where it says so, asked before each block.</param>
    /// <param name="feed">Gives the child its input; null: it has none.</param>
    /// <param name="probes">Whether it is ffprobe.</param>
    internal static FfmpegOutput Run(FfmpegConfig config, IEnumerable<string> arguments, string mediaPath, CancellationToken cancellation,
        Func<FfmpegLog, bool>? until = null, Func<FfmpegProcess, Task>? feed = null, bool probes = false)
    {
        using var child = new FfmpegProcess(config, arguments, mediaPath, cancellation, feeds: feed is not null, probes);
        var feeding = feed?.Invoke(child);
        var written = new MemoryStream();
        var block = new byte[1 << 16];
        while (until?.Invoke(child.Log) != true && child.Read(block) is > 0 and var count)
        {
            if (written.Length + count > Array.MaxLength) return new FfmpegOutput(child.Log, ExitCode: 0, Bytes: default, IsTooLong: true);
            written.Write(block, 0, count);
        }
        var exitCode = until?.Invoke(child.Log) == true ? 0 : child.WaitForExit();
        feeding?.GetAwaiter().GetResult();
        return new FfmpegOutput(child.Log, exitCode, written.GetBuffer().AsMemory(0, (int)written.Length), IsTooLong: false);
    }

    /// <summary>Reads what the child writes; 0 at the end.</summary>
    internal int Read(Span<byte> buffer)
    {
        Watch();
        var count = process.StandardOutput.BaseStream.Read(buffer);
        Unwatch();
        return count;
    }

    /// <summary>Gives the child bytes; false once it no longer takes any: its exit code and last words say why.</summary>
    internal bool Write(ReadOnlySpan<byte> bytes)
    {
        Watch();
        try
        {
            process.StandardInput.BaseStream.Write(bytes);
        }
        catch (IOException)
        {
            return false;
        }
        Unwatch();
        return true;
    }

    /// <summary>Gives the child all of its input while another thread reads what it writes.</summary>
    internal Task Feed<T>(ReadOnlyMemory<T> items) where T : unmanaged => Task.Run(() =>
    {
        const int Block = 1 << 18;
        try
        {
            for (var done = 0; done < items.Length; done += Block)
                process.StandardInput.BaseStream.Write(MemoryMarshal.AsBytes(items.Span.Slice(done, Math.Min(Block, items.Length - done))));
        }
        catch (Exception error) when (IsGone(error))
        {
            // As in Write.
        }
        CloseInput();
    });

    /// <summary>Waits for the time and size of the next picture; null after the last one, or when the child hung and was ended.</summary>
    internal FfmpegLog.PictureStamp? NextStamp()
    {
        Watch();
        var stamp = Log.NextStamp();
        Unwatch();
        return stamp;
    }

    /// <summary>Tells the child that nothing more comes.</summary>
    internal void CloseInput()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (Exception error) when (IsGone(error))
        {
            // As in Write.
        }
    }

    /// <summary>Waits for the child's end.</summary>
    /// <returns>Its exit code.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; the child has been ended.</exception>
    /// <exception cref="MediaException">The child hung and has been ended.</exception>
    internal int WaitForExit()
    {
        Watch();
        process.WaitForExit();
        Unwatch();
        cancellation.ThrowIfCancellationRequested();
        if (isStalled)
        {
            throw new MediaException(mediaPath, FormattableString.Invariant(
                $"{process.StartInfo.FileName} gave no sign of life for {stallLimit.TotalSeconds} s and was ended. ")
                + "Is the disk reachable, or the file damaged?");
        }
        return process.ExitCode;
    }

    /// <summary>Ends the child if it still runs, and waits until it has gone.</summary>
    public void Dispose()
    {
        registration.Dispose();
        watchdog.Dispose();
        End(stalled: false);
        process.WaitForExit();
        process.Dispose();
    }

    private static bool IsGone(Exception error) => error is IOException or ObjectDisposedException or InvalidOperationException;

    // Only while we wait for the child: whoever feeds or empties it may take any time.
    private void Watch() => watchdog.Change(stallLimit, Timeout.InfiniteTimeSpan);

    private void Unwatch() => watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private void End(bool stalled)
    {
        try
        {
            if (process.HasExited) return;
            isStalled |= stalled;
            process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It ended by itself in between.
        }
    }
}
