namespace Affect.Training;

/// <summary>The gradient of one batch, piece by piece.</summary>
internal sealed class BatchGradient(ITrainingTask task, TrainerConfig config)
{
    private readonly Tensor[] parameters = [.. task.Parameters.Select(parameter => (Tensor)parameter.Tensor)];
    private readonly Device device = task.Parameters[0].Tensor.device;

    /// <summary>Leaves the batch's gradient in the parameters.</summary>
    /// <returns>Loss and parts, means over the batch.</returns>
    internal (double Loss, SortedDictionary<string, double> Parts) Of(int[] batch, int step, int epoch)
    {
        var pieces = new Piece[Math.Min(config.Pieces, batch.Length)];
        foreach (var parameter in parameters) parameter.grad = null;
        if (pieces.Length == 1 || task.DrawsFromTorch)
        {
            // Gradients add up in the parameters by themselves.
            for (var piece = 0; piece < pieces.Length; piece++) pieces[piece] = Learn(piece, loss => { loss.backward(); return []; });
        }
        else
        {
            // Here they are asked for, so that two cores do not write to one place.
            Workers.Run(pieces.Length, device, piece => pieces[piece] = Learn(piece, loss => [.. loss.Gradients(parameters).Select(gradient => gradient.DetachFromDisposeScope())]));
            Add(pieces);
        }
        var parts = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var piece in pieces)
            foreach (var (name, value) in piece.Parts) parts[name] = parts.GetValueOrDefault(name) + piece.Share * value;
        return (pieces.Sum(piece => piece.Share * piece.Loss), parts);

        Piece Learn(int piece, Func<Tensor, Tensor[]> differentiate)
        {
            var (first, end) = (batch.Length * piece / pieces.Length, batch.Length * (piece + 1) / pieces.Length);
            using var recording = enable_grad();
            using var scope = NewDisposeScope();
            var chance = new SeededRandom(config.Seed, FormattableString.Invariant($"training step {step} piece {piece}"));
            var seed = new SeededRandom(config.Seed, FormattableString.Invariant($"dropout of training step {step} piece {piece}")).NextBits() >> 1;
            using var dropout = SeededDropout.Seed(seed);
            // The one place, beside tests, where libtorch's own generator is seeded: dropout on an accelerator has no other.
            if (task.DrawsFromTorch || device.type != DeviceType.CPU) random.manual_seed((long)seed);
            var result = task.Loss(batch[first..end], new TrainingStep { Number = step, Epoch = epoch, Random = chance });
            var share = (double)(end - first) / batch.Length;
            return new Piece(share, result.Loss.ToDouble(), result.Parts, differentiate(result.Loss * share));
        }
    }

    // Always in the same order, so that the sum does not depend on which piece was done first.
    private void Add(Piece[] pieces)
    {
        using var noGrad = no_grad();
        for (var i = 0; i < parameters.Length; i++)
        {
            var sum = pieces[0].Gradients[i];
            foreach (var piece in pieces.Skip(1)) sum.add_(piece.Gradients[i]);
            parameters[i].grad = sum;
            foreach (var piece in pieces) piece.Gradients[i].Dispose();
        }
    }

    private sealed record Piece(double Share, double Loss, IReadOnlyDictionary<string, double> Parts, Tensor[] Gradients);
}
