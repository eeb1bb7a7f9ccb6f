namespace Affect.Training;

/// <summary>
/// A run folder in use: a lock that keeps other processes out, and <c>run.jsonl</c>, one JSON object a line, each with its <c>event</c>: <c>start</c>
/// (what is run, its configuration, the versions), then what happens.
/// </summary>
public sealed class RunLog : IDisposable
{
    /// <summary>The record's file name.</summary>
    public const string FileName = "run.jsonl";

    /// <summary>The folder, beside the record, of what was decided clip by clip.</summary>
    public const string DecisionsFolder = "decisions";

    private const string LockName = ".lock";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly FileStream gate;
    private readonly FileStream file;

    private RunLog(string folder, FileStream gate)
    {
        (Folder, this.gate) = (folder, gate);
        file = new FileStream(Path.Combine(folder, FileName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        file.Seek(0, SeekOrigin.End);
    }

    /// <summary>The run's folder.</summary>
    public string Folder { get; }

    /// <summary>How long the record is, in bytes.</summary>
    public long Length => file.Length;

    /// <summary>Opens a run folder, making it if it is missing; the record is added to.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">Another process is using it.</exception>
    public static RunLog Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        folder = Directory.CreateDirectory(folder).FullName;
        var own = Enter(folder);
        try
        {
            // Left by a run that was killed while it wrote; nobody else writes here now.
            foreach (var left in Directory.EnumerateFiles(folder, "*.tmp")) File.Delete(left);
            return new RunLog(folder, own);
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    /// <summary>Writes the first line: what is run, with which settings and versions.</summary>
    /// <param name="name">What is run.</param>
    /// <param name="config">The settings, as they are after every override; written by its public properties.</param>
    public void Start(string name, object config)
    {
        var assembly = typeof(RunLog).Assembly;
        Write("start", new
        {
            Name = name,
            Config = config,
            Version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion, // ends with + and the git hash of the build
            Runtime = RuntimeInformation.FrameworkDescription,
            Libtorch = typeof(TorchSharp.torch).Assembly.GetName().Name + " " + typeof(TorchSharp.torch).Assembly.GetName().Version,
            System = RuntimeInformation.OSDescription,
            Cores = Environment.ProcessorCount,
            Time = DateTimeOffset.UtcNow,
        });
    }

    /// <summary>Adds a line.</summary>
    /// <param name="kind">Its <c>event</c>.</param>
    /// <param name="values">What else it says; written by its public properties, in snake case.</param>
    public void Write(string kind, object values)
    {
        var line = JsonSerializer.SerializeToNode(values, values.GetType(), Json)!.AsObject();
        line.Insert(0, "event", kind);
        file.Write(Encoding.UTF8.GetBytes(line.ToJsonString(Json) + "\n"));
        file.Flush();
    }

    /// <summary>Keeps what a trained variant decided: its scores in the record, every clip in a csv file of its own.</summary>
    public void WriteResult(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var words = new[] { result.Variant, result.Trained, result.Present, result.Part }.Select(word => Regex.Replace(word, "[^A-Za-z0-9+]", "_", RegexOptions.None, Timeout.InfiniteTimeSpan));
        var name = FormattableString.Invariant($"{string.Join('-', words)}-{result.Seed}.csv");
        result.Decisions.Save(Path.Combine(Folder, DecisionsFolder, name));
        var scores = result.Decisions.Scores;
        Write("result", new
        {
            result.Variant,
            result.Recipe,
            result.Trained,
            result.Present,
            result.Part,
            result.Seed,
            File = name,
            scores.Waf,
            scores.Accuracy,
            scores.Uar,
            scores.MacroF1,
            scores.PerClassF1,
            result.Ceiling,
            result.IsSynthetic,
        });
    }

    /// <summary>Empties the record, to be written anew.</summary>
    public void Clear() => Truncate(0);

    /// <summary>Ends the record and lets the folder go.</summary>
    public void Dispose()
    {
        file.Dispose();
        gate.Dispose();
    }

    internal void Truncate(long length)
    {
        if (length < file.Length) file.SetLength(length);
        file.Seek(0, SeekOrigin.End);
    }

    private static FileStream Enter(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error)
        {
            throw new IOException($"{folder} is in use by another run; wait for its end or choose another folder.", error);
        }
    }
}
