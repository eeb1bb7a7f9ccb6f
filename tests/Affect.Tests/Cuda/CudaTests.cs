namespace Affect.Tests.Cuda;

/// <summary>Encoders, adaptation, fusion and probes on a CUDA device, against the originals and against the CPU.</summary>
public sealed class CudaTests
{
    // Float32 on both sides, but sums in another order, over hundreds of steps' rounding.
    private const double Tolerance = 2e-3;

    private static readonly IParityCheck[] Checks = [new PeftParity(), new HubertParity(), new CLIPParity(), new VitParity(), new BertParity(), new FusionParity()];

    public static TheoryData<string> Methods => [.. AdapterMethods.All.Keys];

    public static TheoryData<string> Fusions => [.. FusionChoice.All.Select(choice => choice.Name)];

    public CudaTests() => backends.cudnn.allow_tf32 = false; // ten bits of mantissa are not what the originals computed with

    [CudaTheory]
    [InlineData("hubert-base-tiny")]
    [InlineData("hubert-large-tiny")]
    [InlineData("clip-tiny")]
    [InlineData("vit-tiny")]
    [InlineData("bert-tiny")]
    [InlineData("roberta-tiny")]
    [InlineData("peft-lora")]
    [InlineData("peft-lora-rs-ffn")]
    [InlineData("peft-dora")]
    [InlineData("peft-ia3")]
    [InlineData("fusion-attention")]
    [InlineData("fusion-lmf")]
    [InlineData("fusion-tfn")]
    public void States_losses_and_gradients_are_the_originals(string name)
    {
        var folder = Repository.Golden(name);
        using var parityCase = ParityCase.Open(folder, CUDA);
        Checks.First(check => check.Recognizes(folder)).Run(folder, weights: null, parityCase);
        var report = parityCase.Report(1e-4);
        Assert.True(report.Passed, report.ToJson());
    }

    [CudaTheory]
    [InlineData(ScalarType.Float32, 0.99999)]
    [InlineData(ScalarType.BFloat16, 0.99)]
    public void A_padded_batch_is_encoded_as_on_the_cpu(ScalarType type, double least)
    {
        using var scope = NewDisposeScope();
        using var here = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var there = HubertModel.Random(TinyHubert.Large, seed: 1, CUDA, type);
        var (waveform, lengths) = (TinyHubert.Waveform(2, 8000), TinyHubert.Lengths(8000, 6000));
        var (expected, states) = (here.Encode(waveform, lengths), there.Encode(waveform, lengths));
        foreach (var (one, other) in expected.Layers.Zip(states.Layers))
            Assert.True(nn.functional.cosine_similarity(one.flatten(), other.cpu().flatten(), dim: 0).ToDouble() >= least);
    }

    [CudaTheory]
    [MemberData(nameof(Methods))]
    public void An_adapter_learns_in_both_phases_as_on_the_cpu(string method)
    {
        var (here, there) = (Losses(CPU), Losses(CUDA));
        for (var epoch = 0; epoch < here.Length; epoch++) Assert.InRange(Math.Abs(here[epoch] - there[epoch]), 0, Tolerance);

        double[] Losses(Device device)
        {
            using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1, device);
            using var data = Data(encoder);
            using var result = AdapterTraining.Fit(data, Adapting(method));
            return [.. result.Masked!.Epochs.Concat(result.Labelled.Epochs).Select(epoch => epoch.Loss)];
        }
    }

    [CudaFact]
    public void Full_fine_tuning_learns_as_on_the_cpu()
    {
        var (here, there) = (Loss(CPU), Loss(CUDA));
        Assert.InRange(Math.Abs(here - there), 0, Tolerance);

        static double Loss(Device device)
        {
            using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1, device);
            using var data = Data(encoder);
            using var result = AdapterTraining.Fit(data, Adapting("lora") with { Method = null, TunesAll = true, Masking = new MaskedPhaseConfig { Epochs = 0 } });
            return result.Labelled.Epochs[^1].Loss;
        }
    }

    [CudaFact]
    public void What_was_adapted_there_goes_on_after_an_interruption_and_reads_the_same_here()
    {
        using var folder = new TemporaryFolder();
        using var encoder = HubertModel.Random(TinyHubert.Large, seed: 1, CUDA);
        using var data = Data(encoder);
        double unbroken;
        using (var result = AdapterTraining.Fit(data, Adapting("bottleneck"))) unbroken = result.Labelled.Epochs[^1].Loss;
        using var stop = new CancellationTokenSource();
        var steps = 0;
        Assert.Throws<OperationCanceledException>(() => AdapterTraining.Fit(
            data, Adapting("bottleneck"), runFolder: Path.Combine(folder.Path, "run"), progress: new ImmediateProgress(_ => { if (++steps == 9) stop.Cancel(); }), cancel: stop.Token));
        float[] logits;
        using (var resumed = AdapterTraining.Fit(data, Adapting("bottleneck"), runFolder: Path.Combine(folder.Path, "run")))
        {
            Assert.InRange(Math.Abs(unbroken - resumed.Labelled.Epochs[^1].Loss), 0, Tolerance);
            logits = resumed.Adapted.Read(data.Sounds.Waveform(0)).Logits;
            resumed.Adapted.Save(Path.Combine(folder.Path, "adapted"));
        }
        using var here = HubertModel.Random(TinyHubert.Large, seed: 1);
        using var loaded = AdaptedEncoder.Load(here, Path.Combine(folder.Path, "adapted"));
        foreach (var (one, other) in logits.Zip(loaded.Read(data.Sounds.Waveform(0)).Logits)) Assert.InRange(Math.Abs(one - other), 0, Tolerance);
    }

    [CudaTheory]
    [MemberData(nameof(Fusions))]
    public void A_fusion_learns_as_on_the_cpu(string name)
    {
        var config = new FusionTrainingConfig
        {
            Fusion = FusionChoice.Parse(name),
            HiddenSize = 16,
            Dropout = 0, // the devices' generators draw other numbers
            Folds = 2,
            Seeds = [1],
            Training = new FusionTrainingConfig().Training with { Epochs = 4, BatchSize = 32, Patience = 0 },
        };
        var data = Planted();
        var (here, there) = (FusionTraining.Run(config, data), FusionTraining.Run(config, data, device: CUDA));
        foreach (var (one, other) in here.Seeds[0].Folds.Zip(there.Seeds[0].Folds)) Assert.InRange(Math.Abs(one.Epochs[^1].Loss - other.Epochs[^1].Loss), 0, Tolerance);
        var apart = here.Decided[0].Probabilities.SelectMany(row => row).Zip(there.Decided[0].Probabilities.SelectMany(row => row), (one, other) => Math.Abs(one - other)).Max();
        Assert.InRange(apart, 0, 0.02);
    }

    [CudaFact]
    public void Layers_are_probed_as_on_the_cpu()
    {
        var task = Probing.Planted.Task(layer => layer, layers: 3);
        var (here, there) = (LayerProbe.Run(task), LayerProbe.Run(task, device: CUDA));
        foreach (var (one, other) in here.Layers.Zip(there.Layers)) Assert.InRange(Math.Abs(one.Waf.Value - other.Waf.Value), 0, 0.02);
    }

    private static AdaptationData Data(HubertModel encoder) => AdaptationData.Open(encoder, ToyVoices.Corpus(), new ToyVoices(), new LayerCacheConfig());

    private static AdaptationConfig Adapting(string method) => new()
    {
        Method = AdapterMethods.All[method] with { Towers = [AdapterMethods.All[method].Towers[0] with { Layers = [2, 3] }] },
        Training = new TrainerConfig { Epochs = 3, BatchSize = 8, Pieces = 2, LearningRate = 5e-3 },
        Masking = new MaskedPhaseConfig { Epochs = 1, Span = 2 },
        InnerShare = 0.25,
    };

    private static FusionData Planted()
    {
        var corpus = Mimic.Plan(new MimicConfig { Clips = 240, Seed = 3 });
        var random = new SeededRandom(7);
        string[] ids = [.. corpus.Clips.Select(clip => clip.Id)];
        return FusionData.Of(corpus, [Of("acoustic"), Of("visual"), Of("lexical")]);

        ModalityFeatures Of(string modality) => new(
            modality, "planted", ids, [.. corpus.Clips.SelectMany(clip => Enumerable.Range(0, 6).Select(dim => (float)((Mimic.TrueEmotion(clip) == dim ? 1 : 0) + random.Normal())))], 6);
    }
}
