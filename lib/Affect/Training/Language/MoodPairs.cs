using Affect.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Affect.Training.Language;

/// <summary>Two lists of sentences of which the i-th of one is of the mood of the i-th of the other: each is to find its partner among those of other moods.</summary>
/// <remarks>
/// InfoNCE (van den Oord et al., arXiv:1807.03748) on cosines in both directions, as SimCSE has it for sentences (Gao et al., arXiv:2104.08821, section 4).
/// Ours: partners share a mood, and further sentences of that mood are no candidates, neither right nor wrong.
/// </remarks>
internal static class MoodPairs
{
    /// <param name="first"><c>[pairs, hidden]</c></param>
    /// <param name="second"><c>[pairs, hidden]</c></param>
    /// <param name="moods">The mood of each pair.</param>
    /// <param name="temperature">τ</param>
    /// <returns>The loss, and the share of sentences that found their partner.</returns>
    internal static (Tensor Loss, double Right) Loss(Tensor first, Tensor second, IReadOnlyList<int> moods, double temperature)
    {
        var scores = Unit(first).Times(Unit(second).t()) / temperature; // [pairs, pairs]
        var count = moods.Count;
        var sameMood = new bool[count * count];
        for (var i = 0; i < count; i++)
            for (var j = 0; j < count; j++) sameMood[(i * count) + j] = i != j && moods[i] == moods[j];
        scores = scores.masked_fill(tensor(sameMood, new long[] { count, count }, device: scores.device), -1e4);
        var partner = arange(count, dtype: ScalarType.Int64, device: scores.device);
        var loss = (F.cross_entropy(scores, partner) + F.cross_entropy(scores.t(), partner)) / 2;
        return (loss, scores.argmax(1).eq(partner).to(ScalarType.Float32).mean().ToDouble());
    }

    private static Tensor Unit(Tensor vectors) => vectors / vectors.pow(2).sum(new long[] { 1 }, keepdim: true).clamp(min: 1e-12).sqrt();
}
