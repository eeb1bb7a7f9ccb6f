using TorchSharp.Interop;
using TorchSharp.Utils;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            /// <summary>Over <c>[batch, features]</c> or <c>[batch, features, length]</c>.</summary>
            public static Modules.BatchNorm1d BatchNorm1d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device? device = null, ScalarType? dtype = null) => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

            /// <summary>Over <c>[batch, features, height, width]</c>.</summary>
            public static Modules.BatchNorm2d BatchNorm2d(
                long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true,
                Device? device = null, ScalarType? dtype = null) => new(num_features, eps, momentum, affine, track_running_stats, device, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Mean 0 and deviation 1 per feature: of the batch in training, of all batches seen in evaluation.</summary>
    public abstract class BatchNorm : LearnedModule
    {
        private static readonly Operator Normalize = new("aten::batch_norm");

        [ComponentName(Name = nameof(weight))]
        private Parameter? ownWeight;

        [ComponentName(Name = nameof(bias))]
        private Parameter? ownBias;

        [ComponentName(Name = nameof(running_mean))]
        private torch.Tensor? mean;

        [ComponentName(Name = nameof(running_var))]
        private torch.Tensor? variance;

        [ComponentName(Name = nameof(num_batches_tracked))]
        private torch.Tensor? batches;

        private protected BatchNorm(
            string name, long num_features, double eps, double? momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype)
            : base(name)
        {
            (this.num_features, this.eps, this.momentum, this.affine, this.track_running_stats) = (num_features, eps, momentum, affine, track_running_stats);
            if (affine)
            {
                ownWeight = torch.nn.init.Filled(Empty([num_features], device, dtype), 1);
                ownBias = torch.nn.init.Filled(Empty([num_features], device, dtype), 0);
            }
            if (track_running_stats)
            {
                mean = torch.zeros([num_features], dtype: dtype, device: device).DetachFromDisposeScope();
                variance = torch.ones([num_features], dtype: dtype, device: device).DetachFromDisposeScope();
                batches = torch.zeros([], dtype: torch.ScalarType.Int64, device: device).DetachFromDisposeScope();
            }
            RegisterComponents();
        }

        public long num_features { get; }

        public double eps { get; set; }

        /// <summary>The weight of the newest batch; null averages over all batches equally.</summary>
        public double? momentum { get; set; }

        public bool affine { get; }

        public bool track_running_stats { get; }

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

        public torch.Tensor? running_mean
        {
            get => mean;
            set => ExchangeBuffer(ref mean, value, nameof(running_mean));
        }

        public torch.Tensor? running_var
        {
            get => variance;
            set => ExchangeBuffer(ref variance, value, nameof(running_var));
        }

        public torch.Tensor? num_batches_tracked
        {
            get => batches;
            set => ExchangeBuffer(ref batches, value, nameof(num_batches_tracked));
        }

        public void reset_running_stats()
        {
            mean?.zero_();
            variance?.fill_(1);
            batches?.zero_();
        }

        public override torch.Tensor forward(torch.Tensor input)
        {
            ArgumentNullException.ThrowIfNull(input);
            CheckDimensions(input);
            var share = momentum ?? 0;
            if (training && batches is not null)
            {
                batches.add_(1);
                if (momentum is null) share = 1.0 / batches.ToInt64();
            }
            return Normalize.Call(input, ownWeight, ownBias, mean, variance, training || mean is null, share, eps, true);
        }

        private protected abstract void CheckDimensions(torch.Tensor input);

        private void ExchangeBuffer(ref torch.Tensor? own, torch.Tensor? value, string name)
        {
            if (ReferenceEquals(own, value)) return;
            own?.Dispose();
            own = value?.DetachFromDisposeScope();
            ConditionallyRegisterBuffer(name, value);
        }
    }

    /// <summary>Batch normalisation over <c>[batch, features]</c> or <c>[batch, features, length]</c>.</summary>
    public sealed class BatchNorm1d : BatchNorm
    {
        internal BatchNorm1d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(BatchNorm1d), num_features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }

        private protected override void CheckDimensions(torch.Tensor input)
        {
            if (input.ndim is not (2 or 3)) throw new ArgumentException($"BatchNorm1d expects 2 or 3 dimensions, but got {input.ndim}.", nameof(input));
        }
    }

    /// <summary>Batch normalisation over <c>[batch, features, height, width]</c>.</summary>
    public sealed class BatchNorm2d : BatchNorm
    {
        internal BatchNorm2d(long num_features, double eps, double? momentum, bool affine, bool track_running_stats, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(BatchNorm2d), num_features, eps, momentum, affine, track_running_stats, device, dtype)
        {
        }

        private protected override void CheckDimensions(torch.Tensor input)
        {
            if (input.ndim != 4) throw new ArgumentException($"BatchNorm2d expects 4 dimensions, but got {input.ndim}.", nameof(input));
        }
    }
}
