namespace Affect.Kernel.Install;

/// <summary>What tells Jupyter how to start a kernel: the file <c>kernels/NAME/kernel.json</c>.</summary>
public sealed record KernelSpec
{
    /// <summary>The name that our notebooks ask for: .NET Interactive's, so that they open there too.</summary>
    public const string NotebookName = ".net-csharp";

    /// <summary>The kernel's name, which no other kernel has.</summary>
    public const string OwnName = "affect-csharp";

    private const string FileName = "kernel.json";
    private const string Mark = "affect_version";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The folder's name.</summary>
    public required string Name
    {
        get;
        init => field = IsName(value) ? value :
            throw new FormatException($"A kernel's name consists of letters, digits, '.', '_' and '-', but was '{value}'.");
    }

    /// <summary>What a menu shows.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The command that starts it; <c>{connection_file}</c> stands for the file that Jupyter writes.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The folder that holds it; null for one that is not written yet.</summary>
    public string? Folder { get; init; }

    /// <summary>Whether this laboratory wrote it.</summary>
    public bool IsOurs { get; init; }

    /// <summary>The environment variables that it is started with.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = Settings;

    /// <summary>
    /// What libtorch's speed depends on and must be set before a process starts, as the script <c>lab</c> sets it for itself: memory is kept, in huge
    /// pages, not handed back and asked for anew at every tensor; threads that wait sleep, where by default they spin.
    /// </summary>
    public static IReadOnlyDictionary<string, string> TensorSettings { get; } = new Dictionary<string, string>
    {
        ["GLIBC_TUNABLES"] = "glibc.malloc.hugetlb=1:glibc.malloc.mmap_max=0:glibc.malloc.trim_threshold=8000000000",
        ["OMP_WAIT_POLICY"] = "PASSIVE",
    };

    private static readonly Dictionary<string, string> DotnetSettings = new(TensorSettings)
    {
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
    };

    /// <summary>
    /// The environment variables that our kernel is started with. Without profiles the compiler's code is not instrumented first: a kernel and its
    /// first cell take 1.3 instead of 1.65 seconds of processor time.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>(DotnetSettings)
    {
        ["DOTNET_TieredPGO"] = "0",
        [DotnetHost.Variable] = DotnetHost.Path,
        // A build without a libtorch of its own finds it by this.
        ["LIBTORCH"] = Environment.GetEnvironmentVariable("LIBTORCH") ?? "",
    };

    /// <summary>This program as a kernel.</summary>
    /// <param name="name">The spec's name.</param>
    /// <param name="program">The program's dll, which knows the command <c>kernel start</c>.</param>
    public static KernelSpec Of(string name, string program) => new()
    {
        Name = name,
        DisplayName = "C# (Affect)",
        Arguments = [.. Command(Path.GetFullPath(program)), "kernel", "start", "{connection_file}"],
        IsOurs = true,
    };

    /// <summary>.NET Interactive as a kernel: the tool that the clone's manifest names, which is found from any folder of the clone.</summary>
    /// <param name="name">The spec's name.</param>
    public static KernelSpec OfDotnetInteractive(string name) => new()
    {
        Name = name,
        DisplayName = ".NET (C#)",
        // Its figures need no server, but it has one: for this machine alone.
        Arguments = [DotnetHost.Path, "tool", "run", "dotnet-interactive", "--", "jupyter", "--http-local-only", "--default-kernel", "csharp", "{connection_file}"],
        Variables = new Dictionary<string, string>(DotnetSettings)
        {
            ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_INTERACTIVE_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
        },
    };

    /// <summary>The specs of a data folder of Jupyter.</summary>
    /// <param name="data">A folder that may have a folder <c>kernels</c>.</param>
    public static IEnumerable<KernelSpec> In(string data)
    {
        var kernels = Path.Combine(data, "kernels");
        return Directory.Exists(kernels) ? Directory.GetDirectories(kernels).Order(StringComparer.Ordinal).Select(Read).OfType<KernelSpec>() : [];
    }

    /// <summary>Writes it, whole or not at all.</summary>
    /// <param name="data">The data folder; the spec comes into <c>kernels/NAME</c> below it.</param>
    /// <returns>The spec's folder.</returns>
    public string Write(string data)
    {
        var folder = Path.Combine(data, "kernels", Name);
        var json = new JsonObject
        {
            ["argv"] = new JsonArray([.. Arguments.Select(argument => (JsonNode)argument)]),
            ["display_name"] = DisplayName,
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["env"] = new JsonObject(Variables.Select(setting => KeyValuePair.Create<string, JsonNode?>(setting.Key, setting.Value))),
            ["metadata"] = new JsonObject { ["debugger"] = false, [Mark] = KernelInfo.Version },
        };
        WholeFile.Write(Path.Combine(folder, FileName), json.ToJsonString(Indented) + "\n");
        return folder;
    }

    // Published, it is a program; built, a dll that dotnet runs.
    private static string[] Command(string program) => !DotnetHost.IsThisProcess && Environment.ProcessPath is { } self
        && Path.ChangeExtension(self, null) == Path.ChangeExtension(program, null) ? [self] : [DotnetHost.Path, program];

    private static KernelSpec? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path) || !IsName(Path.GetFileName(folder))) return null;
        try
        {
            var json = JsonNode.Parse(SourceFile.ReadAllText(path));
            return new KernelSpec
            {
                Name = Path.GetFileName(folder),
                DisplayName = json?["display_name"]?.ToString() ?? "",
                Arguments = [.. json?["argv"]?.AsArray().Select(argument => argument?.ToString() ?? "") ?? []],
                Folder = folder,
                IsOurs = json?["metadata"]?[Mark] is not null,
            };
        }
        catch (Exception error) when (error is JsonException or IOException or InvalidOperationException)
        {
            // Somebody else's broken spec is Jupyter's to complain of.
            return null;
        }
    }

    private static bool IsName(string name) =>
        name is not ("" or "." or "..") && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-');
}
