namespace Affect.Features;

/// <summary>Encodes the transcripts of a corpus: for every clip one vector per layer, the mean over its tokens without the special ones. Texts seen before are read from disk.</summary>
/// <remarks>
/// <code>
/// ROOT/NAME-KEY/texts.json               what made the features
/// ROOT/NAME-KEY/clips/ab/….safetensors   "features" [layers, hidden], float32; named by clip and transcript
/// </code>
/// The sum of the last four layers' means is the mean of their sum, the baseline's text feature (arXiv:2404.17113), so means by layer are all that is kept.
/// </remarks>
/// <param name="encoder">The encoder; it stays the caller's.</param>
/// <param name="batchTexts">How many texts are encoded at a time.</param>
public sealed class TextExtractor(ITextEncoder encoder, int batchTexts = 32)
{
    // Raised when the way from text to features changes.
    private const int Version = 1;
    private const string DescriptionName = "texts.json";
    private const string TensorName = "features";

    private readonly ITextEncoder encoder = encoder ?? throw new ArgumentNullException(nameof(encoder));
    private readonly int batchTexts = Require.AtLeast(1, batchTexts, nameof(batchTexts));

    /// <summary>The features of a corpus's transcripts.</summary>
    /// <param name="corpus">The clips.</param>
    /// <param name="root">The folder below which features lie; those of other encoders may lie beside.</param>
    /// <param name="progress">Told after every batch.</param>
    /// <param name="ct">Ends the work; what is finished stays.</param>
    /// <returns>All N + 1 layers of the clips that have a transcript, and the ids of those that have none. An empty transcript gives zeros.</returns>
    /// <exception cref="FormatException">A stored file is damaged, or the encoder gave numbers that are not finite.</exception>
    public StoredFeatures Run(Corpus corpus, string root, IProgress<WorkProgress>? progress = null, CancellationToken ct = default)
    {
        ct = Interruption.Or(ct);
        ArgumentNullException.ThrowIfNull(corpus);
        ArgumentException.ThrowIfNullOrEmpty(root);
        var folder = FolderBelow(Path.GetFullPath(root));
        var files = new ClipFiles(folder);
        var spoken = corpus.Clips.Where(clip => clip.Transcript is not null).ToArray();
        var (layers, size) = (encoder.Layers + 1, (encoder.Layers + 1) * encoder.HiddenSize);
        var values = new float[checked(spoken.Length * size)];
        var stored = files.Keys();
        var missing = Enumerable.Range(0, spoken.Length).Where(i => !stored.Contains(KeyOf(spoken[i]))).ToArray();
        var done = spoken.Length - missing.Length;
        foreach (var batch in missing.Chunk(batchTexts))
        {
            ct.ThrowIfCancellationRequested();
            foreach (var (i, vector) in batch.Zip(Encode([.. batch.Select(i => spoken[i])])))
            {
                Write(files.PathOf(KeyOf(spoken[i])), spoken[i], vector);
                vector.CopyTo(values.AsSpan(i * size));
            }
            done += batch.Length;
            progress?.Report(new WorkProgress($"Reading {corpus.Name} with {encoder.Name}", done, spoken.Length, Resumed: spoken.Length - missing.Length));
        }
        foreach (var i in Enumerable.Range(0, spoken.Length).Except(missing)) Read(files.PathOf(KeyOf(spoken[i]))).CopyTo(values.AsSpan(i * size));
        var table = new FeatureTable([.. spoken.Select(clip => clip.Id)], values, layers, encoder.HiddenSize);
        return new StoredFeatures(table, [.. corpus.Clips.Where(clip => clip.Transcript is null).Select(clip => clip.Id)]);
    }

    private string FolderBelow(string root)
    {
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"texts {Version}\n{encoder.Fingerprint}")));
        var folder = Path.Combine(root, $"{ClipFiles.FileNameOf(encoder.Name)}-{key[..12]}");
        var description = Path.Combine(folder, DescriptionName);
        if (!File.Exists(description))
        {
            AtomicFile.WriteText(description, JsonSerializer.Serialize(new
            {
                encoder = encoder.Name,
                fingerprint = encoder.Fingerprint,
                pooling = "mean over tokens, special ones left out",
                layers = encoder.Layers + 1,
                dims = encoder.HiddenSize,
            }) + "\n");
        }
        return folder;
    }

    private List<float[]> Encode(Clip[] clips)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var states = encoder.Encode([.. clips.Select(clip => clip.Transcript!)]);
        var pooled = stack([.. states.Layers.Select(states.MeanOverText)], 1).cpu(); // [clips, layers, hidden]
        if (!pooled.isfinite().all().ToBoolean())
            throw new FormatException($"{encoder.Name} gave features that are not finite numbers; where it runs in bfloat16 or float16, try float32.");
        var flat = pooled.contiguous().data<float>().ToArray();
        return [.. flat.Chunk(flat.Length / clips.Length)];
    }

    private static string KeyOf(Clip clip) => StoredClip.KeyOf(clip.Id, HashOf(clip));

    private static string HashOf(Clip clip) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(clip.Transcript!)));

    private void Write(string path, Clip clip, float[] vector)
    {
        using var scope = NewDisposeScope();
        var features = tensor(vector, new long[] { encoder.Layers + 1, encoder.HiddenSize });
        SafetensorsWriter.Write(path, new Dictionary<string, Tensor> { [TensorName] = features }, new Dictionary<string, string>
        {
            ["clip"] = clip.Id,
            ["text_sha256"] = HashOf(clip),
        });
    }

    private float[] Read(string path)
    {
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(path);
        if (!file.Entries.TryGetValue(TensorName, out var entry) || entry.Type != ScalarType.Float32 || !entry.Shape.SequenceEqual([encoder.Layers + 1, encoder.HiddenSize]))
            throw new FormatException($"{path} must hold '{TensorName}' as float32 [{encoder.Layers + 1}, {encoder.HiddenSize}], but does not. Delete it and extract again.");
        return file.Read(TensorName).data<float>().ToArray();
    }
}
