using System.Security.Cryptography;
using System.Text;
using Affect.Adapters;
using Affect.Adapters.Heads;
using Affect.Data;
using Affect.Encoders.Hubert;
using TorchSharp;

namespace Affect.Training.Adaptation;

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
    /// <param name="config">How.</param>
    /// <param name="runFolder">Where record and state are kept, so that an interrupted run goes on; null: nowhere.</param>
    /// <param name="progress">Told after every step.</param>
    /// <param name="cancel">Ends the work after a step.</param>
    /// <returns>The adapted encoder; while it is not disposed, the data's encoder has the adapter.</returns>
    /// <exception cref="ArgumentException">A layer or module matches nothing, or too few speakers are there to keep some aside.</exception>
    /// <exception cref="InvalidOperationException">The loss is no finite number.</exception>
    public static AdaptationResult Run(
        AdaptationData data, AdaptationConfig config, IReadOnlyList<int>? train = null, string? runFolder = null, IProgress<WorkProgress>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(config);
        var inner = Divide(data, train ?? data.Learning, config);
        var convolutions = config.TunesAll || HasMasks(config) ? data.Prefix(null, progress, cancel) : null;
        var target = HasMasks(config) ? data.Prefix(data.Encoder.Layers, progress, cancel) : null;
        var adapted = Prepare(data, config);
        try
        {
            var level = config.TunesAll ? null : (int?)(adapted.Adapter is { } adapter ? Math.Min(adapter.Layers[0] - 1, adapted.FirstState) : adapted.FirstState);
            if (adapted.Adapter is { } inserted && level is not null) inserted.Disable(); // what lies below is the frozen encoder's, whoever asks first
            var prefix = data.Prefix(level, progress, cancel);
            adapted.Adapter?.Enable();
            using var reconstruction = new MaskedReconstruction(data.Encoder.HiddenSize);
            reconstruction.to(data.Encoder.parameters().First().device);
            var masked = target is null ? null : new MaskedTask(adapted, reconstruction, convolutions!, target, data, Heard(data, inner), config);
            var first = masked is null || config.Masking.Epochs == 0 ? null : new Trainer(config.Training with
            {
                Epochs = config.Masking.Epochs,
                LearningRate = config.Masking.LearningRate,
                Criterion = null,
                Patience = 0,
                Balance = ClassBalance.None,
                Seed = config.Seed,
            }).Run(masked, Folder(runFolder, "masked"), progress, cancel);
            var labelled = new LabelledTask(adapted, prefix, data, inner, config, config.Masking.JointWeight > 0 ? masked : null);
            var second = new Trainer(config.Training with { Seed = config.Seed }).Run(labelled, Folder(runFolder, "labelled"), progress, cancel);
            return new AdaptationResult
            {
                Config = config,
                Adapted = adapted,
                Inner = inner,
                Level = level,
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

    private static AdaptedEncoder Prepare(AdaptationData data, AdaptationConfig config)
    {
        if (config.TunesAll && config.Method is not null) throw new ArgumentException("Method must be null where TunesAll trains the encoder itself.", nameof(config));
        var encoder = config.TunesAll ? data.Encoder.Copy() : data.Encoder;
        InsertedAdapter? adapter = null;
        try
        {
            adapter = config.Method?.InsertInto(encoder);
            if (adapter is { Layers.Count: 0 })
                throw new ArgumentException($"Method must adapt layers of the transformer, but {config.Method} adapts {string.Join(", ", adapter.Targets)}.", nameof(config));
            if (config.TunesAll)
                foreach (var parameter in Tunable(encoder)) parameter.Tensor.requires_grad = true;
            var first = config.FirstState ?? adapter?.Layers[0] ?? 0;
            var head = new ClipHead(config.Head, encoder.HiddenSize, config.Head.MixesLayers ? encoder.Layers - first + 1 : 1, data.Corpus.Emotions.Count, config.Seed);
            head.to(encoder.parameters().First().device);
            return new AdaptedEncoder(encoder, adapter, head, first, [.. data.Corpus.Emotions], config.TunesAll) { OwnsEncoder = config.TunesAll };
        }
        catch
        {
            adapter?.Dispose();
            if (config.TunesAll) encoder.Dispose();
            throw;
        }
    }

    private static IEnumerable<TrainedParameter> Tunable(HubertModel encoder) => encoder.named_parameters()
        .Where(named => named.name != "masked_spec_embed" && !named.name.StartsWith("feature_extractor.", StringComparison.Ordinal) && !named.name.Contains(".adapter", StringComparison.Ordinal) && !named.name.Contains(".prefix.", StringComparison.Ordinal))
        .Select(named => new TrainedParameter(named.name, named.parameter) { Decays = named.parameter.dim() > 1 });

    private static bool HasMasks(AdaptationConfig config) =>
        (config.Method is not null || config.TunesAll) && (config.Masking.Epochs > 0 || config.Masking.JointWeight > 0);

    // Without the clips that the epoch is chosen by: their speakers are to be strangers.
    private static int[] Heard(AdaptationData data, Fold inner)
    {
        var strangers = inner.Held.Select(clip => data.Sounds.Clips[clip].Speaker).ToHashSet(StringComparer.Ordinal);
        return [.. data.Hearable.Where(clip => !strangers.Contains(data.Sounds.Clips[clip].Speaker))];
    }

    private static string? Folder(string? run, string phase) => run is null ? null : Path.Combine(run, phase);
}
