namespace Affect.Cli.Commands;

/// <summary><c>lab notebooks student OUT</c>: the notebooks with their exercises open.</summary>
internal static class StudentNotebooks
{
    internal static Command Create()
    {
        var command = new LabCommand(
            "student", "Copy the notebooks for students: cells tagged 'solution' are left to write. Exit code 2 if one has no exercise.");
        var folder = command.File("OUT", "The folder to make, which must not exist or be empty; beside notebooks/ every kernel finds the library");
        var source = command.Optional<string?>("--from", "The folder of the notebooks; by default the clone's");
        return command.Runs(given => Run(given.Of(source) ?? Path.Combine(new Laboratory().Home, "notebooks"), given.Of(folder)));
    }

    private static int Run(string from, string to)
    {
        if (File.Exists(to) || (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()))
            throw new IOException($"OUT must be a folder that does not exist or is empty, but {to} is {(File.Exists(to) ? "a file" : "not")}.");
        // All are opened before anything is written.
        var files = NotebookHost.All(from);
        var notebooks = files.Select(path => StudentNotebook.Of(NotebookDocument.Read(path), path)).ToArray();
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(path, copy);
        }
        foreach (var (name, (notebook, exercises)) in files.Select(Path.GetFileName).Zip(notebooks))
        {
            notebook.Write(Path.Combine(to, name!));
            Say.Result($"{name}: {exercises} {(exercises == 1 ? "exercise" : "exercises")}");
        }
        Say.Result($"The students' notebooks: {Path.GetFullPath(to)}");
        return 0;
    }
}
