namespace Affect.Cli.Commands;

/// <summary><c>lab adapt</c>: some layers of an encoder, adapted to the emotions of a corpus.</summary>
internal static class AdaptCommand
{
    internal static Command Create()
    {
        var command = new LabCommand("adapt", "Adapt some layers of an encoder to the emotions of a corpus; prints what trains and what it scores.");
        var corpus = new CorpusOptions(command, mayBeMimic: true);
        var encoder = command.Acoustic("--encoder", "A HuBERT: ");
        var method = command.Word("--method", "bottleneck", "What is adapted", Laboratory.WaysOfAdapting);
        var layers = command.Standard("--layers", "chosen",
            "all, a layer (6), a range (5-8), or chosen by a probe on the clips to learn from; of frozen and full, where the head begins to read");
        var rank = command.Standard("--rank", 8, "LoRA's and DoRA's rank");
        var width = command.Standard("--width", 64, "The bottleneck's width; of prefix, how many keys");
        var epochs = command.Optional<int?>("--epochs", "Passes over the labelled clips");
        var rate = command.Optional<double?>("--rate", "Highest learning rate of what is adapted");
        var headRate = command.Optional<double?>("--head-rate", "Highest learning rate of the head");
        var pooling = command.Choice<HeadPooling?>("--pool", null, "How the head pools frames: mean, mean+std or attention",
            ("mean", HeadPooling.Mean), ("mean+std", HeadPooling.MeanAndDeviation), ("attention", HeadPooling.Attention));
        var hidden = command.Optional<int?>("--head-size", "Size of the head's hidden layer; 0: none");
        var dropout = command.Optional<double?>("--dropout", "Dropout in the head");
        var decay = command.Optional<double?>("--decay", "Weight decay");
        var silence = command.Optional<double?>("--silence", "Chance that a frame begins a silenced span in training");
        var crop = command.Optional<double?>("--crop", "Longest stretch of a clip that a step hears, seconds; 0: the whole clip");
        var smoothing = command.Optional<double?>("--smoothing", "Label smoothing");
        var weigh = command.Optional<bool>("--class-weights", "Let rare classes count more, by clips / (classes x clips of the class)");
        var normalise = command.NormalisesSpeakers("frames");
        var maskEpochs = command.Optional<int?>("--mask-epochs", "Passes of masked reconstruction over the clips without labels before; 0: none");
        var maskRate = command.Optional<double?>("--mask-rate", "Highest learning rate of masked reconstruction");
        var joint = command.Optional<double?>("--joint", "Weight of masked reconstruction beside cross-entropy (joint training); 0: two phases");
        var firstState = command.Optional<int?>("--head-from", "First state that the head mixes; by default the first adapted layer");
        var seeds = command.Seeds("--seed", "Seed of inner split, weights and order; several are run one after another", 1);
        var folds = command.OuterFolds();
        var longest = command.Standard("--max-seconds", new LayerCacheConfig().MaximumSeconds,
            "How much of a clip is learned from and judged: of longer ones the beginning, and how many these are is said");
        var storage = command.Choice("--keep", "memory", "Where states below the adapted layers are kept: memory, disk or none",
            ("memory", CacheStorage.Memory), ("disk", CacheStorage.Disk), ("none", CacheStorage.None));
        var half = command.Optional<bool>("--keep-bf16", "Keep them as bfloat16: half the size");
        var saveEvery = command.Standard("--save-every", 0,
            "Save where training stands after so many steps, so that a killed run goes on from there; 0: about every ten seconds");
        var device = command.Device();
        var output = command.Folder("--out",
            "Write adapter and head, the run's record, and clips.csv with every decision here, a folder a seed; lab report compares them");
        return command.RunsLong(given =>
        {
            var (folder, kind, judged, asked) = (given.Of(output), given.Of(method), given.Of(folds), given.Of(seeds));
            given.Refuse(rank, kind is "lora" or "rslora" or "dora", $"is of lora, rslora and dora, but --method is {kind}");
            given.Refuse(width, kind is "bottleneck" or "parallel" or "prefix", $"is of bottleneck, parallel and prefix, but --method is {kind}");
            var lab = new Laboratory(progress: given.Progress);
            var open = corpus.Open(given, lab);
            var name = given.Of(encoder);
            using var opened = lab.Find(name).Open(given.Of(device), ScalarType.Float32);
            if (opened is not ISpeechTransformer speech) throw Given.Wrong(encoder, $"must be a HuBERT, whose layers can adapt, but {opened.Name} is not.");
            if (given.Of(firstState) is { } state) Require.Between(0, speech.Layers, state, firstState.Name);
            var isChosen = given.Of(layers) == "chosen";
            // Chosen without the clips that are judged: by the clips to learn from, in outer folds by each one's own.
            LayerChooser? chooser = null;
            var range = isChosen && judged == 0 ? Choosing(open).Within(open.Learning(), given.Cancel) : null;
            var config = Config(isChosen ? range : Range(given.Of(layers), speech.Layers, layers));
            var kept = new LayerCacheConfig
            {
                Storage = given.Of(storage),
                IsHalf = given.Of(half),
                MaximumSeconds = given.Of(longest),
                Folder = Path.Combine(lab.Cache, "prefixes"),
            };
            using var data = AdaptationData.Open(speech, open, new RememberingReader(new Ffmpeg()), kept, given.Progress, given.Cancel);
            foreach (var failure in data.Sounds.Failures) Say.Note($"left out: {failure.ClipId}: {failure.Reason}");
            if (data.CutShort is { Count: > 0 } cut)
            {
                Say.Note($"{cut.Count} of {data.Sounds.Clips.Count} clips are longer than {data.MaximumSeconds} s, as {cut[0].Id}: "
                    + "only their beginning is learned from and judged (--max-seconds)");
            }
            var read = new Corpus(open.Name, open.Root, open.Emotions, data.Sounds.Clips, open.IsSynthetic);
            Func<OuterFold, AdaptationConfig>? configOf = isChosen && judged > 0 ? fold => Config(Choosing(read).For(fold, given.Cancel)) : null;
            var run = new AdaptationRun(data, config, configOf, judged, folder, given.Progress);
            foreach (var seed in asked) run.Go(seed, given.Cancel);
            run.Record(given.Settings);
            return data.Sounds.Failures.Count > 0 ? 1 : 0;

            LayerChooser Choosing(Corpus of) =>
                chooser ??= new(lab.Hear(open, name, cancel: given.Cancel), of) { NormalisesSpeakers = given.Has(normalise) };

            AdaptationConfig Config(LayerRange? range)
            {
                var usual = Laboratory.Recipe(kind, range, given.Of(rank), given.Of(width));
                return usual with
                {
                    Training = usual.Training with
                    {
                        Epochs = given.Of(epochs) ?? usual.Training.Epochs,
                        LearningRate = given.Of(rate) ?? usual.Training.LearningRate,
                        WeightDecay = given.Of(decay) ?? usual.Training.WeightDecay,
                        SaveEvery = given.Of(saveEvery),
                    },
                    HeadRate = given.Of(headRate) ?? usual.HeadRate,
                    FirstState = given.Of(firstState) ?? usual.FirstState,
                    Head = usual.Head with
                    {
                        Pooling = given.Of(pooling) ?? usual.Head.Pooling,
                        HiddenSize = given.Of(hidden) ?? usual.Head.HiddenSize,
                        Dropout = given.Of(dropout) ?? usual.Head.Dropout,
                    },
                    SilenceStart = given.Of(silence) ?? usual.SilenceStart,
                    CropSeconds = given.Of(crop) ?? usual.CropSeconds,
                    LabelSmoothing = given.Of(smoothing) ?? usual.LabelSmoothing,
                    WeighsClasses = given.Of(weigh),
                    NormalisesSpeakers = given.Has(normalise),
                    Masking = usual.Masking with
                    {
                        Epochs = given.Of(maskEpochs) ?? usual.Masking.Epochs,
                        LearningRate = given.Of(maskRate) ?? usual.Masking.LearningRate,
                        JointWeight = given.Of(joint) ?? usual.Masking.JointWeight,
                    },
                };
            }
        });
    }

    // The layers that a text stands for; null: all.
    private static LayerRange? Range(string text, int layers, Option option)
    {
        if (text == "all") return null;
        var ends = text.Split('-');
        if (ends.Length <= 2 && Number(ends[0]) is { } first && Number(ends[^1]) is { } last && first >= 1 && first <= last && last <= layers)
            return new LayerRange(first, last);
        throw Given.Wrong(option, $"must be all, chosen, a layer as in 6, or a range as in 5-8, within 1 to {layers}, but is '{text}'.");

        static int? Number(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
