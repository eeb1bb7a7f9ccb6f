namespace Affect.Pretraining.Bert;

/// <summary>Every text is there twice, with other words hidden each time; each is to find its other self among other texts.</summary>
/// <remarks>
/// The unsupervised loss of SimCSE (Gao et al., arXiv:2104.08821, section 3): InfoNCE on cosines. Its two views differ by dropout; ours by what is masked, as
/// in Mirror-BERT (Liu et al., arXiv:2104.08027, section 2.1). Ours: both directions, and texts that are equal are no candidates for each other.
/// </remarks>
internal static class ViewContrast
{
    /// <param name="first"><c>[texts, hidden]</c></param>
    /// <param name="second"><c>[texts, hidden]</c>, the same texts.</param>
    /// <param name="texts">What they are of.</param>
    /// <param name="temperature">τ</param>
    /// <returns>The loss, and the share of texts that found themselves.</returns>
    internal static (Tensor Loss, double Right) Loss(Tensor first, Tensor second, IReadOnlyList<string> texts, double temperature)
    {
        var scores = InfoNce.Unit(first).Times(InfoNce.Unit(second).t()) / temperature; // [texts, texts]
        var count = texts.Count;
        var isEqual = new bool[count * count];
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++) isEqual[(i * count) + j] = i != j && texts[i] == texts[j];
        scores = scores.masked_fill(tensor(isEqual, new long[] { count, count }, device: scores.device), -1e4);
        var itself = arange(count, dtype: ScalarType.Int64, device: scores.device);
        var loss = (F.cross_entropy(scores, itself) + F.cross_entropy(scores.t(), itself)) / 2;
        return (loss, scores.argmax(1).eq(itself).to(ScalarType.Float32).mean().ToDouble());
    }
}
