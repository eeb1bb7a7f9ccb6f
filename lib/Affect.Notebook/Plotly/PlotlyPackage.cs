namespace Affect.Notebook.Plotly;

/// <summary>plotly.js as its authors published it on npm: fetched by npm when somebody asks, kept, and checked against the published hash at every use.</summary>
/// <param name="folder">Where the package is kept.</param>
/// <param name="npm">The program that fetches it.</param>
public sealed class PlotlyPackage(string folder, string npm = "npm")
{
    /// <summary>The version that the figures are written for.</summary>
    public const string Version = "4.1.2";

    private const string Name = "plotly.js-dist-min";
    private const string ScriptName = "package/plotly.min.js";

    /// <summary>The package's SHA-512 as npm tells it (<c>npm view plotly.js-dist-min@4.1.2 dist.integrity</c>).</summary>
    private const string Sha512 = "VSmS9KVNun16S8qFYYp9LlL/XBby4ueeGqB+K9AqRCVsup8dSpGULap4UyR1f2mz4pV3qjWp1sR5chwLgIKPoQ==";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private string Archive => Path.Combine(folder, FileName);

    private static string FileName => $"{Name}-{Version}.tgz";

    /// <summary>The library's text; the package is fetched where it is not kept yet.</summary>
    /// <exception cref="IOException">It cannot be fetched; the message says what to do.</exception>
    /// <exception cref="InvalidDataException">It is not what was published.</exception>
    public string Read()
    {
        if (!File.Exists(Archive)) Fetch();
        return Script(Check(Archive, RegularFile.ReadAllBytes(Archive)));
    }

    private void Fetch()
    {
        var work = Directory.CreateTempSubdirectory("affect-plotly-").FullName;
        try
        {
            Pack(work);
            var fetched = Path.Combine(work, FileName);
            var package = File.Exists(fetched) ? Check(fetched, RegularFile.ReadAllBytes(fetched)) : throw new IOException($"npm wrote no {FileName}. {Advice}");
            AtomicFile.Write(Archive, stream => stream.Write(package));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private void Pack(string work)
    {
        var program = OperatingSystem.IsWindows() && npm == "npm" ? "npm.cmd" : npm;
        var start = new ProcessStartInfo(program, ["pack", $"{Name}@{Version}", "--ignore-scripts", "--silent"])
        {
            WorkingDirectory = work,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            if (!process.WaitForExit(Patience))
            {
                process.Kill(entireProcessTree: true);
                throw new IOException($"npm did not fetch {Name} {Version} within {Patience.TotalMinutes} minutes. {Advice}");
            }
            if (process.ExitCode != 0) throw new IOException($"npm could not fetch {Name} {Version}: {OneLine(output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult())}. {Advice}");
        }
        catch (Win32Exception error)
        {
            throw new IOException($"plotly.js is fetched by npm, and {program} could not be run: {error.Message}. {Advice}", error);
        }
    }

    private static string Advice => $"With a plotly.min.js of your own, name its path instead; without, the figures stay still pictures.";

    private static byte[] Check(string path, byte[] package)
    {
        var found = Convert.ToBase64String(SHA512.HashData(package));
        return found == Sha512 ? package : throw new InvalidDataException($"{path} must be {Name} {Version} as it was published, with the SHA-512 {Sha512}, but has {found}. Delete it to have it fetched anew.");
    }

    private static string Script(byte[] package)
    {
        using var unpacked = new GZipStream(new MemoryStream(package), CompressionMode.Decompress);
        using var entries = new TarReader(unpacked);
        while (entries.GetNextEntry() is { } entry)
        {
            if (entry.Name != ScriptName || entry.DataStream is null) continue;
            using var text = new StreamReader(entry.DataStream);
            return text.ReadToEnd();
        }
        throw new InvalidDataException($"{Name} {Version} has no {ScriptName}.");
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
