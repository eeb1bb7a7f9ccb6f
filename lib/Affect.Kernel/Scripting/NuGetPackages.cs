namespace Affect.Kernel.Scripting;

/// <summary>The packages that a session's cells ask for with <c>#r "nuget: NAME, VERSION"</c>, restored by the SDK as for any project.</summary>
/// <param name="folder">The notebook's folder: a <c>nuget.config</c> in or above it counts.</param>
internal sealed class NuGetPackages(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, string> asked = new(StringComparer.OrdinalIgnoreCase);
    private Restored restored = new([], []);

    /// <summary>
    /// Asks for one more package, as in <c>NAME, VERSION</c>; all of a session are restored together, so that they agree on what they share.
    /// </summary>
    /// <returns>The assemblies of all packages, those that they need included, and the folders of their native libraries.</returns>
    /// <exception cref="IOException">They cannot be had; those from before stay as they were.</exception>
    internal (IReadOnlyList<string> Assemblies, IReadOnlyList<string> NativeFolders) Add(string reference, CancellationToken ct)
    {
        var parts = reference.Split(',', 2, StringSplitOptions.TrimEntries);
        var (name, version) = (parts[0], parts.Length > 1 && parts[1].Length > 0 ? parts[1] : "*");
        if (name.Length == 0 || !name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-'))
            throw new IOException($"'{name}' is no name of a package. Write #r \"nuget: NAME, VERSION\".");
        if (asked.GetValueOrDefault(name) != version)
        {
            var wanted = new Dictionary<string, string>(asked, StringComparer.OrdinalIgnoreCase) { [name] = version };
            var found = Restore(wanted, name, ct);
            if (Conflict(found) is { } conflict) throw new IOException(conflict);
            (restored, asked[name]) = (found, version);
        }
        return (restored.Assemblies, restored.NativeFolders);
    }

    // An assembly that a cell has used cannot be taken back: another version of it would come too late.
    private string? Conflict(Restored found)
    {
        string? Before(string path) =>
            restored.Assemblies.FirstOrDefault(known => Path.GetFileName(known).Equals(Path.GetFileName(path), StringComparison.OrdinalIgnoreCase));
        var other = found.Assemblies.FirstOrDefault(path => Before(path) is { } known && known != path);
        return other is null ? null :
            $"another version of {Path.GetFileName(other)} is referred to already ({Before(other)}), and this package needs {other}."
            + " Restart the kernel and ask for all packages in one cell.";
    }

    private Restored Restore(Dictionary<string, string> packages, string name, CancellationToken ct)
    {
        var work = Directory.CreateTempSubdirectory("affect-packages-").FullName;
        try
        {
            var project = Path.Combine(work, "cells.csproj");
            File.WriteAllText(project, Project(packages).ToString());
            Run(project, name, ct);
            return Read(Path.Combine(work, "obj", "project.assets.json"));
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private XElement Project(Dictionary<string, string> packages) => new(
        "Project",
        new XAttribute("Sdk", "Microsoft.NET.Sdk"),
        new XElement(
            "PropertyGroup",
            new XElement("TargetFramework", FormattableString.Invariant($"net{Environment.Version.Major}.{Environment.Version.Minor}")),
            new XElement("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier),
            new XElement("SelfContained", "false"),
            new XElement("UseAppHost", "false"),
            new XElement("NuGetAudit", "false"),
            new XElement("RestoreRootConfigDirectory", folder)),
        new XElement("ItemGroup", packages.Select(package =>
            new XElement("PackageReference", new XAttribute("Include", package.Key), new XAttribute("Version", package.Value)))));

    private static void Run(string project, string name, CancellationToken ct)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, ["restore", project, "-nologo", "-v", "quiet", "-nodeReuse:false"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(project),
        };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var process = new Process { StartInfo = start };
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(Patience);
        try
        {
            process.Start();
            var told = Task.WhenAll(process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
            process.WaitForExitAsync(late.Token).GetAwaiter().GetResult();
            if (process.ExitCode != 0) throw new IOException($"{name} could not be restored: {Reason(string.Concat(told.GetAwaiter().GetResult()))}");
        }
        catch (Win32Exception error)
        {
            throw new IOException($"packages are restored by the .NET SDK, and {start.FileName} could not be run: {error.Message}.", error);
        }
        catch (OperationCanceledException error)
        {
            process.Kill(entireProcessTree: true);
            var why = ct.IsCancellationRequested ? "the cell was interrupted"
                : FormattableString.Invariant($"it took longer than {Patience.TotalMinutes} minutes");
            throw new IOException($"{name} was not restored: {why}.", error);
        }
    }

    // `cells.csproj : error NU1101: Unable to find package X. ... [cells.csproj]` without what means nothing in a notebook.
    private static string Reason(string output)
    {
        var errors = output.Split('\n').Select(line => line.Split("error ", 2)).Where(parts => parts.Length > 1)
            .Select(parts => parts[1].Split(" [")[0].Trim());
        return string.Join(" ", errors.Distinct()) is { Length: > 0 } told ? told : output.Trim();
    }

    private static Restored Read(string assets)
    {
        var root = JsonNode.Parse(File.ReadAllText(assets))!;
        string[] folders = [.. root["packageFolders"]!.AsObject().Select(entry => entry.Key)];
        var (assemblies, native) = (new List<string>(), new List<string>());
        // The target with the machine's kind in its name knows the files for this machine.
        var target = root["targets"]!.AsObject().OrderByDescending(entry => entry.Key.Contains('/', StringComparison.Ordinal)).First().Value!.AsObject();
        foreach (var (library, parts) in target)
        {
            if (root["libraries"]?[library]?["path"]?.ToString() is not { } path) continue;
            assemblies.AddRange(Files(parts?["runtime"], path));
            native.AddRange(Files(parts?["native"], path).Select(file => Path.GetDirectoryName(file)!));
        }
        return new Restored(assemblies, [.. native.Distinct(StringComparer.Ordinal)]);

        IEnumerable<string> Files(JsonNode? part, string path) => (part as JsonObject ?? []).Select(entry => entry.Key)
            .Where(file => !file.EndsWith("_._", StringComparison.Ordinal))
            .Select(file => folders.Select(folder => Path.GetFullPath(Path.Combine(folder, path, file))).FirstOrDefault(File.Exists))
            .OfType<string>();
    }

    private sealed record Restored(IReadOnlyList<string> Assemblies, IReadOnlyList<string> NativeFolders);
}
