namespace Affect.Cli.Commands;

/// <summary><c>lab kernel install</c>: tells Jupyter of the kernel.</summary>
internal static class InstallKernel
{
    internal static Command Create()
    {
        var command = new LabCommand("install", "Tell Jupyter of the kernel. Once is enough: it is this clone's build, whatever is built later.");
        var user = command.Optional<bool>("--user", "For the user alone; the default");
        var prefix = command.Optional<string?>(
            "--prefix", "Into DIR/share/jupyter instead: /usr/local for all users, or the folder of a Python environment");
        var name = command.Optional<string?>(
            "--name", $"The kernel's name; by default {KernelSpec.OwnName}, and {KernelSpec.NotebookName}, the notebooks' own, if it is free");
        var force = command.Optional<bool>("--force", "Take the name even if another kernel has it");
        return command.Runs(given =>
        {
            if (given.Of(user) && given.Of(prefix) is not null) throw new FormatException("--user and --prefix cannot be used together.");
            var data = given.Of(prefix) is { } folder ? JupyterFolders.Below(Path.GetFullPath(folder)) : JupyterFolders.User;
            return Run(data, given.Of(name), given.Of(force));
        });
    }

    private static int Run(string data, string? name, bool force)
    {
        if (name is not null && !force && Taken(data, name) is { } taken)
            throw new FormatException(
                $"Another kernel is called {name}: {taken.DisplayName}, in {taken.Folder}. Choose another --name, or --force to go before it.");
        foreach (var chosen in name is null ? (string[])[KernelSpec.OwnName, KernelSpec.NotebookName] : [name])
        {
            if (name is null && Taken(data, chosen) is { } other)
            {
                Say.Result($"{chosen} is left to {other.DisplayName} in {other.Folder}; '--name {chosen} --force' goes before it.");
                continue;
            }
            Say.Result($"{chosen}: {KernelSpec.Of(chosen, typeof(InstallKernel).Assembly.Location).Write(data)}");
        }
        Say.Result("'./lab kernel doctor' tries it, './lab jupyter' opens the notebooks.");
        return 0;
    }

    // Somebody else's kernel of that name, wherever Jupyter would find it.
    private static KernelSpec? Taken(string data, string name) => JupyterFolders.All.Prepend(data).SelectMany(KernelSpec.In)
        .FirstOrDefault(spec => !spec.IsOurs && spec.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
