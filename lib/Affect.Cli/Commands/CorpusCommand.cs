namespace Affect.Cli.Commands;

/// <summary><c>lab corpus ...</c>: look at a corpus, or make one.</summary>
internal static class CorpusCommand
{
    internal static Command Create() => new("corpus", "Describe a corpus, or generate the synthetic one.")
    {
        DescribeCorpus.Create(),
        GenerateMimic.Create(),
    };
}
