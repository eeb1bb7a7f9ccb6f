namespace Affect.Cli.Tests.Notebooks;

/// <summary>What a researcher writes in a cell, a fusion head of 12 lines and an adapter of 15, is trained, saved, loaded, ablated and reported as the library's own.</summary>
[Trait("Speed", "Slow")]
public sealed class OwnMethodsTests : FolderTests
{
    private const string Fusion = """
        public sealed class GatedFusion : EmbeddingFusion
        {
            private readonly Linear gate;
            public GatedFusion(FusionConfig config) : base(config)
            {
                gate = nn.Linear(config.HiddenSize * config.Modalities.Count, config.Modalities.Count);
                RegisterComponents();
            }
            protected override (Tensor Fused, Tensor? Weights) Fuse(IReadOnlyList<Tensor> parts, ModalityBatch batch) =>
                ((stack(parts.ToArray(), 2) * gate.call(cat(parts.ToArray(), 1)).sigmoid().unsqueeze(1)).sum(2), null);
        }
        """;

    private const string Adapter = """
        public sealed class ScaleShift : nn.Module<Tensor, Tensor>
        {
            private readonly Parameter scale, shift;
            public ScaleShift(long size) : base("ScaleShift")
            {
                (scale, shift) = (nn.Parameter(ones(size)), nn.Parameter(zeros(size)));
                RegisterComponents();
            }
            public override Tensor forward(Tensor input) => input * scale + shift;
        }
        public sealed record ScaleShiftConfig : AdapterConfig
        {
            public override bool Fits(string path, nn.Module module) => ModuleFinder.LayerOf(path) is not null && module is LinearMap;
            public override AdapterPart CreatePart(string path, nn.Module module, Generator generator) => AdapterPart.Behind(module, new ScaleShift(((LinearMap)module).weight.shape[0]));
        }
        """;

    [Fact]
    public void A_fusion_and_an_adapter_of_ones_own_go_all_the_way()
    {
        Assert.True(Fusion.Split('\n').Length <= 12 && Adapter.Split('\n').Length <= 15, "the promise is of 12 and 15 lines");
        WriteClips();
        var outputs = Run(
            $"#!import \"{Path.Combine(NotebookFile.Folder, "setup.csx")}\"\nusing TorchSharp.Modules;\nusing static TorchSharp.torch;",
            Fusion,
            Adapter,
            $$"""
            var mine = new Laboratory(cache: @"{{In("cache")}}");
            var corpus = mine.Open(@"{{In("clips")}}");
            AdaptationConfig Short(AdaptationConfig config) => config with { Training = config.Training with { Epochs = 2 }, Masking = config.Masking with { Epochs = 0 } };
            var layers = new LayerRange(2, 3);
            var tries = mine.Adapt(corpus, "random-hubert-tiny");
            var frozen = tries.Run(Short(AdaptationRecipes.Frozen(layers)), folds: 3);
            var own = tries.Run(Short(AdaptationRecipes.For(new ScaleShiftConfig(), layers)), folds: 3);
            own.Title
            """,
            """
            var encoder = (HubertModel)mine.OpenEncoder("random-hubert-tiny");
            var loaded = AdaptedEncoder.Load(encoder, own.Folds[0].Folder, [AdapterMethod.Of<ScaleShiftConfig>()]);
            loaded.Adapter!.TrainableCount
            """,
            """
            var gain = Decisions.Compare([own.Decided], [frozen.Decided]);
            new AblationFigure(new AblationData
            {
                Title = "Does my adapter help?", ComparedWith = "frozen", Chance = 0.5, Clips = own.Decided.Clips.Count, Speakers = 6, IsSynthetic = true,
                Rows = [new() { Name = "frozen", Score = Decisions.Score([frozen.Decided]) }, AblationRow.Of("my adapter", gain)],
            })
            """,
            """
            var heard = mine.Hear(corpus, "random-hubert-tiny");
            var ids = corpus.Clips.Select(clip => clip.Id).ToList();
            var words = new ModalityFeatures("lexical", "planted", ids, corpus.Labels.SelectMany(label => new float[] { label, 1 - label }).ToArray(), 2);
            var data = FusionData.Of(corpus, [ModalityFeatures.Of("acoustic", "random-hubert-tiny", heard), words]);
            var gated = new FusionChoice("gated", config => new GatedFusion(config));
            var standard = new FusionTrainingConfig { Folds = 3, Seeds = [1], HiddenSize = 8, Training = new FusionTrainingConfig().Training with { Epochs = 3 } };
            var ours = FusionTraining.Run(standard with { Fusion = gated }, data);
            RecordedResult.Of("gated_minus_attention", ours.Compare(FusionTraining.Run(standard, data))).Display();
            """,
            $$"""
            var fitted = FusionTraining.Fit(standard with { Fusion = gated }, data, data.Folds(3, 1)[0]);
            fitted.Save(@"{{In("fusion")}}");
            var again = FittedFusion.Load(@"{{In("fusion")}}", choices: [gated]);
            Claim.That(fitted.Predict(data).SequenceEqual(again.Predict(data)), "it decides the same after loading", falseIf: "a weight was lost");
            """);
        Assert.Contains("ScaleShiftConfig in the usual modules of layers 2 to 3", outputs[3], StringComparison.Ordinal);
        Assert.Matches("\"[1-9][0-9]*\"", outputs[4]); // numbers that train
        Assert.Contains("my adapter", outputs[5], StringComparison.Ordinal);
        Assert.Contains("gated_minus_attention", outputs[6], StringComparison.Ordinal);
        Assert.Contains("it decides the same after loading", outputs[7], StringComparison.Ordinal);
    }

    [Fact]
    public void A_speech_transformer_of_ones_own_is_probed_and_adapted_in_a_notebook()
    {
        WriteClips();
        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Affect.Tests", "Conformance", "CellSpeech.cs"));
        var outputs = Run(
            $"#!import \"{Path.Combine(NotebookFile.Folder, "setup.csx")}\"\nusing Affect.Encoders.Transformer;\nusing TorchSharp.Modules;\nusing static TorchSharp.torch;",
            source.Replace("namespace Affect.Tests.Conformance;", "", StringComparison.Ordinal),
            $$"""
            var mine = new Laboratory(cache: @"{{In("cache")}}");
            var corpus = mine.Open(@"{{In("clips")}}");
            var heard = mine.Hear(corpus, new CellSpeech());
            var tries = mine.Adapt(corpus, new CellSpeech());
            var config = AdaptationRecipes.For(new LoraConfig { Rank = 2 }, new LayerChooser(heard, corpus) { Width = 1 }.Within(corpus));
            var own = tries.Run(config with { Training = config.Training with { Epochs = 2 }, Masking = config.Masking with { Epochs = 0 } }, folds: 3);
            own.Title
            """,
            """
            var loaded = AdaptedEncoder.Load(new CellSpeech(), own.Folds[0].Folder);
            loaded.Adapter!.TrainableCount
            """);
        Assert.Matches("cell-speech, LoRA of rank 2, alpha 16 in the usual modules of layer [12]", outputs[2]);
        Assert.Matches("\"[1-9][0-9]*\"", outputs[3]); // numbers that train
    }

    // Two emotions that differ in pitch, six speakers.
    private void WriteClips()
    {
        foreach (var (emotion, pitch) in (ReadOnlySpan<(string, double)>)[("happy", 300), ("sad", 120)])
            for (var speaker = 1; speaker <= 6; speaker++)
            {
                var path = Path.Combine(Directory.CreateDirectory(In("clips", emotion)).FullName, $"s{speaker}_{emotion}.wav");
                var hertz = pitch + 7 * speaker;
                WaveFile.Write(path, [.. Enumerable.Range(0, 8000).Select(n => 0.4f * (float)Math.Sin(2 * Math.PI * hertz * n / 16000))]);
            }
    }

    private List<string> Run(params string[] sources)
    {
        LabProcess.Done("notebooks", "run", NotebookFile.Write(In("own.ipynb"), sources), "--out", In("out"));
        return [.. new NotebookFile(In("out", "own.ipynb")).Code.Select(cell => cell["outputs"]!.ToJsonString())];
    }
}
