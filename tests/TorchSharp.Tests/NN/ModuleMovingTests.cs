using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests.NN;

public sealed class ModuleMovingTests
{
    private sealed class Model : Module<Tensor, Tensor>
    {
        private readonly Parameter scale = Parameter(ones([2]));
        private readonly Tensor mean = ones([2]);
        private readonly Tensor ids = arange(2, dtype: ScalarType.Int64);
        public readonly Linear first = Linear(2, 2);
        private readonly BatchNorm1d norm = BatchNorm1d(2);
        public readonly ParameterList list = ParameterList(Parameter(zeros([1])), Parameter(ones([1])));

        public Model() : base(nameof(Model))
        {
            RegisterComponents();
            register_buffer("hidden", ones([1]), persistent: false);
        }

        public Parameter Scale => scale;

        public Tensor Mean => mean;

        public Tensor Ids => ids;

        public override Tensor forward(Tensor input) => norm.call(first.call(input)) * scale - mean + list[1] + get_buffer("hidden")!;
    }

    [Fact]
    public void A_conversion_replaces_parameters_and_disposes_of_the_old_ones()
    {
        using var scope = NewDisposeScope();
        var model = new Model();
        var (scale, weight, mean, hidden) = (model.Scale, model.first.weight, model.Mean, model.get_buffer("hidden")!);
        Assert.Same(model, model.bfloat16());
        Assert.True(scale.IsInvalid && weight.IsInvalid && mean.IsInvalid && hidden.IsInvalid);
        Assert.NotSame(scale, model.Scale);
        Assert.Same(model.Scale, model.get_parameter("scale"));
        Assert.Same(model.first.weight, model.get_parameter("first.weight"));
        Assert.Same(model.list[1], model.get_parameter("list.1"));
        Assert.All(model.parameters(), parameter => Assert.Equal(ScalarType.BFloat16, parameter.dtype));
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad && parameter.is_leaf));
        Assert.Equal(ScalarType.BFloat16, model.Mean.dtype);
        Assert.Equal(ScalarType.BFloat16, model.get_buffer("hidden")!.dtype);
        Assert.Equal(ScalarType.BFloat16, model.get_buffer("norm.running_mean")!.dtype);
        Assert.Equal(ScalarType.Int64, model.Ids.dtype);
        Assert.Equal(ScalarType.Int64, model.get_buffer("norm.num_batches_tracked")!.dtype);
        Assert.Equal(ScalarType.BFloat16, model.call(ones([3, 2], dtype: ScalarType.BFloat16)).dtype);
        Assert.Equal(
            ["scale", "mean", "ids", "first.weight", "first.bias", "norm.weight", "norm.bias", "norm.running_mean", "norm.running_var", "norm.num_batches_tracked", "list.0", "list.1"],
            model.state_dict().Keys);
    }

    [Fact]
    public void Nothing_is_replaced_where_nothing_changes()
    {
        using var scope = NewDisposeScope();
        var model = new Model();
        var (scale, weight) = (model.Scale, model.first.weight);
        model.to(ScalarType.Float32).cpu().to("cpu").to(CPU, ScalarType.Float32).to(DeviceType.CPU).to(ones([1]));
        Assert.Same(scale, model.Scale);
        Assert.Same(weight, model.first.weight);
    }

    [Fact]
    public void Gradients_and_flags_move_along()
    {
        using var scope = NewDisposeScope();
        var linear = Linear(2, 1);
        linear.bias!.requires_grad = false;
        linear.call(ones([1, 2])).sum().backward();
        linear.to(ScalarType.Float64);
        Near.Same(ones([1, 2], dtype: ScalarType.Float64), linear.weight.grad!);
        Assert.Equal(ScalarType.Float64, linear.weight.grad!.dtype);
        Assert.False(linear.bias!.requires_grad);
        Assert.Null(linear.bias.grad);
    }

    [Fact]
    public void A_model_converted_in_a_scope_outlives_it()
    {
        var before = LiveTensors.Count;
        using (var linear = Linear(2, 1))
        {
            using (NewDisposeScope()) linear.half().@float().@double();
            Assert.False(linear.weight.IsInvalid);
            Assert.Equal(before + 2, LiveTensors.Count);
        }
        Assert.Equal(before, LiveTensors.Count);
    }

    private sealed class Tied : Module<Tensor, Tensor>
    {
        public readonly Parameter table = Parameter(ones([2, 2]));
        public readonly Linear output;

        public Tied() : base(nameof(Tied))
        {
            output = Linear(table);
            RegisterComponents();
        }

        public override Tensor forward(Tensor input) => output.call(input);
    }

    [Fact]
    public void A_parameter_in_two_places_stays_one()
    {
        using var scope = NewDisposeScope();
        var tied = new Tied();
        Assert.Single(tied.parameters());
        tied.@double();
        Assert.Same(tied.table, tied.output.weight);
        Assert.Equal(ScalarType.Float64, tied.call(ones([1, 2], dtype: ScalarType.Float64)).dtype);
    }
}
