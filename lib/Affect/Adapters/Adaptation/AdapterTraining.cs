namespace Affect.Adapters.Adaptation;

/// <summary>
/// Adapts an encoder to emotions: first by rebuilding hidden frames of all clips that may be heard, then (or together with it) by naming the emotion of the
/// labelled ones; the epoch is chosen on speakers kept aside.
/// </summary>
/// <remarks>arXiv:2409.05015, steps 1 and 2 as far as they are known; see <see cref="AdaptationConfig"/> for what is ours.</remarks>
public static class AdapterTraining
{
    /// <summary>Adapts.</summary>
    /// <param name="data">The corpus as the encoder hears it.</param>
    /// <param name="train">The labelled clips to learn from, indices of <see cref="AdaptationData.Sounds"/>; null: all outside the test part.</param>
    /// <param name="choose">The clips that the epoch is chosen by, of other speakers; null: those of some of the speakers to learn from, kept aside.</param>
    /// <param name="config">How.</param>
    /// <param name="runFolder">Where record and state are kept, so that an interrupted run goes on; null: nowhere.</param>
    /// <param name="progress">Receives progress after every step; may be null.</param>
    /// <param name="cancel">Ends the work after a step.</param>
    /// <returns>The adapted encoder; while it is not disposed, the data's encoder has the adapter.</returns>
    /// <exception cref="ArgumentException">A layer or module matches nothing, or too few speakers are there to keep some aside.</exception>
    /// <exception cref="InvalidOperationException">The loss is no finite number.</exception>
    public static AdaptationResult Fit(
        AdaptationData data, AdaptationConfig config, IReadOnlyList<int>? train = null, IReadOnlyList<int>? choose = null, string? runFolder = null,
        IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        cancel = Interruption.Or(cancel);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(config);
        var inner = choose is null ? Divide(data, train ?? data.Learning, config) : new Fold { Index = 0, Train = train ?? data.Learning, Held = choose };
        CheckDisjoint(data, inner);
        var heard = HasMasks(config) ? Heard(data, inner) : [];
        var front = config.TunesAll || heard.Length > 0 ? data.Prefix(null, progress, cancel) : null;
        var target = heard.Length > 0 ? data.Prefix(data.Encoder.Layers, progress, cancel) : null;
        var adapted = Prepare(data, config, progress, cancel);
        adapted.Learned = [.. inner.Train.Concat(inner.Held).Select(clip => data.KeyOf(clip, cancel)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        try
        {
            if (adapted.Adapter is { } inserted) inserted.Disable(); // what lies below is the frozen encoder's, whoever asks first
            var prefix = data.Prefix(adapted.Level, progress, cancel);
            adapted.Adapter?.Enable();
            using var reconstruction = new MaskedReconstruction(data.Encoder.HiddenSize);
            reconstruction.to(data.Encoder.Device);
            var masked = target is null ? null : new MaskedTask(adapted, reconstruction, front!, target, data, heard, config);
            var first = masked is null || config.Masking.Epochs == 0 ? null : Mask(data, config, masked, Folder(runFolder, "masked"), progress, cancel);
            var labelled = new LabelledTask(adapted, prefix, data, inner, config, config.Masking.JointWeight > 0 ? masked : null);
            var second = new Trainer(config.Training with { Seed = config.Seed }).Run(labelled, Folder(runFolder, "labelled"), progress, cancel);
            return new AdaptationResult
            {
                Config = config,
                Adapted = adapted,
                Inner = inner,
                Labelled = second,
                Masked = first,
                TrainedInEncoder = Adapted(adapted, 1).Sum(parameter => parameter.Tensor.numel()),
                TrainedInHead = adapted.Head.parameters().Sum(parameter => parameter.numel()),
                FullFineTuning = Tunable(data.Encoder).Sum(named => named.Tensor.numel()),
            };
        }
        catch
        {
            adapted.Dispose();
            throw;
        }
    }

    /// <summary>The parameters of the encoder that train.</summary>
    internal static IEnumerable<TrainedParameter> Adapted(AdaptedEncoder adapted, double rateFactor) => adapted.IsTuned
        ? Tunable(adapted.Encoder).Select(parameter => parameter with { RateFactor = rateFactor })
        : (adapted.Adapter?.Parameters.AsEnumerable() ?? []).Select(named => new TrainedParameter(named.Key, named.Value) { RateFactor = rateFactor, Decays = named.Value.dim() > 1 });

    /// <summary>Which clips, as a short text.</summary>
    internal static string DigestOf(AdaptationData data, IReadOnlyList<int> clips) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{data.Fingerprint}\n{string.Join('\n', clips.Select(clip => $"{data.Sounds.Clips[clip].Id}\t{data.Labels[clip]}\t{data.Sounds.Hashes[clip]}"))}")))[..16];

    private static Fold Divide(AdaptationData data, IReadOnlyList<int> train, AdaptationConfig config)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var clip = 0; clip < data.Corpus.Clips.Count; clip++) places.Add(data.Corpus.Clips[clip].Id, clip);
        var back = train.ToDictionary(clip => places[data.Sounds.Clips[clip].Id], clip => clip);
        var inner = InnerSplit.Of(data.Corpus, [.. back.Keys.Order()], config.InnerShare, config.Seed);
        return inner with { Train = [.. inner.Train.Select(index => back[index])], Held = [.. inner.Held.Select(index => back[index])] };
    }

    // Where folds hear the same clips, as those of a part without labels, the phase is the same for all of them.
    private static TrainingResult Mask(AdaptationData data, AdaptationConfig config, MaskedTask masked, string? folder, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        var trainer = config.Training with
        {
            Epochs = config.Masking.Epochs,
            LearningRate = config.Masking.LearningRate,
            Criterion = null,
            Patience = 0,
            Balance = ClassBalance.None,
            Seed = config.Seed,
        };
        var (weights, result) = data.MaskedStart($"{trainer}\n{masked.Recipe}", () =>
        {
            var done = new Trainer(trainer).Run(masked, folder, progress, cancel);
            using var noGrad = torch.no_grad();
            return (masked.Parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Tensor.detach().clone().DetachFromDisposeScope(), StringComparer.Ordinal), done);
        });
        using var frozen = torch.no_grad();
        foreach (var parameter in masked.Parameters) parameter.Tensor.copy_(weights[parameter.Name]);
        return result;
    }

    private static void CheckDisjoint(AdaptationData data, Fold inner)
    {
        var learned = inner.Train.Select(clip => data.Sounds.Clips[clip].Speaker).ToHashSet(StringComparer.Ordinal);
        foreach (var clip in inner.Held)
            if (learned.Contains(data.Sounds.Clips[clip].Speaker))
                throw new ArgumentException($"choose must hold clips of speakers who are not in train, but '{data.Sounds.Clips[clip].Speaker}' is in both.", nameof(inner));
    }

    private static AdaptedEncoder Prepare(AdaptationData data, AdaptationConfig config, IProgress<WorkProgress>? progress, CancellationToken cancel)
    {
        if (config.TunesAll && config.Method is not null) throw new ArgumentException("Method must be null where TunesAll trains the encoder itself.", nameof(config));
        var layer = FirstLayer(data, config);
        var start = config.FirstState ?? layer ?? 0;
        var level = config.TunesAll ? null : (int?)Math.Min(layer - 1 ?? start, start);
        // By the frozen encoder, before anything is inserted into it.
        var speakers = config.NormalisesSpeakers ? data.Moments(config.Head.MixesLayers ? start : data.Encoder.Layers, level, progress, cancel).Copy() : null;
        var encoder = config.TunesAll ? data.Encoder.Copy() : data.Encoder;
        InsertedAdapter? adapter = null;
        try
        {
            adapter = config.Method?.InsertInto(encoder.Network);
            if (adapter is { Layers.Count: 0 })
                throw new ArgumentException($"Method must adapt layers of the transformer, but {config.Method} adapts {string.Join(", ", adapter.Targets)}.", nameof(config));
            if (config.TunesAll)
                foreach (var parameter in Tunable(encoder)) parameter.Tensor.requires_grad = true;
            var head = new ClipHead(config.Head, encoder.HiddenSize, config.Head.MixesLayers ? encoder.Layers - start + 1 : 1, data.Corpus.Emotions.Count, config.Seed);
            head.to(encoder.Device);
            return new AdaptedEncoder(encoder, adapter, head, start, [.. data.Corpus.Emotions], config.TunesAll) { OwnsEncoder = config.TunesAll, Speakers = speakers };
        }
        catch
        {
            adapter?.Dispose();
            speakers?.Dispose();
            if (config.TunesAll) encoder.Dispose();
            throw;
        }
    }

    // Null: none is adapted.
    private static int? FirstLayer(AdaptationData data, AdaptationConfig config)
    {
        if (config.Method is not { } method) return null;
        using var trial = method.InsertInto(data.Encoder.Network);
        return trial.Layers.Count == 0 ? null : trial.Layers[0];
    }

    private static IEnumerable<TrainedParameter> Tunable(ISpeechTransformer encoder) => BaseWeights.Parameters(encoder.Network)
        .Where(named => encoder.Tunes(named.Name))
        .Select(named => new TrainedParameter(named.Name, named.Parameter) { Decays = named.Parameter.dim() > 1 });

    private static bool HasMasks(AdaptationConfig config) =>
        (config.Method is not null || config.TunesAll) && (config.Masking.Epochs > 0 || config.Masking.JointWeight > 0);

    // Clips without labels, of speakers of whom nothing is chosen by or judged.
    private static int[] Heard(AdaptationData data, Fold inner)
    {
        var learned = inner.Train.ToHashSet();
        var unlabelled = data.Unlabelled;
        var strangers = Enumerable.Range(0, data.Sounds.Clips.Count).Except(unlabelled).Where(clip => !learned.Contains(clip)).Select(clip => data.Sounds.Clips[clip].Speaker).ToHashSet(StringComparer.Ordinal);
        return [.. unlabelled.Where(clip => !strangers.Contains(data.Sounds.Clips[clip].Speaker))];
    }

    private static string? Folder(string? run, string phase) => run is null ? null : Path.Combine(run, phase);
}
