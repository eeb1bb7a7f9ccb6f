using System.CommandLine;
using System.Globalization;
using Affect.Cli;
using Affect.Cli.Config;
using Affect.Cli.Notebooks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Whoever opens a notebook waits for the compiler: it is loaded while the command line is read.
if (args is ["kernel", "start", ..]) _ = NotebookHost.WarmUp.Value;

var lab = new RootCommand("Affect: a laboratory for multimodal emotion recognition.");
lab.Options.Add(SettingsFile.Option);
foreach (var command in CommandList.All()) lab.Subcommands.Add(command);
return await CommandRunner.RunAsync(lab, args).ConfigureAwait(false);
