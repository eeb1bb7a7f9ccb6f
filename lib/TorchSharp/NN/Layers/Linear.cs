using TorchSharp.Utils;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>y = x Wᵀ + b, with PyTorch's initial values.</summary>
            public static Modules.Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
                new(inputSize, outputSize, hasBias, device, dtype);

            /// <summary>A linear layer over parameters at hand.</summary>
            public static Modules.Linear Linear(Modules.Parameter weight, Modules.Parameter? bias = null) => new(weight, bias);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>y = x Wᵀ + b.</summary>
    public sealed class Linear : LearnedModule
    {
        [ComponentName(Name = nameof(weight))]
        private Parameter? ownWeight;

        [ComponentName(Name = nameof(bias))]
        private Parameter? ownBias;

        internal Linear(long inputSize, long outputSize, bool hasBias, torch.Device? device, torch.ScalarType? dtype) : base(nameof(Linear))
        {
            (in_features, out_features) = (inputSize, outputSize);
            ownWeight = Empty([outputSize, inputSize], device, dtype);
            if (hasBias) ownBias = Empty([outputSize], device, dtype);
            torch.nn.init.ResetAffine(ownWeight, ownBias);
            RegisterComponents();
        }

        internal Linear(Parameter weight, Parameter? bias) : base(nameof(Linear))
        {
            (in_features, out_features) = (weight.size(1), weight.size(0));
            ownWeight = weight;
            ownBias = bias;
            weight.DetachFromDisposeScope();
            bias?.DetachFromDisposeScope();
            RegisterComponents();
        }

        public long in_features { get; set; }

        public long out_features { get; set; }

        public Parameter weight
        {
            get => ownWeight!;
            set => Exchange(ref ownWeight, value, nameof(weight));
        }

        public Parameter? bias
        {
            get => ownBias;
            set => Exchange(ref ownBias, value, nameof(bias));
        }

        /// <param name="input"><c>[…, in]</c></param>
        /// <returns><c>[…, out]</c></returns>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.linear(input, ownWeight!, ownBias);
    }
}
