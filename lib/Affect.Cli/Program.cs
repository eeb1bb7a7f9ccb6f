using System.CommandLine;
using System.Globalization;
using Affect.Cli;
using Affect.Cli.Config;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

var lab = new RootCommand("Affect: a laboratory for multimodal emotion recognition.");
lab.Options.Add(SettingsFile.Option);
foreach (var command in CommandList.All()) lab.Subcommands.Add(command);
return await CommandRunner.RunAsync(lab, args).ConfigureAwait(false);
