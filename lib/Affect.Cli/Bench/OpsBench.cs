namespace Affect.Cli.Bench;

/// <summary>Single operations, as PyTorch's users time them: overhead, throughput, one training step.</summary>
internal static class OpsBench
{
    internal static IEnumerable<BenchCase> Cases(PeerStarter peers)
    {
        yield return Add(peers);
        yield return Matmul(peers);
        yield return TrainingStep(peers);
    }

    private static BenchCase Add(PeerStarter peers)
    {
        var (a, b) = (rand(new long[] { 4, 4 }), rand(new long[] { 4, 4 }));
        return new("ops/add-4x4", () => BenchRunner.Time(200_000, () => (a + b).Dispose()))
        {
            Peers = peers.Python("torch", "ops_peer.py", ["add", Threads]),
            Owned = [a, b],
        };
    }

    private static BenchCase Matmul(PeerStarter peers)
    {
        var (a, b) = (rand(new long[] { 1024, 1024 }), rand(new long[] { 1024, 1024 }));
        return new("ops/matmul-1024", () => BenchRunner.Time(20, () => a.Times(b).Dispose()))
        {
            Peers = peers.Python("torch", "ops_peer.py", ["matmul", Threads]),
            Owned = [a, b],
        };
    }

    private static BenchCase TrainingStep(PeerStarter peers)
    {
        var model = nn.Linear(512, 512);
        var optimizer = optim.AdamW(model.parameters(), lr: 1e-3, weight_decay: 0.01);
        var (x, y) = (rand(new long[] { 64, 512 }), rand(new long[] { 64, 512 }));
        void Step()
        {
            using var scope = NewDisposeScope();
            foreach (var parameter in model.parameters()) parameter.grad = null;
            nn.functional.mse_loss(model.call(x), y).backward();
            optimizer.step();
        }
        return new("ops/linear-training-step", () => BenchRunner.Time(300, Step))
        {
            Peers = peers.Python("torch", "ops_peer.py", ["train", Threads]),
            Owned = [model, optimizer, x, y],
        };
    }

    private static string Threads => get_num_threads().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
