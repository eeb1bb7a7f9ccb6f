using static TorchSharp.torch.optim;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static Modules.Adam Adam(
                IEnumerable<Modules.Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Modules.Adam Adam(
                IEnumerable<(string name, Modules.Parameter parameter)> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999,
                double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);

            public static Modules.Adam Adam(
                IEnumerable<Modules.Adam.ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8,
                double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Adam; weight decay joins the gradient.</summary>
    public class Adam : OptimizerHelper, IBetas
    {
        private readonly Options own;

        public Adam(
            IEnumerable<Parameter> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
            bool amsgrad = false, bool maximize = false)
            : this([new ParamGroup(parameters, new Options())], lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
        {
        }

        public Adam(
            IEnumerable<ParamGroup> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0,
            bool amsgrad = false, bool maximize = false)
            : this(new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize))
        {
            ArgumentNullException.ThrowIfNull(parameters);
            foreach (var group in parameters) add_param_group(group);
        }

        private Adam(Options own) : base(own) => this.own = own;

        public (double, double) Betas
        {
            get => own.Betas;
            set
            {
                own.Betas = value;
                foreach (var group in Groups) ((Options)group.Options).Betas = value;
            }
        }

        private protected override OptimizerState NewState(Parameter parameter, OptimizerOptions options) => new State(parameter, (Options)options);

        private protected override void Step(Parameter parameter, torch.Tensor gradient, OptimizerState state, OptimizerOptions options) =>
            AdaptiveMoments.Step(parameter, gradient, (State)state, (Options)options, isDecoupled: false);

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
        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? weight_decay;
            public double? eps;
            public bool? amsgrad;
            public bool? maximize;

            public Options()
            {
            }

            internal Options(double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
            {
                CheckedOptions.AtLeastZero(lr, nameof(lr));
                CheckedOptions.AtLeastZero(eps, nameof(eps));
                CheckedOptions.AtLeastZero(weight_decay, nameof(weight_decay));
                CheckedOptions.BelowOne(beta1, nameof(beta1));
                CheckedOptions.BelowOne(beta2, nameof(beta2));
                LearningRate = lr;
                (this.beta1, this.beta2, this.eps, this.weight_decay, this.amsgrad, this.maximize) = (beta1, beta2, eps, weight_decay, amsgrad, maximize);
            }

            internal (double, double) Betas
            {
                get => (beta1 ?? 0, beta2 ?? 0);
                set => (beta1, beta2) = value;
            }

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                foreach (var number in (double[])[beta1!.Value, beta2!.Value, weight_decay!.Value, eps!.Value]) writer.Write(number);
                writer.Write(amsgrad!.Value);
                writer.Write(maximize!.Value);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                (beta1, beta2, weight_decay, eps) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
                (amsgrad, maximize) = (reader.ReadBoolean(), reader.ReadBoolean());
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var from = source as Options ?? throw new ArgumentException($"The options must be Adam's, but are {source.GetType()}.", nameof(source));
                (beta1, beta2, weight_decay, eps, amsgrad, maximize) = (from.beta1, from.beta2, from.weight_decay, from.eps, from.amsgrad, from.maximize);
            }

            internal override void Default(OptimizerOptions defaults)
            {
                var from = (Options)defaults;
                beta1 ??= from.beta1;
                beta2 ??= from.beta2;
                weight_decay ??= from.weight_decay;
                eps ??= from.eps;
                amsgrad ??= from.amsgrad;
                maximize ??= from.maximize;
            }
        }

        /// <summary>The running means of one parameter.</summary>
        public sealed class State : OptimizerState
        {
            public long step;
            public torch.Tensor? exp_avg;
            public torch.Tensor? exp_avg_sq;
            public torch.Tensor? max_exp_avg_sq;

            internal State(Parameter parameter, Options options) : base(parameter)
            {
                exp_avg = Zeros();
                exp_avg_sq = Zeros();
                if (options.amsgrad == true) max_exp_avg_sq = Zeros();
            }

            public override void SaveStateDict(BinaryWriter writer)
            {
                ArgumentNullException.ThrowIfNull(writer);
                writer.Write(step);
                Save(writer, exp_avg);
                Save(writer, exp_avg_sq);
                Save(writer, max_exp_avg_sq);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                ArgumentNullException.ThrowIfNull(reader);
                step = reader.ReadInt64();
                Load(reader, ref exp_avg, nameof(exp_avg));
                Load(reader, ref exp_avg_sq, nameof(exp_avg_sq));
                Load(reader, ref max_exp_avg_sq, nameof(max_exp_avg_sq));
            }

            public override void LoadStateDict(OptimizerState source)
            {
                var from = source as State ?? throw new ArgumentException($"The state must be Adam's, but is {source?.GetType()}.", nameof(source));
                step = from.step;
                Copy(from.exp_avg, ref exp_avg, nameof(exp_avg));
                Copy(from.exp_avg_sq, ref exp_avg_sq, nameof(exp_avg_sq));
                Copy(from.max_exp_avg_sq, ref max_exp_avg_sq, nameof(max_exp_avg_sq));
            }

            public override void to(torch.Device device)
            {
                Move(ref exp_avg, device);
                Move(ref exp_avg_sq, device);
                Move(ref max_exp_avg_sq, device);
            }

            public override void Dispose()
            {
                exp_avg?.Dispose();
                exp_avg_sq?.Dispose();
                max_exp_avg_sq?.Dispose();
            }
        }
    }
}
