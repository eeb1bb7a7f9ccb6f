using TorchSharp.Interop;
using static TorchSharp.torch.optim;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static Modules.SGD SGD(
                IEnumerable<Modules.Parameter> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static Modules.SGD SGD(
                IEnumerable<(string name, Modules.Parameter parameter)> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters.Select(named => named.parameter), learningRate, momentum, dampening, weight_decay, nesterov, maximize);

            public static Modules.SGD SGD(
                IEnumerable<Modules.SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0,
                double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Gradient descent, with momentum if wished.</summary>
    public class SGD : OptimizerHelper, IMomentum
    {
        private static readonly Operator Negate = new("aten::neg");
        private static readonly Operator Plus = new("aten::add.Tensor");
        private static readonly Operator Add = new("aten::add_.Tensor");
        private static readonly Operator Scale = new("aten::mul_.Scalar");

        private readonly Options own;

        public SGD(
            IEnumerable<Parameter> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false,
            bool maximize = false)
            : this([new ParamGroup(parameters, new Options())], lr, momentum, dampening, weight_decay, nesterov, maximize)
        {
        }

        public SGD(
            IEnumerable<ParamGroup> parameters, double lr, double momentum = 0.0, double dampening = 0, double weight_decay = 0, bool nesterov = false,
            bool maximize = false)
            : this(new Options(lr, momentum, dampening, weight_decay, nesterov, maximize))
        {
            ArgumentNullException.ThrowIfNull(parameters);
            foreach (var group in parameters) add_param_group(group);
        }

        private SGD(Options own) : base(own) => this.own = own;

        public double Momentum
        {
            get => own.momentum!.Value;
            set
            {
                own.momentum = value;
                foreach (var group in Groups) ((Options)group.Options).momentum = value;
            }
        }

        private protected override OptimizerState NewState(Parameter parameter, OptimizerOptions options) => new State(parameter);

        private protected override void Step(Parameter parameter, torch.Tensor gradient, OptimizerState state, OptimizerOptions options)
        {
            var (mine, now) = ((State)state, (Options)options);
            var momentum = now.momentum!.Value;
            if (now.maximize!.Value) gradient = Negate.Call(gradient);
            if (now.weight_decay!.Value != 0) gradient = Plus.Call(gradient, parameter, now.weight_decay.Value);
            if (momentum != 0)
            {
                if (mine.momentum_buffer is null)
                {
                    mine.momentum_buffer = gradient.clone().DetachFromDisposeScope();
                }
                else
                {
                    Scale.CallInPlace(mine.momentum_buffer, momentum);
                    Add.CallInPlace(mine.momentum_buffer, gradient, 1 - now.dampening!.Value);
                }
                gradient = now.nesterov!.Value ? Plus.Call(gradient, mine.momentum_buffer, momentum) : mine.momentum_buffer;
            }
            Add.CallInPlace(parameter, gradient, -now.LearningRate!.Value);
        }

        /// <summary>Parameters with options of their own.</summary>
        public class ParamGroup : ParamGroup<Options>, IMomentum
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options) : base(parameters, options)
            {
            }

            public ParamGroup(
                IEnumerable<Parameter> parameters, double lr = 1e-3, double momentum = 0.0, double dampening = 0, double weight_decay = 0,
                bool nesterov = false, bool maximize = false)
                : base(parameters, new Options(lr, momentum, dampening, weight_decay, nesterov, maximize))
            {
            }

            public double Momentum
            {
                get => Options.momentum!.Value;
                set => Options.momentum = value;
            }
        }

        /// <summary>A group's options; null takes the optimizer's own.</summary>
        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;

            public Options()
            {
            }

            internal Options(double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize)
            {
                CheckedOptions.AtLeastZero(lr, nameof(lr));
                CheckedOptions.AtLeastZero(momentum, nameof(momentum));
                CheckedOptions.AtLeastZero(weight_decay, nameof(weight_decay));
                if (nesterov && (momentum == 0 || dampening != 0)) throw new ArgumentException("Nesterov needs a momentum, and a dampening of 0.", nameof(nesterov));
                LearningRate = lr;
                (this.momentum, this.dampening, this.weight_decay, this.nesterov, this.maximize) = (momentum, dampening, weight_decay, nesterov, maximize);
            }

            public override void SaveStateDict(BinaryWriter writer)
            {
                base.SaveStateDict(writer);
                foreach (var number in (double[])[momentum!.Value, dampening!.Value, weight_decay!.Value]) writer.Write(number);
                writer.Write(nesterov!.Value);
                writer.Write(maximize!.Value);
            }

            public override void LoadStateDict(BinaryReader reader)
            {
                base.LoadStateDict(reader);
                (momentum, dampening, weight_decay) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
                (nesterov, maximize) = (reader.ReadBoolean(), reader.ReadBoolean());
            }

            public override void LoadStateDict(OptimizerOptions source)
            {
                base.LoadStateDict(source);
                var from = source as Options ?? throw new ArgumentException($"The options must be SGD's, but are {source.GetType()}.", nameof(source));
                (momentum, dampening, weight_decay, nesterov, maximize) = (from.momentum, from.dampening, from.weight_decay, from.nesterov, from.maximize);
            }

            internal override void Default(OptimizerOptions defaults)
            {
                var from = (Options)defaults;
                momentum ??= from.momentum;
                dampening ??= from.dampening;
                weight_decay ??= from.weight_decay;
                nesterov ??= from.nesterov;
                maximize ??= from.maximize;
            }
        }

        /// <summary>The momentum of one parameter; null before its first step.</summary>
        public sealed class State : OptimizerState
        {
            public torch.Tensor? momentum_buffer;

            internal State(Parameter parameter) : base(parameter)
            {
            }

            public override void SaveStateDict(BinaryWriter writer) => Save(writer, momentum_buffer);

            public override void LoadStateDict(BinaryReader reader) => Load(reader, ref momentum_buffer, nameof(momentum_buffer));

            public override void LoadStateDict(OptimizerState source)
            {
                var from = source as State ?? throw new ArgumentException($"The state must be SGD's, but is {source?.GetType()}.", nameof(source));
                Copy(from.momentum_buffer, ref momentum_buffer, nameof(momentum_buffer));
            }

            public override void to(torch.Device device) => Move(ref momentum_buffer, device);

            public override void Dispose() => momentum_buffer?.Dispose();
        }
    }
}
