namespace Affect.Cli.Pretrain;

/// <summary>How well a linear probe reads the emotion from each layer of a text encoder, beside its controls.</summary>
internal static class TextProbe
{
    /// <summary>Curves of a checkpoint, of its architecture with random weights, of a bag of its words, and of other checkpoints.</summary>
    /// <param name="folder">The checkpoint.</param>
    /// <param name="others">Other checkpoints.</param>
    /// <param name="seed">The seed of the Mimic corpus whose training part is probed, in five folds by speaker.</param>
    /// <param name="progress">Receives progress.</param>
    /// <param name="ct">Ends it.</param>
    internal static IReadOnlyList<LayerCurve> Run(string folder, IReadOnlyList<NamedRun> others, int seed, IProgress<WorkProgress> progress, CancellationToken ct)
    {
        var corpus = Mimic.Plan(new MimicConfig { Seed = seed }).Learning();
        using var checkpoint = BertModel.FromPretrained(folder);
        using var random = BertModel.RandomLike(folder, seed: 1);
        using var bag = new BagOfWordsEncoder(checkpoint.Tokenizer!);
        var curves = new List<LayerCurve> { Probe(checkpoint, checkpoint.Name), Probe(random, "random weights"), Probe(bag, bag.Name) };
        foreach (var (name, other) in others)
        {
            using var opened = BertModel.FromPretrained(other);
            curves.Add(Probe(opened, name));
        }
        return curves;

        LayerCurve Probe(ITextEncoder encoder, string name)
        {
            var cache = Directory.CreateTempSubdirectory("affect-texts-");
            try
            {
                var table = Extractor.Of(encoder).Run(corpus, cache.FullName, progress, ct).Store.Read(corpus, ct).Table;
                return LayerProbe.Run(ProbeTask.Of(table, corpus, corpus.Folds(5, seed: 1)), new ProbeConfig { WeightedSum = false, Similarity = false }, progress: progress, cancel: ct) with { Encoder = name };
            }
            finally
            {
                cache.Delete(recursive: true);
            }
        }
    }
}
