namespace Affect.Notebook;

/// <summary>What the figures were made on: versions, programs, cores and memory, as a table without paths or names.</summary>
public static class MachineTable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Asks this machine.</summary>
    public static FigureTable Read() => new()
    {
        Caption = "This machine",
        Columns = ["what", "version"],
        Rows =
        [
            ["Affect", typeof(MachineTable).Assembly.GetName().Version!.ToString(3)],
            [".NET", Environment.Version.ToString()],
            ["libtorch", torch.__version__],
            ["ffmpeg", ProgramVersion("ffmpeg", "-version") ?? "not found: ./lab setup installs it"],
            ["espeak-ng", ProgramVersion("espeak-ng", "--version") ?? "not found: ./lab setup installs it"],
            ["system", $"{RuntimeInformation.OSDescription.Split(' ')[0]} {RuntimeInformation.ProcessArchitecture}"],
            ["cores", Number(Environment.ProcessorCount)],
            ["threads in an operation", Number(torch.get_num_threads())],
            ["memory", string.Create(CultureInfo.InvariantCulture, $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9:0.#} GB")],
            ["CUDA", torch.cuda.is_available() ? "a card is there" : "no card"],
        ],
    };

    // The first line's word that begins with a number, as in "ffmpeg version 5.1.6-0+deb12u1 Copyright ...".
    private static string? ProgramVersion(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, [argument]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            var line = process.StandardOutput.ReadLine() ?? "";
            process.StandardOutput.ReadToEnd();
            if (!process.WaitForExit(Patience)) process.Kill();
            return line.Split(' ').FirstOrDefault(word => word.Length > 0 && char.IsAsciiDigit(word[0])) ?? line;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
