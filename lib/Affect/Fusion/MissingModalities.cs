namespace Affect.Fusion;

/// <summary>What one trained fusion decides when modalities are missing: the logits for every subset of them.</summary>
public static class MissingModalities
{
    /// <summary>Evaluates a fusion on all 2^M − 1 subsets, without dropout and without gradients.</summary>
    /// <param name="fusion">The trained fusion; afterwards it is set to evaluation.</param>
    /// <param name="batch">The clips with all that they have.</param>
    /// <returns>
    /// Per subset the logits, <c>[batch, classes]</c> row-major. A clip that has none of a subset's modalities is given no decision: its logits are all 0.
    /// </returns>
    public static IReadOnlyList<(ModalitySubset Subset, float[] Logits)> Run(IFusion fusion, ModalityBatch batch)
    {
        ArgumentNullException.ThrowIfNull(fusion);
        ArgumentNullException.ThrowIfNull(batch);
        fusion.SetTraining(false);
        var subsets = ModalitySubset.All([.. fusion.Config.Modalities.Select(modality => modality.Name)]);
        return [.. subsets.Select(subset => (subset, Logits(fusion, batch, subset)))];
    }

    private static float[] Logits(IFusion fusion, ModalityBatch batch, ModalitySubset subset)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var left = batch.Only(subset.IsPresent);
        var has = left.Presence!.any(1).cpu().data<bool>().ToArray();
        var classes = fusion.Config.Classes;
        var all = new float[has.Length * classes];
        long[] rows = [.. Enumerable.Range(0, has.Length).Where(clip => has[clip]).Select(clip => (long)clip)];
        if (rows.Length == 0) return all;
        var chosen = tensor(rows, dtype: ScalarType.Int64, device: batch.Features[0].device);
        var logits = fusion.Fuse(Rows(left, chosen)).Logits.cpu().contiguous().data<float>().ToArray();
        for (var row = 0; row < rows.Length; row++) logits.AsSpan(row * classes, classes).CopyTo(all.AsSpan((int)rows[row] * classes));
        return all;
    }

    private static ModalityBatch Rows(ModalityBatch batch, Tensor rows) => new()
    {
        Features = [.. batch.Features.Select(features => features.index_select(0, rows))],
        Presence = batch.Presence?.index_select(0, rows),
        FrameMasks = batch.FrameMasks?.Select(mask => mask?.index_select(0, rows)).ToArray(),
    };
}
