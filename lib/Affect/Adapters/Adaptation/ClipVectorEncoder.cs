namespace Affect.Adapters.Adaptation;

/// <summary>
/// An adapted encoder as one that gives a single state of a single frame: the clip's vector as its head pools it, which is what later stages take as the acoustic
/// modality. So whatever encodes a corpus into a store does so with adapted encoders too.
/// </summary>
public sealed class ClipVectorEncoder : IEncoder
{
    private const int ShownDigits = 8;

    private readonly AdaptedEncoder adapted;

    private ClipVectorEncoder(AdaptedEncoder adapted, string adapter, string fingerprint)
    {
        this.adapted = adapted;
        (Adapter, Fingerprint) = (adapter, fingerprint);
    }

    /// <summary>Puts what <see cref="AdaptedEncoder.Save"/> wrote into an encoder.</summary>
    /// <param name="encoder">The encoder that was adapted; stays the caller's.</param>
    /// <param name="folder">The folder.</param>
    /// <exception cref="FileNotFoundException">A file is missing.</exception>
    /// <exception cref="FormatException">A file is damaged, of another encoder, or normalises speakers.</exception>
    public static ClipVectorEncoder Load(ISpeechTransformer encoder, string folder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        var before = encoder.Fingerprint; // of the encoder as it was adapted, whatever is put into it
        var whole = AdaptedEncoder.Load(encoder, folder);
        try
        {
            if (whole.Speakers is not null)
                throw new FormatException($"{folder} normalises speakers, so its vectors depend on who speaks, which a store of features does not know; adapt without that, or let 'lab fuse --adapter' read it.");
            var adapter = HashOf(whole);
            return new ClipVectorEncoder(whole, adapter, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{before}\n{adapter}"))));
        }
        catch
        {
            whole.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public string Name => $"{adapted.Encoder.Name}-adapted-{Adapter![..ShownDigits]}";

    /// <inheritdoc/>
    public int Layers => 0;

    /// <inheritdoc/>
    public int HiddenSize => adapted.Head.FeatureSize;

    /// <inheritdoc/>
    public int SampleRate => adapted.Encoder.SampleRate;

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public string? Adapter { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string>? Learned => adapted.Learned;

    /// <inheritdoc/>
    public bool NeedsEqualLengths => adapted.Encoder.NeedsEqualLengths;

    /// <inheritdoc/>
    public int MinimumSamples => adapted.Encoder.MinimumSamples;

    /// <inheritdoc/>
    public HiddenStates Encode(Tensor waveform, Tensor lengths, int? lastLayer = null)
    {
        Require.Between(0, Layers, lastLayer ?? 0, nameof(lastLayer));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var vectors = adapted.Pool(waveform, lengths).unsqueeze(1); // [batch, 1, features]
        return new HiddenStates([vectors.DetachFromDisposeScope()], ones(new long[] { vectors.shape[0] }, dtype: ScalarType.Int64, device: vectors.device).DetachFromDisposeScope());
    }

    /// <summary>Takes the adapter out of the encoder and frees it and the head.</summary>
    public void Dispose() => adapted.Dispose();

    private static string HashOf(AdaptedEncoder adapted)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{adapted.Adapter?.Config}\n{adapted.Head.Config}\n{adapted.FirstState}\n{string.Join(',', adapted.Emotions)}\n"));
        var adapter = adapted.Adapter?.Parameters.Select(named => (named.Key, Value: (Tensor)named.Value)) ?? [];
        var tuned = adapted.IsTuned ? adapted.Encoder.Network.state_dict().Select(pair => (pair.Key, pair.Value)) : [];
        var head = adapted.Head.state_dict().Select(pair => (Key: $"head.{pair.Key}", pair.Value));
        foreach (var (name, value) in adapter.Concat(tuned).Concat(head).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            hash.AppendData(Encoding.UTF8.GetBytes($"{name} {value.dtype} [{string.Join(", ", value.shape)}]\n"));
            hash.AppendData(value.detach().cpu().contiguous().bytes);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
