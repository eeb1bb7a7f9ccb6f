CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Whoever opens a notebook waits for the compiler: it is loaded while the command line is read.
if (args is ["kernel", "start", ..]) _ = NotebookHost.WarmUp.Value;

try
{
    return await CommandRunner.RunAsync(Lab, args).ConfigureAwait(false);
}
catch (TypeInitializationException error) when (error.TypeName == "<Module>" && error.InnerException is { } refused)
{
    // Affect.dll will not be loaded as LIBTORCH is set: whatever touches it ends here, the runner of commands too.
    await Console.Error.WriteLineAsync($"error: {refused.Message}").ConfigureAwait(false);
    return 2;
}

static RootCommand Lab()
{
    var lab = new RootCommand("Affect: a laboratory for multimodal emotion recognition.") { SettingsFile.Option };
    foreach (var command in CommandList.All()) lab.Subcommands.Add(command);
    return lab;
}
