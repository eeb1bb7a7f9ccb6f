namespace Affect.Tests.Training;

[Collection(OwnGenerator.Name)]
public sealed class TrainerTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Learns_and_keeps_the_best_epoch()
    {
        using var task = new ToyTask();
        var result = new Trainer(new TrainerConfig { Epochs = 30, BatchSize = 8, LearningRate = 0.05 }).Run(task);
        Assert.True(result.Best.Metrics["waf"] > 0.85, $"accuracy {result.Best.Metrics["waf"]}");
        Assert.True(result.Epochs[^1].Loss < 0.5 * result.Epochs[0].Loss);
        Assert.Equal(result.Epochs.Max(epoch => epoch.Metrics["waf"]), result.Best.Metrics["waf"]);
        Assert.Equal(result.Best.Metrics["waf"], task.Validate()!["waf"]);
        Assert.Equal((150, 4 * 8 + 8 + 8 * 3 + 3), (result.Steps, (int)result.TrainedWeights));
    }

    [Fact]
    public void A_task_that_says_only_what_it_must_is_trained_to_its_last_epoch_and_goes_on_too()
    {
        var config = new TrainerConfig { Epochs = 60, BatchSize = 5, LearningRate = 0.1 };
        using var line = nn.Linear(1, 1);
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new Trainer(config).Run(new MinimalTask(line), folder.In("run"), ImmediateProgress.Cancelling(stop, 9), stop.Token));
        using var again = nn.Linear(1, 1);
        var result = new Trainer(config).Run(new MinimalTask(again), folder.In("run"));
        Assert.Equal((60, 240, 2L), (result.BestEpoch, result.Steps, result.TrainedWeights));
        Assert.Equal(3, again.weight!.item<float>(), 0.1);
        Assert.Equal(-1, again.bias!.item<float>(), 0.1);
        Assert.Empty(result.Best.Metrics);
        ITrainingTask task = new MinimalTask(line);
        Assert.Equal((null, false, "item 7", null), (task.Classes, task.DrawsFromTorch, task.ItemName(7), task.Validate()));
        Assert.Equal([true, false], task.Parameters.Select(parameter => parameter.Decays));
    }

    [Fact]
    public void Of_equally_good_epochs_the_first_is_kept_and_training_ends_when_patience_does()
    {
        using var task = new ToyTask { Script = [0.2, 0.5, 0.5, 0.4, 0.9] };
        var result = new Trainer(new TrainerConfig { Epochs = 5, Patience = 2 }).Run(task);
        Assert.Equal((2, 4, true), (result.BestEpoch, result.Epochs.Count, result.StoppedEarly));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 3)]
    [InlineData(0.3, 1)]
    [InlineData(0.3, 2)]
    public void A_run_that_is_interrupted_three_times_ends_with_the_weights_of_an_unbroken_one(double dropout, int pieces)
    {
        var config = new TrainerConfig { Epochs = 4, BatchSize = 8, Pieces = pieces, LearningRate = 0.02 };
        using var unbroken = new ToyTask(dropout: dropout);
        new Trainer(config).Run(unbroken, folder.In("unbroken"));

        var random = new SeededRandom(11, $"{dropout} {pieces}");
        int[] stops = [1 + random.Below(6), 7 + random.Below(6), 13 + random.Below(7)];
        foreach (var stop in stops)
        {
            using var task = new ToyTask(dropout: dropout);
            using var source = new CancellationTokenSource();
            Assert.ThrowsAny<OperationCanceledException>(() => new Trainer(config).Run(task, folder.In("broken"), ImmediateProgress.Cancelling(source, stop), source.Token));
        }
        using var last = new ToyTask(dropout: dropout);
        var result = new Trainer(config).Run(last, folder.In("broken"));
        Assert.Equal(unbroken.Weights(), last.Weights());
        Assert.Equal(20, result.Steps);
        Assert.Equal(Recorded("unbroken", "step", "loss"), Recorded("broken", "step", "loss"));
        Assert.Equal(Recorded("unbroken", "epoch", "loss"), Recorded("broken", "epoch", "loss"));
        Assert.Equal(3, Recorded("broken", "resume", "step").Length);
    }

    [Fact]
    public void A_state_saved_long_before_the_end_is_gone_on_from()
    {
        // As after a kill: the last saved state is steps behind, and so must the record be.
        var config = new TrainerConfig { Epochs = 3, BatchSize = 8, LearningRate = 0.02 };
        using var unbroken = new ToyTask();
        new Trainer(config).Run(unbroken, folder.In("unbroken"));
        using var killed = new ToyTask { Poison = -1 };
        using var source = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => new Trainer(config with { SaveEvery = 3 }).Run(killed, folder.In("killed"), ImmediateProgress.Cancelling(source, 7), source.Token));
        File.AppendAllText(folder.In("killed/run.jsonl"), "{\"event\":\"step\",\"step\":8,\"loss\":99}\n{\"event\":\"st");
        using var task = new ToyTask();
        new Trainer(config).Run(task, folder.In("killed"));
        Assert.Equal(unbroken.Weights(), task.Weights());
        Assert.Equal(Recorded("unbroken", "step", "loss"), Recorded("killed", "step", "loss"));
    }

    [Fact]
    public void A_finished_run_is_taken_as_it_is()
    {
        var config = new TrainerConfig { Epochs = 2, LearningRate = 0.02 };
        using var task = new ToyTask();
        var first = new Trainer(config).Run(task, folder.In("run"));
        var record = File.ReadAllText(folder.In("run/run.jsonl"));
        using var again = new ToyTask();
        var second = new Trainer(config).Run(again, folder.In("run"));
        Assert.Empty(again.Seen);
        Assert.Equal(task.Weights(), again.Weights());
        Assert.Equal(first.Epochs.Select(epoch => epoch.Loss), second.Epochs.Select(epoch => epoch.Loss));
        Assert.Equal(record, File.ReadAllText(folder.In("run/run.jsonl")));
    }

    [Fact]
    public void Pieces_do_not_change_what_is_learned()
    {
        var config = new TrainerConfig { Epochs = 3, BatchSize = 10, LearningRate = 0.02 };
        // The toy's noise is a piece's own: without it the pieces give the same gradient as the whole.
        using var whole = new ToyTask { Noise = 0 };
        using var cut = new ToyTask { Noise = 0 };
        new Trainer(config).Run(whole);
        new Trainer(config with { Pieces = 3 }).Run(cut);
        foreach (var (one, other) in whole.Weights().Zip(cut.Weights())) Assert.Equal(one, other, 1e-4f);
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_training_and_names_the_batch()
    {
        using var task = new ToyTask(items: 3) { Poison = 1 };
        var error = Assert.Throws<InvalidOperationException>(() => new Trainer(new TrainerConfig()).Run(task));
        Assert.StartsWith("Step 1 of 'toy' gave a loss of NaN", error.Message, StringComparison.Ordinal);
        Assert.Contains("point-1", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("look at these for numbers that are not finite, or lower the learning rate of 0.001.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_use_or_of_another_run_is_refused()
    {
        using var task = new ToyTask();
        using (RunLog.Open(folder.In("run")))
        {
            var busy = Assert.Throws<IOException>(() => new Trainer(new TrainerConfig()).Run(task, folder.In("run")));
            Assert.EndsWith("is in use by another run; wait for its end or choose another folder.", busy.Message, StringComparison.Ordinal);
        }
        new Trainer(new TrainerConfig { Epochs = 1 }).Run(task, folder.In("run"));
        var other = Assert.Throws<FormatException>(() => new Trainer(new TrainerConfig { Epochs = 2 }).Run(task, folder.In("run")));
        Assert.Contains("holds one of other settings or data", other.Message, StringComparison.Ordinal);
        using var others = new ToyTask { Recipe = "other clouds" };
        Assert.Throws<FormatException>(() => new Trainer(new TrainerConfig { Epochs = 1 }).Run(others, folder.In("run")));
    }

    [Fact]
    public void A_damaged_state_is_refused()
    {
        using var task = new ToyTask();
        new Trainer(new TrainerConfig { Epochs = 1 }).Run(task, folder.In("run"));
        var bytes = File.ReadAllBytes(folder.In("run/state.safetensors"));
        File.WriteAllBytes(folder.In("run/state.safetensors"), bytes[..(bytes.Length / 2)]);
        var error = Assert.Throws<FormatException>(() => new Trainer(new TrainerConfig { Epochs = 1 }).Run(task, folder.In("run")));
        Assert.Contains("state.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_score_that_nobody_measures_is_an_error_that_lists_what_is_measured()
    {
        using var task = new ToyTask();
        var error = Assert.Throws<InvalidOperationException>(() => new Trainer(new TrainerConfig { Criterion = "uar" }).Run(task));
        Assert.Equal("Criterion must be one of what 'toy' measures (waf), but is 'uar'.", error.Message);
    }

    [Fact]
    public void A_frozen_parameter_is_refused()
    {
        using var task = new ToyTask();
        task.Parameters[0].Tensor.requires_grad = false;
        Assert.Contains("'first.weight'", Assert.Throws<ArgumentException>(() => new Trainer(new TrainerConfig()).Run(task)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Balanced_sampling_draws_every_class_as_often()
    {
        using var plain = new ToyTask(items: 300);
        using var task = new ToyTask(items: 300) { Balanced = plain.Label };
        new Trainer(new TrainerConfig { Epochs = 2, Balance = ClassBalance.Sampling }).Run(task);
        var shares = task.Seen.GroupBy(item => task.Label[item]).Select(group => (double)group.Count() / task.Seen.Count);
        Assert.All(shares, share => Assert.InRange(share, 0.26, 0.41)); // class 0 has 0.87 of the items
        Assert.Throws<InvalidOperationException>(() => new Trainer(new TrainerConfig { Balance = ClassBalance.Sampling }).Run(plain));
    }

    [Fact]
    public void The_rate_rises_and_falls_as_the_schedule_says()
    {
        var config = new TrainerConfig { LearningRate = 1, WarmupShare = 0.2 };
        Assert.Equal([0.5, 1], [config.RateAt(1, 10), config.RateAt(2, 10)]);
        Assert.Equal((1, 0.5), (config.RateAt(3, 10), config.RateAt(7, 10)));
        Assert.Equal(0.5, (config with { Schedule = ScheduleKind.Linear }).RateAt(7, 10));
        Assert.Equal(1, (config with { Schedule = ScheduleKind.Constant }).RateAt(10, 10));
        Assert.InRange(config.RateAt(10, 10), 0.01, 0.05);
        Assert.Equal(1, (config with { WarmupShare = 0 }).RateAt(1, 10));
    }

    [Theory]
    [InlineData(OptimizerKind.Adam)]
    [InlineData(OptimizerKind.Sgd)]
    public void The_other_optimizers_learn_too(OptimizerKind kind)
    {
        using var task = new ToyTask();
        var result = new Trainer(new TrainerConfig { Epochs = 20, BatchSize = 8, LearningRate = 0.05, Optimizer = kind }).Run(task);
        Assert.True(result.Epochs[^1].Loss < 0.6 * result.Epochs[0].Loss);
    }

    [Fact]
    public void No_tensor_outlives_an_epoch()
    {
        using var task = new ToyTask();
        var counts = new List<long>();
        var progress = new ImmediateProgress(told =>
        {
            if (told.Done % 5 == 1) counts.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        });
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        new Trainer(new TrainerConfig { Epochs = 50, BatchSize = 8 }).Run(task, progress: progress);
        Assert.Single(counts.Skip(2).Distinct()); // the first epoch makes the optimizer's state and the kept weights
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void The_record_says_what_was_run_and_how_it_went()
    {
        using var task = new ToyTask();
        new Trainer(new TrainerConfig { Epochs = 2, BatchSize = 20 }).Run(task, folder.In("run"));
        var lines = File.ReadLines(folder.In("run/run.jsonl")).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal(["start", "step", "step", "epoch", "step", "step", "epoch", "end"], lines.Select(line => (string)line["event"]!));
        Assert.Equal("toy", (string)lines[0]["name"]!);
        Assert.Equal(20, (int)lines[0]["config"]!["trainer"]!["batch_size"]!);
        Assert.Equal("adam_w", (string)lines[0]["config"]!["trainer"]!["optimizer"]!);
        Assert.NotEmpty((string)lines[0]["version"]!);
        Assert.True((double)lines[1]["parts"]!["ce"]! > 0);
        Assert.Equal(2, (int)lines[6]["epoch"]!);
        Assert.True((double)lines[6]["metrics"]!["waf"]! > 0);
    }

    private string[] Recorded(string run, string kind, string field) =>
        [.. File.ReadLines(folder.In($"{run}/run.jsonl")).Select(line => JsonNode.Parse(line)!).Where(line => (string)line["event"]! == kind).Select(line => line[field]!.ToJsonString())];

    // What a task must say itself: a line through points, as somebody would write it in a notebook.
    private sealed class MinimalTask(Linear line) : ITrainingTask
    {
        public string Name => "line";

        public string Recipe => "y = 3 x - 1";

        public IReadOnlyList<TrainedParameter> Parameters { get; } = TrainedParameter.Of(line);

        public int Items => 20;

        public void SetTraining(bool training) => line.train(training);

        public StepLoss Loss(IReadOnlyList<int> items, TrainingStep step)
        {
            var x = tensor(items.Select(item => item / 10f - 1).ToArray()).unsqueeze(1);
            return new StepLoss(F.mse_loss(line.call(x), x * 3 - 1));
        }
    }
}
