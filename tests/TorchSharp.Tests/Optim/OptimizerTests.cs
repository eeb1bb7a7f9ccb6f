using TorchSharp.Modules;
using TorchSharp.Tests.NN;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Optim;

public sealed class OptimizerTests : IDisposable
{
    private static readonly GoldenValues Golden = GoldenValues.Open("optimizers");

    private static readonly Dictionary<string, Func<IEnumerable<Parameter>, OptimizerHelper>> Makers = new()
    {
        ["sgd"] = p => optim.SGD(p, 0.1),
        ["sgd_momentum"] = p => optim.SGD(p, 0.1, momentum: 0.9, dampening: 0.2, weight_decay: 0.05),
        ["sgd_nesterov"] = p => optim.SGD(p, 0.1, momentum: 0.9, weight_decay: 0.01, nesterov: true),
        ["sgd_maximize"] = p => optim.SGD(p, 0.1, momentum: 0.5, maximize: true),
        ["adam"] = p => optim.Adam(p, 0.01),
        ["adam_full"] = p => optim.Adam(p, 0.02, 0.8, 0.99, eps: 1e-6, weight_decay: 0.1, amsgrad: true),
        ["adam_maximize"] = p => optim.Adam(p, 0.02, maximize: true),
        ["adamw"] = p => optim.AdamW(p, 0.01, weight_decay: 0.01),
        ["adamw_full"] = p => optim.AdamW(p, 0.02, 0.8, 0.99, eps: 1e-6, weight_decay: 0.1, amsgrad: true),
        ["adamw_maximize"] = p => optim.AdamW(p, 0.02, weight_decay: 0.05, maximize: true),
    };

    private readonly string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public static TheoryData<string> Names => [.. Makers.Keys];

    public void Dispose() => File.Delete(path);

    [Theory]
    [MemberData(nameof(Names))]
    public void Ten_steps_are_PyTorchs_and_leave_nothing_behind(string name)
    {
        var before = LiveTensors.Count;
        using (NewDisposeScope())
        {
            var parameters = Start();
            using var optimizer = Makers[name](parameters);
            for (var step = 0; step < 10; step++)
            {
                SetGradients(parameters, step);
                var count = LiveTensors.Count;
                optimizer.step();
                Assert.InRange(LiveTensors.Count, count, step == 0 ? count + 2 : count);
                for (var i = 0; i < 2; i++) Near.Equal(Golden[$"{name}.{i}"][step], parameters[i], 2e-7, $"{name}, step {step + 1}");
            }
        }
        Assert.Equal(before, LiveTensors.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_saved_state_goes_on_where_it_stopped(string name)
    {
        using var scope = NewDisposeScope();
        var first = Start();
        using var stopped = Makers[name](first);
        for (var step = 0; step < 4; step++)
        {
            SetGradients(first, step);
            stopped.step();
        }
        stopped.save_state_dict(path);
        var second = first.Select(parameter => nn.Parameter(parameter.detach().clone())).ToArray();
        var third = first.Select(parameter => nn.Parameter(parameter.detach().clone())).ToArray();
        using var fromFile = Makers[name](second);
        using var fromMemory = Makers[name](third);
        fromFile.load_state_dict(path);
        fromMemory.load_state_dict(stopped.state_dict());
        for (var step = 4; step < 10; step++)
        {
            SetGradients(second, step);
            SetGradients(third, step);
            fromFile.step();
            fromMemory.step();
        }
        for (var i = 0; i < 2; i++)
        {
            Near.Equal(Golden[$"{name}.{i}"][9], second[i], 2e-7);
            Near.Same(second[i], third[i]);
        }
    }

    [Fact]
    public void A_state_of_another_optimizer_is_refused()
    {
        using var scope = NewDisposeScope();
        using var adam = optim.Adam(Start());
        adam.save_state_dict(path);
        using var sgd = optim.SGD(Start(), 0.1);
        Assert.Contains("Adam", Assert.Throws<InvalidDataException>(() => sgd.load_state_dict(path)).Message);
        using var one = optim.Adam(Start().Take(1));
        Assert.Contains("2", Assert.Throws<ArgumentException>(() => one.load_state_dict(path)).Message);
        Assert.Throws<ArgumentException>(() => sgd.load_state_dict(adam.state_dict()));
        using var other = optim.Adam(Start().Reverse());
        Assert.Contains("exp_avg", Assert.Throws<ArgumentException>(() => other.load_state_dict(path)).Message);
    }

    [Fact]
    public void Groups_have_options_of_their_own()
    {
        using var scope = NewDisposeScope();
        var parameters = Start();
        using var optimizer = optim.AdamW(
            [new AdamW.ParamGroup([parameters[0]], lr: 0.5), new AdamW.ParamGroup([parameters[1]], new AdamW.Options { weight_decay = 0.3 })], lr: 0.25, weight_decay: 0.1);
        Assert.Equal([0.5, 0.25], optimizer.ParamGroups.Select(group => group.LearningRate));
        Assert.Equal([0.5, 0.25], optimizer.ParamGroups.Select(group => group.InitialLearningRate));
        Assert.Equal([0.0, 0.3], optimizer.state_dict().Options.Cast<AdamW.Options>().Select(options => options.weight_decay!.Value));
        foreach (var group in optimizer.ParamGroups) group.LearningRate = 0;
        SetGradients(parameters, 0);
        optimizer.step();
        Near.Same(Golden["start.0"], parameters[0]);
        Assert.Contains("more than one place", Assert.Throws<ArgumentException>(() => optimizer.add_param_group(new AdamW.ParamGroup([parameters[0]]))).Message);
        var added = nn.Parameter(ones([1]));
        optimizer.add_param_group(new AdamW.ParamGroup([added], lr: 1));
        added.grad = ones([1]);
        optimizer.step();
        Assert.NotEqual(1.0, added.ToDouble());
        Assert.Equal(3, optimizer.parameters().Count());
    }

    [Fact]
    public void Zeroed_gradients_still_decay_and_dropped_ones_do_not()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(ones([1]));
        using var optimizer = optim.SGD([parameter], 0.5, weight_decay: 0.5);
        optimizer.step();
        Assert.Equal(1.0, parameter.ToDouble());
        parameter.grad = ones([1]);
        optimizer.zero_grad();
        Assert.Equal(0.0, parameter.grad!.ToDouble());
        optimizer.step();
        Assert.Equal(0.75, parameter.ToDouble());
    }

    [Fact]
    public void A_step_records_no_gradient_and_a_closure_does()
    {
        using var scope = NewDisposeScope();
        var parameter = nn.Parameter(full([1], 3f));
        using var optimizer = optim.Adam([("p", parameter)], lr: 0.1);
        Tensor? loss;
        using (no_grad())
        {
            loss = optimizer.step(() =>
            {
                optimizer.zero_grad();
                var value = parameter.pow(2).sum();
                value.backward();
                return value;
            });
        }
        Assert.Equal(9.0, loss!.ToDouble());
        Assert.True(parameter.is_leaf && parameter.requires_grad);
        Assert.Equal(2.9, parameter.ToDouble(), 5);
    }

    [Fact]
    public void Training_a_layer_lowers_its_loss_and_leaks_nothing()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        using var model = nn.Sequential(nn.Linear(4, 16), nn.GELU(), nn.Linear(16, 1));
        using var optimizer = optim.AdamW(model.parameters(), lr: 0.02);
        var (input, target) = (randn([32, 4]), randn([32, 1]));
        double Step()
        {
            using var step = NewDisposeScope();
            optimizer.zero_grad();
            var loss = nn.functional.mse_loss(model.call(input), target);
            loss.backward();
            nn.utils.clip_grad_norm_(model.parameters(), 1);
            optimizer.step();
            return loss.ToDouble();
        }
        var start = Step();
        var count = LiveTensors.Count;
        for (var i = 0; i < 50; i++) Step();
        Assert.Equal(count, LiveTensors.Count);
        Assert.True(Step() < start / 2);
    }

    [Fact]
    public void Impossible_options_are_refused_by_name()
    {
        using var scope = NewDisposeScope();
        Assert.Equal("lr", Assert.Throws<ArgumentOutOfRangeException>(() => optim.Adam(Start(), lr: -1)).ParamName);
        Assert.Equal("beta2", Assert.Throws<ArgumentOutOfRangeException>(() => optim.AdamW(Start(), beta2: 1)).ParamName);
        Assert.Equal("nesterov", Assert.Throws<ArgumentException>(() => optim.SGD(Start(), 0.1, nesterov: true)).ParamName);
    }

    private static Parameter[] Start() => [.. Enumerable.Range(0, 2).Select(i => nn.Parameter(Golden[$"start.{i}"]))];

    private static void SetGradients(Parameter[] parameters, int step)
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < parameters.Length; i++) parameters[i].grad = Golden[$"gradients.{i}"][step].clone();
    }
}
