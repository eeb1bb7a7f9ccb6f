using TorchSharp.Modules;
using TorchSharp.Utils;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests.NN;

public sealed class ModuleTests
{
    private class Base : Module<Tensor, Tensor>
    {
        private readonly Linear hidden = Linear(2, 2);
        protected readonly Parameter inherited = Parameter(ones([1]));

        protected Base(string name) : base(name)
        {
        }

        public override Tensor forward(Tensor input) => hidden.call(input) * inherited;
    }

    private sealed class Block : Base
    {
        private readonly Tensor table = arange(3.0);
        private readonly Parameter scale = Parameter(full([2], 0.5f));
        private readonly Linear? missing;
        private readonly List<Module> forgotten = [Linear(1, 1)];

        [ComponentName(Name = "norm.layer")]
        private readonly Parameter renamed = Parameter(zeros([2]));
        private readonly LayerNorm layer_norm = LayerNorm(2);

        public Block(Linear? missing = null) : base(nameof(Block))
        {
            this.missing = missing;
            RegisterComponents();
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var module in forgotten) module.Dispose();
            base.Dispose(disposing);
        }

        public Parameter Scale => scale;

        public Parameter Renamed => renamed;

        public Tensor Table => table;

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            return (layer_norm.call(base.forward(input)) * scale + (missing?.call(input) ?? 0) + forgotten.Count).MoveToOuterDisposeScope();
        }
    }

    private sealed class Stack : Module<Tensor, Tensor>
    {
        public readonly ModuleList<Block> layers = ModuleList(new Block(), new Block());
        private readonly Sequential head = Sequential(("first", Linear(2, 3)), ("act", ReLU()));

        public Stack() : base(nameof(Stack)) => RegisterComponents();

        public override Tensor forward(Tensor input)
        {
            using var scope = NewDisposeScope();
            foreach (var layer in layers) input = layer.call(input);
            return head.call(input).MoveToOuterDisposeScope();
        }
    }

    private static readonly string[] BlockNames =
        ["scale", "norm.layer", "inherited", "table", "layer_norm.weight", "layer_norm.bias", "hidden.weight", "hidden.bias"];

    [Fact]
    public void Components_are_the_fields_by_name_private_ones_of_base_classes_included()
    {
        using var scope = NewDisposeScope();
        var block = new Block();
        Assert.Equal(BlockNames, block.state_dict().Keys);
        Assert.Equal(["layer_norm", "hidden"], block.named_children().Select(child => child.name));
        Assert.Equal(["table"], block.named_buffers().Select(buffer => buffer.name));
        Assert.Equal(7, block.parameters().Count());
        Assert.Equal(["scale", "norm.layer", "inherited"], block.named_parameters(recurse: false).Select(parameter => parameter.name));
    }

    [Fact]
    public void A_tree_lists_its_modules_parameters_and_state_by_path()
    {
        using var scope = NewDisposeScope();
        var stack = new Stack();
        Assert.Equal(
            BlockNames.Select(name => "layers.0." + name).Concat(BlockNames.Select(name => "layers.1." + name)).Concat(["head.first.weight", "head.first.bias"]),
            stack.state_dict().Keys);
        Assert.Equal(
            ["layers", "layers.0", "layers.0.layer_norm", "layers.0.hidden", "layers.1", "layers.1.layer_norm", "layers.1.hidden", "head", "head.first", "head.act"],
            stack.named_modules().Select(module => module.name));
        Assert.Equal(10, stack.modules().Count());
        Assert.Same(stack.layers[1].Scale, stack.get_parameter("layers.1.scale"));
        Assert.True(stack.has_parameter("head.first.bias"));
        Assert.False(stack.has_parameter("head.first.gain"));
        Assert.Same(stack.layers[0].Table, stack.get_buffer("layers.0.table"));
        Assert.False(stack.has_buffer("layers.0.scale"));
        Assert.Equal(["p.layers.0.scale"], stack.state_dict(prefix: "p").Keys.Take(1));
    }

    [Fact]
    public void A_child_can_be_taken_out_and_replaced()
    {
        using var scope = NewDisposeScope();
        var block = new Block();
        Assert.Contains("layer_norm", Assert.Throws<InvalidOperationException>(() => block.register_module("layer_norm", Identity())).Message);
        block.register_module("layer_norm", null);
        Assert.DoesNotContain("layer_norm.weight", block.state_dict().Keys);
        block.register_module("layer_norm", LayerNorm(2));
        Assert.Equal(BlockNames.Order(), block.state_dict().Keys.Order());
        Assert.Throws<ArgumentException>(() => block.register_module("a.b", Identity()));
        Assert.Throws<ArgumentException>(() => block.register_module("me", block));
        block.register_parameter("extra", Parameter(ones([1])));
        block.register_parameter("scale", null);
        block.register_buffer("lost", ones([1]), persistent: false);
        Assert.Throws<InvalidOperationException>(() => block.register_buffer("lost", ones([1])));
        Assert.Contains("extra", block.state_dict().Keys);
        Assert.DoesNotContain("scale", block.state_dict().Keys);
        Assert.DoesNotContain("lost", block.state_dict().Keys);
        Assert.Contains("lost", block.named_buffers().Select(buffer => buffer.name));
        Assert.DoesNotContain("lost", block.named_buffers(include_nonpersistent: false).Select(buffer => buffer.name));
    }

    [Fact]
    public void A_parameter_takes_the_datas_handle_and_scope()
    {
        Parameter kept;
        using (NewDisposeScope())
        {
            var data = ones([2]);
            var parameter = Parameter(data);
            Assert.True(data.IsInvalid);
            Assert.True(parameter.requires_grad);
            var free = ones([2]).DetachFromDisposeScope();
            kept = new Parameter(free, requires_grad: false);
            Assert.False(kept.requires_grad);
            var leaf = new Parameter(parameter * 2);
            Assert.True(leaf.is_leaf);
        }
        Assert.False(kept.IsInvalid);
        kept.Dispose();
    }

    [Fact]
    public void A_state_dictionary_is_copied_into_the_modules_own_tensors()
    {
        using var scope = NewDisposeScope();
        var (from, to) = (new Stack(), new Stack());
        foreach (var parameter in from.parameters()) init.normal_(parameter);
        var own = to.get_parameter("layers.1.scale");
        to.load_state_dict(from.state_dict());
        Assert.Same(own, to.get_parameter("layers.1.scale"));
        foreach (var (name, value) in to.state_dict()) Near.Same(from.state_dict()[name], value, name);
        Assert.True(own!.requires_grad && own.is_leaf);
    }

    [Fact]
    public void Names_and_shapes_that_do_not_fit_are_named()
    {
        using var scope = NewDisposeScope();
        var linear = Linear(2, 3);
        var state = new Dictionary<string, Tensor> { ["weight"] = ones([3, 2]), ["gain"] = ones([1]) };
        var error = Assert.Throws<InvalidOperationException>(() => linear.load_state_dict(state));
        Assert.Contains("missing bias", error.Message);
        Assert.Contains("unexpected gain", error.Message);
        var (missing, unexpected) = linear.load_state_dict(state, strict: false);
        Assert.Equal(["bias"], missing);
        Assert.Equal(["gain"], unexpected);
        Near.Same(ones([3, 2]), linear.weight);
        linear.load_state_dict(state, skip: ["bias", "gain"]);
        state["weight"] = ones([2]);
        Assert.Contains("[3, 2]", Assert.Throws<System.Runtime.InteropServices.ExternalException>(() => linear.load_state_dict(state, strict: false)).Message);
        state["weight"] = full([3, 2], 2.0, dtype: ScalarType.Float64);
        linear.load_state_dict(state, strict: false);
        Near.Same(full([3, 2], 2f), linear.weight);
    }

    [Fact]
    public void Training_mode_reaches_every_module()
    {
        var stack = new Stack();
        Assert.True(stack.training);
        stack.eval();
        Assert.All(stack.modules().Append(stack), module => Assert.False(module.training));
        stack.train();
        Assert.All(stack.modules(), module => Assert.True(module.training));
        var visited = new List<string>();
        Assert.Same(stack, stack.apply(module => visited.Add(module.GetName())));
        Assert.Equal(11, visited.Count);
        Assert.Equal(nameof(Stack), visited[^1]);
        stack.Dispose();
    }

    [Fact]
    public void Gradients_are_dropped_or_zeroed()
    {
        using var scope = NewDisposeScope();
        var stack = new Stack();
        stack.call(randn([4, 2])).sum().backward();
        Assert.All(stack.layers.SelectMany(layer => layer.parameters()).Where(p => p.shape.Length == 2), p => Assert.NotNull(p.grad));
        stack.zero_grad(set_to_none: false);
        Assert.Equal(0.0, stack.get_parameter("head.first.weight")!.grad!.abs().sum().ToDouble());
        stack.zero_grad();
        Assert.All(stack.parameters(), parameter => Assert.Null(parameter.grad));
    }

    [Fact]
    public void Hooks_run_on_call_and_may_change_what_goes_in_and_out()
    {
        using var scope = NewDisposeScope();
        var layer = Identity();
        var seen = new List<string>();
        var before = layer.register_forward_pre_hook((_, input) => { seen.Add("before"); return input + 1; });
        var after = layer.register_forward_hook((_, input, output) => { seen.Add($"after {input.ToDouble()}"); return output * 10; });
        layer.register_forward_hook((_, _, _) => null!);
        var silent = layer.register_forward_pre_hook(module => seen.Add(module.GetName()));
        Assert.Equal(30.0, layer.call(tensor(2.0)).ToDouble());
        Assert.Equal(["Identity", "before", "after 3"], seen);
        Assert.Equal(2.0, layer.forward(tensor(2.0)).ToDouble());
        before.remove();
        silent.remove();
        Assert.Equal(20.0, layer.call(tensor(2.0)).ToDouble());
        after.remove();
        Assert.Equal(2.0, layer.call(tensor(2.0)).ToDouble());
        Assert.Equal(4, seen.Count);
    }

    [Fact]
    public void A_module_and_its_steps_leave_nothing_behind()
    {
        var before = LiveTensors.Count;
        using (NewDisposeScope())
        using (var stack = new Stack())
        {
            for (var i = 0; i < 3; i++)
            {
                using var input = randn([4, 2]);
                var count = LiveTensors.Count;
                using (stack.call(input)) Assert.Equal(count + 1, LiveTensors.Count);
                Assert.ThrowsAny<Exception>(() => stack.call(stack.layers[0].Table));
                Assert.Equal(count, LiveTensors.Count);
                stack.eval();
            }
        }
        Assert.Equal(before, LiveTensors.Count);
    }
}
