namespace Affect.Encoders.Transformer;

/// <summary>Modules under the names that files on disk have, whatever classes they are made of.</summary>
internal static class ModulePath
{
    /// <summary>Registers a module under a dotted path; parts of it that are no modules yet become names without a computation.</summary>
    /// <param name="root">Where the path begins.</param>
    /// <param name="path">As in <c>attention.output.dense</c>.</param>
    /// <param name="module">The module.</param>
    /// <returns>The module.</returns>
    /// <remarks>
    /// TorchSharp registers the modules in a class's fields by the fields' names, at the latest when the class itself becomes a child; a class that
    /// places its modules calls <c>RegisterComponents</c> while its fields are empty.
    /// </remarks>
    internal static T Place<T>(this Module root, string path, T module)
        where T : Module
    {
        string[] names = path.Split('.');
        foreach (var name in names[..^1])
        {
            var next = root.named_children().FirstOrDefault(child => child.name == name).module;
            if (next is null) root.register_module(name, next = new Named());
            root = next;
        }
        root.register_module(names[^1], module);
        return module;
    }

    private sealed class Named() : Module(nameof(Named));
}
