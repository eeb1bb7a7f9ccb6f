using static TorchSharp.torch;

namespace TorchSharp.Tests.Scopes;

public sealed class DisposeScopeTests
{
    [Fact]
    public void A_scope_disposes_what_was_made_in_it()
    {
        var outside = ones(2);
        Tensor inside;
        using (NewDisposeScope()) inside = ones(2);
        Assert.True(inside.IsInvalid);
        Assert.False(outside.IsInvalid);
        outside.Dispose();
    }

    [Fact]
    public void Use_after_the_scope_is_an_error_in_torchsharps_words()
    {
        Tensor inside;
        using (NewDisposeScope()) inside = ones(2);
        Assert.Equal("Tensor invalid -- empty handle.", Assert.Throws<InvalidOperationException>(() => inside.shape).Message);
        Assert.Equal("Tensor invalid -- empty handle.", Assert.Throws<InvalidOperationException>(() => inside + 1).Message);
    }

    [Fact]
    public void A_result_moves_to_the_outer_scope_and_from_there_outside()
    {
        using var outer = NewDisposeScope();
        Tensor result;
        using (var inner = NewDisposeScope())
        {
            result = (ones(2) + 1).MoveToOuterDisposeScope();
            Assert.Equal(1, inner.DisposablesCount); // the ones stay behind
            Assert.False(inner.Contains(result));
        }
        Assert.True(outer.Contains(result));
        Assert.False(result.IsInvalid);
        result.MoveToOuterDisposeScope();
        Assert.False(outer.Contains(result));
        result.Dispose();
    }

    [Fact]
    public void A_detached_tensor_survives_every_scope()
    {
        Tensor kept;
        using (NewDisposeScope())
        using (NewDisposeScope())
            kept = ones(2).DetachFromDisposeScope();
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void A_tensor_can_be_attached_and_moved_to_any_scope()
    {
        using var made = ones(2);
        using var outer = NewDisposeScope();
        var inOuter = ones(2);
        using (var inner = NewDisposeScope())
        {
            inner.Attach(made);
            Assert.True(inner.Contains(made));
            made.MoveToOtherDisposeScope(inOuter);
            Assert.True(outer.Contains(made));
            var (first, second) = inner.MoveToOuter(ones(1), ones(1));
            Assert.True(outer.Contains(first) && outer.Contains(second));
        }
        Assert.False(made.IsInvalid);
    }

    [Fact]
    public void Everything_but_what_is_kept_can_be_disposed_early()
    {
        using var scope = NewDisposeScope();
        var (a, b, c) = (ones(1), ones(1), ones(1));
        scope.DisposeEverythingBut(b);
        Assert.True(a.IsInvalid && c.IsInvalid);
        Assert.False(b.IsInvalid);
        Assert.Equal([b], scope.DisposablesView);
        scope.DisposeEverything();
        Assert.True(b.IsInvalid);
        Assert.Equal(0, scope.DisposablesCount);
    }

    [Fact]
    public void Disposing_by_hand_leaves_the_scope_consistent()
    {
        using var scope = NewDisposeScope();
        var tensors = Enumerable.Range(0, 100).Select(_ => ones(1)).ToArray();
        foreach (var tensor in tensors.Where((_, i) => i % 3 == 0)) tensor.Dispose();
        Assert.Equal(66, scope.DisposablesCount);
        foreach (var tensor in tensors) Assert.Equal(!tensor.IsInvalid, scope.Contains(tensor));
    }

    [Fact]
    public void Other_disposables_can_be_attached_too()
    {
        var other = new MemoryStream();
        using (var scope = NewDisposeScope())
        {
            scope.Attach(other);
            Assert.True(scope.Contains(other));
        }
        Assert.Throws<ObjectDisposedException>(() => other.Length);
    }

    [Fact]
    public void Scopes_may_end_out_of_order()
    {
        var outer = NewDisposeScope();
        var inner = NewDisposeScope();
        outer.Dispose();
        Assert.Same(inner, CurrentDisposeScope);
        inner.Dispose();
        Assert.Null(CurrentDisposeScope);
    }

    [Fact]
    public void A_tensor_of_another_thread_is_in_no_scope_here()
    {
        using var scope = NewDisposeScope();
        Tensor? made = null;
        var thread = new Thread(() => made = ones(2));
        thread.Start();
        thread.Join();
        Assert.False(scope.Contains(made!));
        made!.Dispose();
    }

    [Fact]
    public void Another_thread_may_dispose_a_tensor_of_this_scope()
    {
        using var scope = NewDisposeScope();
        var tensors = Enumerable.Range(0, 50).Select(_ => ones(1)).ToArray();
        var thread = new Thread(() => Array.ForEach(tensors, static tensor => tensor.Dispose()));
        thread.Start();
        thread.Join();
        Assert.All(tensors, static tensor => Assert.True(tensor.IsInvalid));
    }

    [Fact]
    public void Statistics_count_what_happens_to_tensors()
    {
        var counts = DisposeScopeManager.Statistics;
        counts.Reset();
        var outside = ones(1);
        using (var scope = NewDisposeScope())
        {
            var a = ones(1);
            _ = ones(1);
            scope.Detach(a);
            scope.Attach(outside);
            a.Dispose();
        }
        Assert.Equal((1, 2, 1, 2), (counts.CreatedOutsideScopeCount, counts.CreatedInScopeCount, counts.DisposedOutsideScopeCount, counts.DisposedInScopeCount));
        Assert.Equal((1, 1, 0), (counts.DetachedFromScopeCount, counts.AttachedToScopeCount, counts.ThreadTotalLiveCount));
        Assert.Contains("ThreadTotalLiveCount: 0", counts.TensorStatistics.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failing_operator_leaks_nothing()
    {
        var before = LiveTensors.Count;
        for (var i = 0; i < 20; i++)
        {
            using var scope = NewDisposeScope();
            var (a, b) = (ones(2, 3), ones(4, 5));
            Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => a.exp().matmul(b));
            Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => cat([a, b]));
            Assert.Throws<ArgumentException>(() => a.item<float>());
            _ = a.unique(dim: 0);
            _ = a[TensorIndex.Tensor(tensor(new long[] { 0 })), TensorIndex.None];
        }
        Assert.Equal(before, LiveTensors.Count);
    }

    [Fact]
    public void The_peak_never_falls_below_the_count()
    {
        using var scope = NewDisposeScope();
        _ = Enumerable.Range(0, 10).Select(_ => ones(1)).ToArray();
        Assert.True(Tensor.PeakCount >= Tensor.TotalCount);
    }

    [Fact]
    public void The_finalizer_frees_what_nobody_disposed()
    {
        Garbage.Collect();
        var before = Tensor.TotalCount;
        Leak();
        for (var i = 0; i < 50 && Tensor.TotalCount > before; i++) Garbage.Collect();
        Assert.True(Tensor.TotalCount <= before); // earlier tests may have left some, which go too

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Leak()
        {
            for (var i = 0; i < 100; i++) _ = ones(10);
        }
    }

    [Fact]
    public void The_collector_feels_the_weight_of_large_tensors_outside_scopes()
    {
        const long size = 64L << 20;
        Garbage.Collect();
        var before = Runtime.Memory.Live;
        var most = 0L;
        for (var i = 0; i < 600; i++)
        {
            _ = empty(size, ScalarType.Byte); // never touched, so it takes no memory of the machine
            most = Math.Max(most, Runtime.Memory.Live - before);
            GC.WaitForPendingFinalizers(); // starts no collection; on a busy machine the finalizer's thread may lag behind the one that is asked for here
        }
        // How soon the collector answers depends on what it did before, up to 140 of these were seen; one that feels nothing lets all 600 live.
        Assert.InRange(most, size, 300 * size);
    }

    [Fact]
    public void A_tensor_survives_collections_while_it_is_used()
    {
        using var scope = NewDisposeScope();
        var t = arange(1000, ScalarType.Float32);
        for (var i = 0; i < 20; i++)
        {
            t = (t + 1) - 1;
            Garbage.Collect();
        }
        Assert.Equal(999 * 1000 / 2, t.sum().item<float>());
    }

    [Fact]
    public void Many_threads_make_and_dispose_at_once()
    {
        Garbage.Collect();
        var before = Tensor.TotalCount;
        Parallel.For(0, 8, i =>
        {
            var ofThread = LiveTensors.Count;
            for (var j = 0; j < 200; j++)
            {
                using var scope = NewDisposeScope();
                var sum = (ones(3) * i).sum();
                Assert.Equal(3f * i, sum.item<float>());
            }
            Assert.Equal(ofThread, LiveTensors.Count);
        });
        Assert.True(Tensor.TotalCount <= before); // what earlier tests left may go meanwhile
    }

    [Fact]
    public void A_handle_can_be_given_away_and_taken_over()
    {
        var tensor = ones(2);
        var handle = tensor.DecoupleFromNativeHandle();
        Assert.True(tensor.IsInvalid);
        using var again = Tensor.UnsafeCreateTensor(handle);
        Assert.Equal([1, 1], again.data<float>().ToArray());
    }
}
