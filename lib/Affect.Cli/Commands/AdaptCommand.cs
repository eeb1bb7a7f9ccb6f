namespace Affect.Cli.Commands;

/// <summary><c>lab adapt</c>: some layers of an encoder, adapted to the emotions of a corpus.</summary>
internal static class AdaptCommand
{
    internal static Command Create()
    {
        var corpus = new Option<string>("--corpus") { Description = "mimic, or a manifest (.csv), a folder with manifest.csv, or a plain folder", DefaultValueFactory = _ => Laboratory.MimicName };
        var clips = new Option<int>("--clips") { Description = "Clips of Mimic", DefaultValueFactory = _ => 960 };
        var corpusSeed = new Option<int>("--corpus-seed") { Description = "Seed of Mimic", DefaultValueFactory = _ => 1 };
        var encoder = new Option<string>("--encoder") { Description = "A HuBERT: " + EncoderChoice.Help, DefaultValueFactory = _ => "mimic-hubert" };
        var method = new Option<string>("--method") { Description = "What is adapted: " + string.Join(", ", MethodChoice.Names), DefaultValueFactory = _ => "bottleneck" };
        method.AcceptOnlyFromAmong([.. MethodChoice.Names]);
        var layers = new Option<string>("--layers") { Description = "all, a layer (6), a range (5-8), or chosen: the best range of a probe on the clips to learn from. Of frozen and full, from which of them on the head reads", DefaultValueFactory = _ => "chosen" };
        var rank = new Option<int>("--rank") { Description = "LoRA's and DoRA's rank", DefaultValueFactory = _ => 8 };
        var width = new Option<int>("--width") { Description = "The bottleneck's width; of prefix, how many keys", DefaultValueFactory = _ => 64 };
        var epochs = new Option<int?>("--epochs") { Description = "Passes over the labelled clips" };
        var rate = new Option<double?>("--rate") { Description = "Highest learning rate of what is adapted" };
        var headRate = new Option<double?>("--head-rate") { Description = "Highest learning rate of the head" };
        var pooling = new Option<string?>("--pool") { Description = "How the head pools frames: mean, mean+std or attention" };
        pooling.AcceptOnlyFromAmong("mean", "mean+std", "attention");
        var hidden = new Option<int?>("--head-size") { Description = "Size of the head's hidden layer; 0: none" };
        var dropout = new Option<double?>("--dropout") { Description = "Dropout in the head" };
        var decay = new Option<double?>("--decay") { Description = "Weight decay" };
        var silence = new Option<double?>("--silence") { Description = "Chance that a frame begins a silenced span in training" };
        var crop = new Option<double?>("--crop") { Description = "Longest stretch of a clip that a step hears, seconds; 0: the whole clip" };
        var smoothing = new Option<double?>("--smoothing") { Description = "Label smoothing" };
        var weigh = new Option<bool>("--class-weights") { Description = "Let rare classes count more, by clips / (classes x clips of the class)" };
        var normalise = new Option<string?>("--normalise") { Description = "speaker: bring each speaker's frames to mean 0 and deviation 1 before the head (uses all clips of a speaker, no labels)" };
        normalise.AcceptOnlyFromAmong("speaker");
        var maskEpochs = new Option<int?>("--mask-epochs") { Description = "Passes of masked reconstruction over the clips without labels before; 0: none" };
        var maskRate = new Option<double?>("--mask-rate") { Description = "Highest learning rate of masked reconstruction" };
        var joint = new Option<double?>("--joint") { Description = "Weight of masked reconstruction beside cross-entropy (joint training); 0: two phases" };
        var firstState = new Option<int?>("--head-from") { Description = "First state that the head mixes; by default the first adapted layer" };
        var seeds = new Option<int[]>("--seed") { Description = "Seed of inner split, weights and order; several are run one after another", DefaultValueFactory = _ => [1], AllowMultipleArgumentsPerToken = true };
        var folds = new Option<int>("--folds") { Description = "So many outer folds over all labelled speakers, each clip scored once; 0: learn from all but the test part and score on it, which saves one adapter", DefaultValueFactory = _ => 0 };
        var longest = new Option<double>("--max-seconds") { Description = "How much of a clip is learned from and judged: of longer ones the beginning, and how many these are is said", DefaultValueFactory = _ => new LayerCacheConfig().MaximumSeconds };
        var storage = new Option<string>("--keep") { Description = "Where states below the adapted layers are kept: memory, disk or none", DefaultValueFactory = _ => "memory" };
        storage.AcceptOnlyFromAmong("memory", "disk", "none");
        var half = new Option<bool>("--keep-bf16") { Description = "Keep them as bfloat16: half the size" };
        var device = DeviceChoice.Option();
        var saveEvery = new Option<int>("--save-every") { Description = "Save where training stands after so many steps, so that a killed run goes on from there; 0: about every ten seconds", DefaultValueFactory = _ => 0 };
        var output = new Option<string?>("--out") { Description = "Write adapter and head, the run's record, and clips.csv with every decision into this folder (one per seed); lab report compares such folders" };
        var command = new Command("adapt", "Adapt some layers of an encoder to the emotions of a corpus; prints what trains and what it scores.")
        {
            corpus, clips, corpusSeed, encoder, method, layers, rank, width, epochs, rate, headRate, pooling, hidden, dropout, decay, silence, crop, smoothing, weigh, normalise,
            maskEpochs, maskRate, joint, firstState, seeds, folds, longest, storage, half, saveEvery, device, output,
        };
        command.SetAction((parsed, ct) => Task.Run(
            () =>
            {
                OutputFolder.Check(parsed.GetValue(output), "--out");
                var sized = parsed.GetRequiredValue(method);
                UnusedOption.Refuse(parsed, rank, sized is "lora" or "rslora" or "dora", "is of lora, rslora and dora, but --method is " + sized);
                UnusedOption.Refuse(parsed, width, sized is "bottleneck" or "parallel" or "prefix", "is of bottleneck, parallel and prefix, but --method is " + sized);
                if (parsed.GetValue(folds) is var divided and not 0) Require.AtLeast(3, divided, "--folds, unless 0,");
                var asked = Require.Different(parsed.GetValue(seeds) is { Length: > 0 } given ? given : [1], "--seed");
                using var progress = new ConsoleProgress();
                var lab = new Laboratory(progress: progress);
                var open = CorpusWarnings.Tell(lab.Open(parsed.GetRequiredValue(corpus), parsed.GetValue(clips), parsed.GetValue(corpusSeed), ct));
                var name = parsed.GetRequiredValue(encoder);
                using var opened = lab.Find(name).Open(DeviceChoice.Of(parsed.GetValue(device)), ScalarType.Float32);
                var hubert = Adaptable(opened);
                var kind = parsed.GetRequiredValue(method);
                if (parsed.GetValue(firstState) is { } state) Require.Between(0, hubert.Layers, state, "--head-from");
                var judged = parsed.GetValue(folds);
                var text = parsed.GetRequiredValue(layers);
                // Chosen without the clips that are judged: by the clips to learn from, in outer folds by each one's own.
                LayerChooser? chooser = null;
                LayerChooser Choosing(Corpus corpus) => chooser ??= new LayerChooser(lab.Hear(open, name, cancel: ct), corpus) { NormalisesSpeakers = parsed.GetValue(normalise) is not null };
                var config = Config(text == "chosen" && judged > 0 ? null : MethodChoice.Range(text, hubert.Layers, () => Choosing(open).Within(open.Learning(), ct)));

                AdaptationConfig Config(LayerRange? range)
                {
                    var usual = Laboratory.Recipe(kind, range, parsed.GetValue(rank), parsed.GetValue(width));
                    return usual with
                    {
                        Training = usual.Training with
                        {
                            Epochs = parsed.GetValue(epochs) ?? usual.Training.Epochs,
                            LearningRate = parsed.GetValue(rate) ?? usual.Training.LearningRate,
                            WeightDecay = parsed.GetValue(decay) ?? usual.Training.WeightDecay,
                            SaveEvery = parsed.GetValue(saveEvery),
                        },
                        HeadRate = parsed.GetValue(headRate) ?? usual.HeadRate,
                        FirstState = parsed.GetValue(firstState) ?? usual.FirstState,
                        Head = usual.Head with
                        {
                            Pooling = parsed.GetValue(pooling) switch { "mean" => HeadPooling.Mean, "mean+std" => HeadPooling.MeanAndDeviation, "attention" => HeadPooling.Attention, _ => usual.Head.Pooling },
                            HiddenSize = parsed.GetValue(hidden) ?? usual.Head.HiddenSize,
                            Dropout = parsed.GetValue(dropout) ?? usual.Head.Dropout,
                        },
                        SilenceStart = parsed.GetValue(silence) ?? usual.SilenceStart,
                        CropSeconds = parsed.GetValue(crop) ?? usual.CropSeconds,
                        LabelSmoothing = parsed.GetValue(smoothing) ?? usual.LabelSmoothing,
                        WeighsClasses = parsed.GetValue(weigh),
                        NormalisesSpeakers = parsed.GetValue(normalise) is not null,
                        Masking = usual.Masking with
                        {
                            Epochs = parsed.GetValue(maskEpochs) ?? usual.Masking.Epochs,
                            LearningRate = parsed.GetValue(maskRate) ?? usual.Masking.LearningRate,
                            JointWeight = parsed.GetValue(joint) ?? usual.Masking.JointWeight,
                        },
                    };
                }

                var kept = new LayerCacheConfig
                {
                    Storage = parsed.GetValue(storage) switch { "disk" => CacheStorage.Disk, "none" => CacheStorage.None, _ => CacheStorage.Memory },
                    IsHalf = parsed.GetValue(half),
                    MaximumSeconds = parsed.GetValue(longest),
                    Folder = Path.Combine(lab.Cache, "prefixes"),
                };
                using var data = AdaptationData.Open(hubert, open, new RememberingReader(new Ffmpeg()), kept, progress, ct);
                foreach (var failure in data.Sounds.Failures) Console.Error.WriteLine($"left out: {failure.ClipId}: {failure.Reason}");
                if (data.CutShort is { Count: > 0 } cut)
                    Console.Error.WriteLine(FormattableString.Invariant($"{cut.Count} of {data.Sounds.Clips.Count} clips are longer than {data.MaximumSeconds} s, as {cut[0].Id}: only their beginning is learned from and judged (--max-seconds)"));
                var read = new Corpus(open.Name, open.Root, open.Emotions, data.Sounds.Clips, open.IsSynthetic);
                var run = new AdaptationRun(data, config, text == "chosen" && judged > 0 ? fold => Config(Choosing(read).For(fold, ct)) : null, judged, parsed.GetValue(output), progress);
                foreach (var seed in asked) Console.WriteLine(run.Go(seed, ct));
                run.Record(SettingsFile.Merged(parsed));
                return data.Sounds.Failures.Count > 0 ? 1 : 0;
            },
            CancellationToken.None));
        return command;
    }

    private static HubertModel Adaptable(IEncoder encoder) => encoder as HubertModel
        ?? throw new ArgumentException($"--encoder must be a HuBERT, whose layers can be adapted, but {encoder.Name} is not.", nameof(encoder));
}
