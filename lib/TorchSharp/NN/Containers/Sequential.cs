using System.Globalization;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.Sequential Sequential() => new([]);

            public static Modules.Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

            public static Modules.Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

            public static Modules.Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules) => new([.. modules]);

            public static Modules.Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules)
            {
                var sequential = new Modules.Sequential([]);
                foreach (var module in modules) sequential.append(module);
                return sequential;
            }
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Modules one after another, each fed the result of the one before.</summary>
    public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
    {
        private readonly List<torch.nn.IModule<torch.Tensor, torch.Tensor>> steps = [];

        protected internal Sequential(params (string name, torch.nn.Module<torch.Tensor, torch.Tensor> submodule)[] modules) : base(nameof(Sequential))
        {
            foreach (var (name, module) in modules) append(name, module);
        }

        public int Count => steps.Count;

        public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => steps[index];

        public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) => append(steps.Count.ToString(CultureInfo.InvariantCulture), module);

        public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
        {
            ArgumentNullException.ThrowIfNull(module);
            add_module(name, module as torch.nn.Module ?? throw new ArgumentException($"{name} must be a Module, but was {module.GetType()}.", nameof(module)));
            steps.Add(module);
            return this;
        }

        public override torch.Tensor forward(torch.Tensor input)
        {
            ArgumentNullException.ThrowIfNull(input);
            if (steps.Count == 0) return input.alias();
            using var scope = torch.NewDisposeScope();
            var result = input;
            foreach (var step in steps) result = step.call(result);
            // A module that hands its input through must not change that tensor's scope.
            return ReferenceEquals(result.OwningDisposeScope, scope) ? result.MoveToOuterDisposeScope() : result;
        }

        protected override void RegisterComponents()
        {
        }
    }
}
