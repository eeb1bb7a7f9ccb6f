using TorchSharp.Modules;
using TorchSharp.Tests.NN;
using static TorchSharp.torch;
using static TorchSharp.torch.optim.lr_scheduler;

namespace TorchSharp.Tests.Optim;

public sealed class SchedulerTests
{
    private static readonly GoldenValues Golden = GoldenValues.Open("schedules");

    private static readonly Dictionary<string, Func<SGD, LRScheduler>> Makers = new()
    {
        ["step"] = o => StepLR(o, 3, gamma: 0.5),
        ["multi_step"] = o => MultiStepLR(o, [8, 2, 2, 5], gamma: 0.4),
        ["exponential"] = o => ExponentialLR(o, 0.9),
        ["constant"] = o => ConstantLR(o, factor: 0.25, total_iters: 4),
        ["linear"] = o => LinearLR(o, start_factor: 0.2, end_factor: 0.8, total_iters: 6),
        ["polynomial"] = o => PolynomialLR(o, total_iters: 8, power: 2.0),
        ["lambda"] = o => LambdaLR(o, epoch => 1.0 / (1 + epoch)),
        ["multiplicative"] = o => MultiplicativeLR(o, epoch => 1 - (0.02 * epoch)),
        ["cosine"] = o => CosineAnnealingLR(o, T_max: 5, eta_min: 0.02),
        ["sequential"] = o => SequentialLR(o, [LinearLR(o, 0.1, total_iters: 3), CosineAnnealingLR(o, T_max: 6), StepLR(o, 2)], [3, 9]),
        ["one_cycle"] = o => OneCycleLR(o, max_lr: [0.5, 0.2], total_steps: 14, pct_start: 0.3),
        ["one_cycle_phases"] = o => OneCycleLR(o, max_lr: 0.5, total_steps: 14, pct_start: 0.4, anneal_strategy: impl.OneCycleLR.AnnealStrategy.Linear, three_phase: true),
        ["plateau"] = o => ReduceLROnPlateau(o, factor: 0.3, patience: 1, cooldown: 1, min_lr: [0.005]),
        ["plateau_max"] = o => ReduceLROnPlateau(o, mode: "max", factor: 0.3, patience: 0, threshold: 0.5, threshold_mode: "abs"),
    };

    private static readonly Dictionary<string, double[]> Measurements = new()
    {
        ["plateau"] = [5, 4, 4, 4, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3],
        ["plateau_max"] = [1, 1.4, 2, 2.1, 2.7, 2.6, 2.9, 3.3, 3.4, 4, 5, 6, 6, 7],
    };

    public static TheoryData<string> Names => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_schedule_gives_PyTorchs_learning_rates(string name)
    {
        using var scope = NewDisposeScope();
        using var optimizer = new SGD(
            [new SGD.ParamGroup([nn.Parameter(zeros([1]))], new SGD.Options()), new SGD.ParamGroup([nn.Parameter(zeros([1]))], new SGD.Options { LearningRate = 0.3 / 3 })],
            0.3, momentum: 0.9);
        var schedule = Makers[name](optimizer);
        var expected = Golden[name];
        var momenta = Golden[name + ".momentum"];
        for (var step = 0; step < expected.shape[0]; step++)
        {
            var rates = optimizer.ParamGroups.Select(group => group.LearningRate).ToArray();
            for (var group = 0; group < 2; group++) Assert.Equal(expected[step, group].ToDouble(), rates[group], 1e-15);
            Assert.Equal(momenta[step].ToDouble(), ((SGD.ParamGroup)optimizer.ParamGroups.First()).Momentum, 1e-15);
            if (!Measurements.ContainsKey(name)) Assert.Equal(rates, schedule.get_last_lr());
            if (Measurements.TryGetValue(name, out var measured)) schedule.step(measured[step]);
            else schedule.step();
        }
    }

    [Fact]
    public void A_schedule_can_go_to_an_epoch()
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.SGD([nn.Parameter(zeros([1]))], 1.0);
        var schedule = StepLR(optimizer, 2, gamma: 0.5);
        schedule.step((int?)5);
        Assert.Equal(0.25, optimizer.ParamGroups.Single().LearningRate);
        Assert.Throws<InvalidOperationException>(() => ReduceLROnPlateau(optimizer).step());
    }

    [Fact]
    public void One_cycle_moves_the_first_beta_of_Adam()
    {
        using var scope = NewDisposeScope();
        using var optimizer = optim.AdamW([nn.Parameter(zeros([1]))]);
        var schedule = OneCycleLR(optimizer, max_lr: 0.1, epochs: 2, steps_per_epoch: 5);
        Assert.Equal((0.95, 0.999), ((AdamW.ParamGroup)optimizer.ParamGroups.Single()).Betas);
        for (var i = 0; i < 3; i++) schedule.step();
        Assert.InRange(((AdamW.ParamGroup)optimizer.ParamGroups.Single()).Betas.Item1, 0.85, 0.9);
        for (var i = 0; i < 7; i++) schedule.step();
        Assert.Throws<InvalidOperationException>(schedule.step);
    }
}
