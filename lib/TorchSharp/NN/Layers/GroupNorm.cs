using TorchSharp.Utils;

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.GroupNorm GroupNorm(
                long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null) =>
                new(num_groups, num_channels, eps, affine, device, dtype);
        }
    }
}

namespace TorchSharp.Modules
{
    /// <summary>Mean 0 and deviation 1 over each group of channels and all positions, then a learned scale and shift per channel.</summary>
    public sealed class GroupNorm : LearnedModule
    {
        [ComponentName(Name = nameof(weight))]
        private Parameter? ownWeight;

        [ComponentName(Name = nameof(bias))]
        private Parameter? ownBias;

        internal GroupNorm(long num_groups, long num_channels, double eps, bool affine, torch.Device? device, torch.ScalarType? dtype)
            : base(nameof(GroupNorm))
        {
            if (num_groups < 1 || num_channels % num_groups != 0)
                throw new ArgumentException($"num_channels ({num_channels}) must be divisible by num_groups ({num_groups}).");
            (this.num_groups, this.num_channels, this.eps, this.affine) = (num_groups, num_channels, eps, affine);
            if (affine) ownWeight = torch.nn.init.Filled(Empty([num_channels], device, dtype), 1);
            if (affine) ownBias = torch.nn.init.Filled(Empty([num_channels], device, dtype), 0);
            RegisterComponents();
        }

        public long num_groups { get; set; }

        public long num_channels { get; }

        public double eps { get; set; }

        public bool affine { get; set; }

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

        /// <param name="input"><c>[batch, channels, …]</c></param>
        public override torch.Tensor forward(torch.Tensor input) => torch.nn.functional.group_norm(input, num_groups, ownWeight, ownBias, eps);
    }
}
