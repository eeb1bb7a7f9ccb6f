namespace Affect.Cli.Bench;

/// <summary>Single operations, as PyTorch's users time them: overhead, throughput, one training step.</summary>
internal static class OpsBench
{
    internal static IEnumerable<BenchCase> Cases(Peers peers)
    {
        IReadOnlyList<(string, Func<double>)> Torch(string operation) => peers.Python("torch", "ops_peer.py", [operation, $"{get_num_threads()}"]);

        var (a, b) = (Random(4, 4), Random(4, 4));
        yield return new("ops/add-4x4", () => BenchRunner.Time(200_000, () => (a + b).Dispose())) { Peers = Torch("add"), Owned = [a, b] };
        var (c, d) = (Random(1024, 1024), Random(1024, 1024));
        yield return new("ops/matmul-1024", () => BenchRunner.Time(20, () => c.Times(d).Dispose())) { Peers = Torch("matmul"), Owned = [c, d] };
        var model = nn.Linear(512, 512);
        var optimizer = optim.AdamW(model.parameters(), lr: 1e-3, weight_decay: 0.01);
        var (x, y) = (Random(64, 512), Random(64, 512));
        yield return new("ops/linear-training-step", () => BenchRunner.Time(300, Step)) { Peers = Torch("train"), Owned = [model, optimizer, x, y] };

        void Step()
        {
            using var scope = NewDisposeScope();
            foreach (var parameter in model.parameters()) parameter.grad = null;
            nn.functional.mse_loss(model.call(x), y).backward();
            optimizer.step();
        }
    }

    private static Tensor Random(long rows, long columns) => rand(new long[] { rows, columns });
}
