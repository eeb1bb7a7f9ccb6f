namespace Affect.Cli.Commands;

/// <summary><c>lab notebooks student OUT</c>: the notebooks with their exercises open.</summary>
internal static class StudentNotebooks
{
    internal static Command Create()
    {
        var command = new LabCommand(
            "student", "Copy the notebooks for students: cells tagged 'solution' are left to write, the cells tagged 'check' that follow them stay. Exit code 2 if one has no exercise.");
        var folder = command.File("OUT", "The folder to make; it must not exist or be empty. Beside notebooks/ in the clone the copies find the library in every kernel");
        var source = command.Optional<string?>("--from", "The folder of the notebooks; by default the clone's");
        return command.Runs(given => Run(given.Of(source) ?? Path.Combine(new Laboratory().Home, "notebooks"), given.Of(folder)));
    }

    private static int Run(string from, string to)
    {
        if (File.Exists(to) || (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()))
            throw new IOException($"OUT must be a folder that does not exist or is empty, but {to} is {(File.Exists(to) ? "a file" : "not")}.");
        var notebooks = NotebookHost.All(from).ToDictionary(path => Path.GetFileName(path), path => StudentNotebook.Of(NotebookDocument.Read(path), path)); // all, before anything is written
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(from, path)).Where(file => !notebooks.ContainsKey(file)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(to, file))!);
            File.Copy(Path.Combine(from, file), Path.Combine(to, file));
        }
        foreach (var (name, (notebook, exercises)) in notebooks)
        {
            notebook.Write(Path.Combine(to, name));
            Say.Result($"{name}: {exercises} {(exercises == 1 ? "exercise" : "exercises")}");
        }
        Say.Result($"The students' notebooks: {Path.GetFullPath(to)}");
        return 0;
    }
}
