using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests.NN;

public sealed class ContainerTests
{
    private sealed class Owner : Module
    {
        public readonly ModuleList<Module> list = ModuleList(Linear(1, 1, hasBias: false), ReLU());
        public readonly ModuleDict<Module> table = ModuleDict(("b", Linear(1, 2, hasBias: false)), ("a", (Module)Tanh()));
        public readonly ParameterList numbers = ParameterList(Parameter(ones([1])));

        public Owner() : base(nameof(Owner)) => RegisterComponents();
    }

    [Fact]
    public void Containers_register_their_contents_through_their_owner()
    {
        using var scope = NewDisposeScope();
        using var alone = ModuleList(Linear(1, 1));
        Assert.Empty(alone.parameters());
        using var owner = new Owner();
        Assert.Equal(["list.0.weight", "table.b.weight", "numbers.0"], owner.state_dict().Keys);
    }

    [Fact]
    public void Later_changes_are_registered_under_their_new_places()
    {
        using var scope = NewDisposeScope();
        using var owner = new Owner();
        owner.list.append(Linear(2, 2, hasBias: false));
        owner.list.Insert(0, LayerNorm(3));
        Assert.Equal(["list.0.weight", "list.0.bias", "list.1.weight", "list.3.weight"], owner.state_dict().Keys.Where(key => key.StartsWith("list", StringComparison.Ordinal)));
        owner.list.RemoveAt(0);
        owner.list[1] = Linear(4, 4, hasBias: false);
        Assert.Equal(3, owner.list.Count);
        Assert.Equal(["list.0.weight", "list.1.weight", "list.2.weight"], owner.state_dict().Keys.Where(key => key.StartsWith("list", StringComparison.Ordinal)));

        owner.table.Add("c", Linear(3, 3, hasBias: false));
        owner.table["b"] = LayerNorm(2);
        Assert.True(owner.table.Remove("a"));
        Assert.Equal(["b", "c"], owner.table.Keys);
        Assert.Contains("table.c.weight", owner.state_dict().Keys);
        Assert.Contains("table.b.bias", owner.state_dict().Keys);

        owner.numbers.append(Parameter(zeros([2])));
        Assert.Equal(["numbers.0", "numbers.1"], owner.state_dict().Keys.Where(key => key.StartsWith("numbers", StringComparison.Ordinal)));
        owner.numbers.RemoveAt(0);
        Assert.Equal(2, owner.get_parameter("numbers.0")!.numel());
        Assert.Null(owner.get_parameter("numbers.1"));
    }

    [Fact]
    public void A_sequence_feeds_each_step_the_result_of_the_one_before()
    {
        using var scope = NewDisposeScope();
        using var sequence = Sequential(Linear(2, 3), ReLU(), Linear(3, 1));
        Assert.Equal(["0.weight", "0.bias", "2.weight", "2.bias"], sequence.state_dict().Keys);
        Assert.Equal(3, sequence.Count);
        var input = randn([4, 2]);
        var expected = ((Linear)sequence[2]).call(((Linear)sequence[0]).call(input).relu());
        Near.Same(expected, sequence.call(input));
        sequence.append("extra", Sigmoid());
        Assert.InRange(sequence.call(input).max().ToDouble(), 0, 1);
        sequence.eval();
        Assert.All(sequence.modules(), module => Assert.False(module.training));
        Assert.Equal(["0", "1", "2", "extra"], sequence.named_children().Select(child => child.name));
    }

    [Fact]
    public void A_sequence_leaves_only_its_result_and_never_its_input()
    {
        using var sequence = Sequential(Linear(2, 2), Identity(), Dropout(), ReLU());
        using var input = randn([4, 2]);
        var before = LiveTensors.Count;
        using (sequence.call(input)) Assert.Equal(before + 1, LiveTensors.Count);
        using (Sequential().call(input))
        {
        }
        using (Sequential(new PassThrough()).call(input).alias())
        {
        }
        Assert.False(input.IsInvalid);
        Assert.Equal(before, LiveTensors.Count);
    }

    private sealed class PassThrough() : Module<Tensor, Tensor>(nameof(PassThrough))
    {
        public override Tensor forward(Tensor input) => input;
    }
}
