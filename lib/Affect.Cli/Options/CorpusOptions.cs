namespace Affect.Cli.Options;

/// <summary>The corpus that a command works on, by the options of one set.</summary>
internal sealed class CorpusOptions
{
    private const string Files = "a manifest (.csv), a folder with manifest.csv, or a plain folder emotion/speaker_clip.wav";

    private readonly Option<string> name;
    private readonly Option<int>? clips;
    private readonly Option<int>? seed;

    /// <summary>Declares the options.</summary>
    /// <param name="command">Whose they are.</param>
    /// <param name="mayBeMimic">Whether Mimic is the corpus unless another is named; it is generated where it is not there yet.</param>
    internal CorpusOptions(LabCommand command, bool mayBeMimic)
    {
        if (!mayBeMimic)
        {
            name = command.Required<string>("--corpus", $"The corpus: {Files}");
            return;
        }
        name = command.Standard("--corpus", Laboratory.MimicName, $"The corpus: mimic, or {Files}");
        clips = command.Standard("--clips", 960, "Clips of Mimic");
        seed = command.Standard("--corpus-seed", 1, "Seed of Mimic");
    }

    /// <summary>Opens the corpus; what is doubtful about it goes to the error output.</summary>
    internal Corpus Open(Given given) => CorpusWarnings.Open(given.Of(name), given.Cancel);

    /// <summary>Opens the corpus, by the laboratory that knows Mimic.</summary>
    internal Corpus Open(Given given, Laboratory lab) =>
        CorpusWarnings.Tell(lab.Open(given.Of(name), given.Of(clips!), given.Of(seed!), given.Cancel));
}
