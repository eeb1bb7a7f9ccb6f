namespace Affect.Tests.Probing;

/// <summary>What a layer curve must show, and must not.</summary>
public sealed class LayerProbeTests
{
    private static readonly ProbeConfig Quick = new() { Penalties = [0.01, 1], WeightedSum = false, Similarity = false };

    [Fact]
    public void A_planted_layer_is_found()
    {
        var curve = LayerProbe.Run(Planted.Task(layer => layer == 3 ? 8 : 0.5), Quick);
        Assert.Equal(3, curve.Best().Layer);
        Assert.Equal(3, curve.BestRange(width: 1).Range.First);
        Assert.True(curve.Layers[3].Waf.Low > curve.Chance.Waf, $"{curve.Layers[3].Waf} is not above chance, {curve.Chance.Waf}");
        Assert.True(curve.Layers[3].Waf.Low > curve.Layers[0].Waf.High);
        Assert.Equal(0, curve.Unsettled);
        Assert.Equal([0, 1, 2, 3, 4, 5], curve.Layers.Select(layer => layer.Layer));
    }

    [Fact]
    public void Permuted_labels_give_chance()
    {
        var task = Planted.Task(_ => 2, speakers: 20, each: 30, layers: 2);
        var labels = task.Labels.ToArray();
        // Within each speaker: otherwise a class that is rarer among the held-out clips is commoner among the others, and a probe without
        // anything to go by, which says the commonest class, scores below chance.
        for (var speaker = 0; speaker < 20; speaker++) new SeededRandom(speaker).Shuffle<int>(labels.AsSpan(speaker * 30, 30));
        var curve = LayerProbe.Run(new ProbeTask(task.Features, labels, task.Speakers, task.Folds, task.Emotions), Quick);
        foreach (var layer in curve.Layers) Assert.Equal(curve.Chance.Uar, layer.Uar.Value, 0.06); // 600 clips: three standard errors
    }

    [Fact]
    public void The_same_task_gives_the_same_curve_to_the_last_digit()
    {
        var task = Planted.Task(layer => layer);
        var config = new ProbeConfig();
        Assert.Equal(LayerProbe.Run(task, config).ToJson(), LayerProbe.Run(task, config).ToJson());
    }

    [Fact]
    public void The_number_of_cores_does_not_matter()
    {
        var task = Planted.Task(layer => layer, layers: 3);
        var config = Quick with { WeightedSum = true };
        var cores = torch.get_num_threads();
        try
        {
            torch.set_num_threads(1);
            var alone = LayerProbe.Run(task, config).ToJson();
            torch.set_num_threads(3);
            Assert.Equal(alone, LayerProbe.Run(task, config).ToJson());
            Assert.Equal(3, torch.get_num_threads());
        }
        finally
        {
            torch.set_num_threads(cores);
        }
    }

    [Fact]
    public void Layers_are_probed_each_for_itself()
    {
        var six = LayerProbe.Run(Planted.Task(layer => layer, layers: 6), Quick);
        var task = Planted.Task(layer => layer, layers: 6);
        var dims = task.Features.Dims;
        var fourth = Enumerable.Range(0, task.Labels.Count).SelectMany(clip => task.Features.Row(clip, 4).ToArray()).ToArray();
        var alone = LayerProbe.Run(
            new ProbeTask(new FeatureTable(task.Features.ClipIds, fourth, 1, dims) { FirstLayer = 4 }, task.Labels, task.Speakers, task.Folds, task.Emotions), Quick);
        Assert.Equal(4, alone.Layers[0].Layer);
        Assert.Equal(six.Layers[4].Predicted, alone.Layers[0].Predicted);
        Assert.Equal(six.Layers[4].Waf, alone.Layers[0].Waf);
    }

    [Fact]
    public void Order_of_the_clips_does_not_matter()
    {
        var task = Planted.Task(layer => layer);
        var order = Enumerable.Range(0, task.Labels.Count).ToArray();
        new SeededRandom(3).Shuffle<int>(order);
        var features = task.Features.Select(order);
        string[] speakers = [.. order.Select(clip => task.Speakers[clip])];
        var place = order.Select((clip, position) => (clip, position)).ToDictionary(pair => pair.clip, pair => pair.position);
        Fold[] folds = [.. task.Folds.Select(fold => new Fold
        {
            Index = fold.Index,
            Train = [.. fold.Train.Select(clip => place[clip]).Order()],
            Held = [.. fold.Held.Select(clip => place[clip]).Order()],
        })];
        var shuffled = LayerProbe.Run(new ProbeTask(features, [.. order.Select(clip => task.Labels[clip])], speakers, folds, task.Emotions), Quick);
        var plain = LayerProbe.Run(task, Quick);
        Assert.Equal(plain.Layers.Select(layer => layer.Waf), shuffled.Layers.Select(layer => layer.Waf));
    }

    // What the held-out clips of a fold are must not matter to the C that the fold chooses.
    [Fact]
    public void The_penalty_is_chosen_without_the_clips_that_are_reported()
    {
        var task = Planted.Task(_ => 3, layers: 2);
        var config = Quick with { Penalties = [0.0001, 0.01, 1, 100] };
        var plain = LayerProbe.Run(task, config);
        foreach (var fold in task.Folds)
        {
            var labels = task.Labels.ToArray();
            foreach (var clip in fold.Held) labels[clip] = (labels[clip] + 1) % 3;
            var values = (float[])task.Features.Values.Clone();
            var size = task.Features.Layers * task.Features.Dims;
            foreach (var clip in fold.Held) values.AsSpan(clip * size, size).Reverse();
            var changed = LayerProbe.Run(
                new ProbeTask(new FeatureTable(task.Features.ClipIds, values, 2, task.Features.Dims), labels, task.Speakers, task.Folds, task.Emotions), config);
            for (var layer = 0; layer < 2; layer++)
                Assert.Equal(plain.Layers[layer].Folds[fold.Index].Penalty, changed.Layers[layer].Folds[fold.Index].Penalty);
        }
    }

    [Fact]
    public void Sharing_the_inner_fits_among_folds_spares_half_of_them()
    {
        var task = Planted.Task(_ => 3);
        Assert.Equal(5 + 10, FitsOf(task));
        var two = new ProbeTask(task.Features, task.Labels, task.Speakers, Planted.Folds([.. task.Speakers], 2), task.Emotions);
        Assert.Equal(2 + 2 * 5, FitsOf(two)); // two folds: each training part of five speakers is divided anew

        static int FitsOf(ProbeTask task)
        {
            var seen = new List<WorkProgress>();
            LayerProbe.Run(task, Quick, progress: new Collector(seen));
            return (int)(seen[^1].Total / task.Features.Layers / Quick.Penalties.Count);
        }
    }

    [Fact]
    public void A_class_that_a_training_part_lacks_is_never_decided_for_and_costs_a_bounded_loss()
    {
        var task = Planted.Task(_ => 8);
        // Only speakers of fold 0 are happy.
        int[] labels = [.. task.Labels.Select((label, clip) => label == 2 && !task.Folds[0].Held.Contains(clip) ? clip % 2 : label)];
        var curve = LayerProbe.Run(new ProbeTask(task.Features, labels, task.Speakers, task.Folds, task.Emotions), Quick);
        var place = curve.ClipIds.Select((id, position) => (id, position)).ToDictionary(pair => pair.id, pair => pair.position);
        foreach (var layer in curve.Layers)
        {
            Assert.DoesNotContain(task.Folds[0].Held, clip => layer.Predicted[place[task.Features.ClipIds[clip]]] == 2);
            Assert.InRange(layer.LogLoss, 0.1, 34.6);
        }
    }

    [Fact]
    public void A_training_part_of_a_single_class_decides_for_it()
    {
        string[] speakers = [.. Enumerable.Range(0, 30).Select(clip => $"speaker {clip / 10}")];
        int[] labels = [.. Enumerable.Range(0, 30).Select(clip => clip < 10 ? clip % 3 : 1)]; // the last two speakers are always angry
        var values = Enumerable.Range(0, 30 * 4).Select(i => (float)Math.Sin(i)).ToArray();
        var curve = LayerProbe.Run(Planted.Of(values, 1, 4, labels, speakers, folds: 3), Quick);
        Assert.All(curve.Layers[0].Predicted.Take(10), decision => Assert.Equal(1, decision));
        Assert.Equal(0, curve.Unsettled);
    }

    [Fact]
    public void Dimensions_that_never_change_do_no_harm()
    {
        var task = Planted.Task(_ => 6, layers: 1, dims: 16);
        var wide = new float[task.Labels.Count * 20];
        for (var clip = 0; clip < task.Labels.Count; clip++)
        {
            task.Features.Row(clip, 0).CopyTo(wide.AsSpan(clip * 20));
            wide.AsSpan(clip * 20 + 16, 4).Fill(0.1f); // 0.1 has no exact mean in float32
        }
        var padded = new ProbeTask(new FeatureTable(task.Features.ClipIds, wide, 1, 20), task.Labels, task.Speakers, task.Folds, task.Emotions);
        var (plain, constant) = (LayerProbe.Run(task, Quick), LayerProbe.Run(padded, Quick));
        Assert.Equal(plain.Layers[0].Predicted, constant.Layers[0].Predicted);
        Assert.Equal(plain.Layers[0].LogLoss, constant.Layers[0].LogLoss, 1e-4);
    }

    [Fact]
    public void Features_that_never_change_at_all_give_the_most_frequent_class()
    {
        var task = Planted.Task(_ => 0, layers: 1);
        var flat = new ProbeTask(
            new FeatureTable(task.Features.ClipIds, new float[task.Features.Values.Length], 1, task.Features.Dims),
            [.. task.Labels.Select((label, clip) => clip % 4 == 0 ? 1 : label)], task.Speakers, task.Folds, task.Emotions);
        Assert.All(LayerProbe.Run(flat, Quick).Layers[0].Predicted, decision => Assert.Equal(1, decision));
    }

    [Fact]
    public void Folds_of_very_different_size_do_not_disturb_each_other()
    {
        var task = Planted.Task(layer => layer, speakers: 12);
        string[] speakers = [.. task.Speakers];
        var big = speakers.Distinct().Take(8).ToHashSet();
        Fold Hold(int index, Func<string, bool> isHeld) => new()
        {
            Index = index,
            Train = [.. Enumerable.Range(0, speakers.Length).Where(clip => !isHeld(speakers[clip]))],
            Held = [.. Enumerable.Range(0, speakers.Length).Where(clip => isHeld(speakers[clip]))],
        };
        Fold[] folds = [Hold(0, big.Contains), Hold(1, name => name == "speaker 8"), Hold(2, name => name is "speaker 9" or "speaker 10" or "speaker 11")];
        var config = Quick with { Penalties = [0.1] };
        var together = LayerProbe.Run(new ProbeTask(task.Features, task.Labels, speakers, folds, task.Emotions), config);
        for (var fold = 0; fold < folds.Length; fold++)
        {
            var alone = LayerProbe.Run(new ProbeTask(task.Features, task.Labels, speakers, [folds[fold]], task.Emotions), config);
            for (var layer = 0; layer < 6; layer++) Assert.Equal(alone.Layers[layer].Folds[0].Waf, together.Layers[layer].Folds[fold].Waf, 1e-12);
        }
    }

    [Fact]
    public void Normalising_by_speaker_takes_away_what_differs_between_voices()
    {
        var task = Planted.Task(_ => 6, layers: 1, speakers: 10, each: 15);
        var random = new SeededRandom(2);
        var values = (float[])task.Features.Values.Clone();
        for (var speaker = 0; speaker < 10; speaker++)
            for (var dim = 0; dim < 16; dim++)
            {
                var (offset, gain) = (30 * random.Normal(), random.Between(0.5, 5));
                for (var i = 0; i < 15; i++) values[(speaker * 15 + i) * 16 + dim] = (float)(values[(speaker * 15 + i) * 16 + dim] * gain + offset);
            }
        var voices = new ProbeTask(new FeatureTable(task.Features.ClipIds, values, 1, 16), task.Labels, task.Speakers, task.Folds, task.Emotions);
        var plain = LayerProbe.Run(voices, Quick).Layers[0].Uar.Value;
        var normalised = LayerProbe.Run(voices, Quick with { NormaliseBySpeaker = true }).Layers[0].Uar.Value;
        var clean = LayerProbe.Run(task, Quick with { NormaliseBySpeaker = true }).Layers[0].Uar.Value;
        Assert.True(normalised > plain + 0.2, $"{normalised} after normalising, {plain} before");
        Assert.Equal(clean, normalised, 0.02);
    }

    [Fact]
    public void A_curve_reads_back_as_it_was_written()
    {
        var folder = Directory.CreateTempSubdirectory("curve");
        try
        {
            var path = Path.Combine(folder.FullName, "curve.json");
            var curve = LayerProbe.Run(Planted.Task(layer => layer), new ProbeConfig { Penalties = [0.1, 1] }) with { Corpus = "Zażółć", IsSynthetic = true };
            curve.Save(path);
            var back = LayerCurve.Load(path);
            Assert.Equal(curve.ToJson(), back.ToJson());
            Assert.Equal(curve.Layers[2].Waf, back.Layers[2].Waf);
            Assert.Equal(curve.BestRange(2).Sentence, back.BestRange(2).Sentence);
            File.WriteAllText(path, "{\"corpus\": 3");
            Assert.StartsWith($"{path} must hold a layer curve", Assert.Throws<FormatException>(() => LayerCurve.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Cancelling_ends_the_work()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => LayerProbe.Run(Planted.Task(_ => 1), Quick, cancel: source.Token));
    }

    [Fact]
    public void No_tensor_is_left_behind_whether_the_work_ends_or_fails()
    {
        var task = Planted.Task(layer => layer, layers: 3, speakers: 5);
        LayerProbe.Run(task, new ProbeConfig { Penalties = [0.1, 1] });
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var run = 0; run < 3; run++) LayerProbe.Run(task, new ProbeConfig { Penalties = [0.1, 1] });
        for (var run = 0; run < 3; run++)
        {
            using var source = new CancellationTokenSource();
            Assert.Throws<OperationCanceledException>(() =>
                LayerProbe.Run(task, Quick, progress: new Canceller(source), cancel: source.Token));
        }
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private sealed class Collector(List<WorkProgress> seen) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => seen.Add(value);
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<WorkProgress>
    {
        public void Report(WorkProgress value) => source.Cancel();
    }
}
