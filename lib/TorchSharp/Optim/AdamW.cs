using static TorchSharp.torch.optim;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            /// <param name="weight_decay">0 as in TorchSharp; PyTorch's default is 0.01.</param>
            public static Modules.AdamW AdamW(
                IEnumerable<Modules.Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Modules.AdamW AdamW(
                IEnumerable<(string name, Modules.Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Modules.AdamW AdamW(
                IEnumerable<Modules.AdamW.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adam with decoupled weight decay: it shrinks the parameter itself, by learning rate × decay.</summary>
    public class AdamW : OptimizerHelper, IBetas
    {
        private readonly Options own;

        public AdamW(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
            bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup(parameters, new Options())], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public AdamW(
            IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
            bool amsgrad = false, bool maximize = false)
            : this(new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
        {
            ArgumentNullException.ThrowIfNull(parameters);
            foreach (var group in parameters) add_param_group(group);
        }

        private AdamW(Options own) : base(own) => this.own = own;

        public (double, double) Betas
        {
            get => own.Betas;
            set
            {
                own.Betas = value;
                foreach (var group in Groups) ((Options)group.Options).Betas = value;
            }
        }

        private protected override OptimizerState NewState(Parameter parameter, OptimizerOptions options) => new Adam.State(parameter, (Options)options);

        private protected override void Step(Parameter parameter, torch.Tensor gradient, OptimizerState state, OptimizerOptions options) =>
            AdaptiveMoments.Step(parameter, gradient, (Adam.State)state, (Options)options, isDecoupled: true);

        /// <summary>Parameters with options of their own.</summary>
        public class ParamGroup : ParamGroup<Options>, IBetas
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
            {
            }

            public (double, double) Betas
            {
                get => Options.Betas;
                set => Options.Betas = value;
            }
        }

        /// <summary>A group's options; null takes the optimizer's own.</summary>
        public class Options : Adam.Options
        {
            public Options()
            {
            }

            internal Options(double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
                : base(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
            {
            }
        }
    }
}
