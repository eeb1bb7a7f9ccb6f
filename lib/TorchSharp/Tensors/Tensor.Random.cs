using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Op.NormalInPlace.CallInPlace(this, mean, std, Value.Of(generator));

        public Tensor log_normal_(double mean = 0.0, double std = 1.0, Generator? generator = null) =>
            Op.LogNormalInPlace.CallInPlace(this, mean, std, Value.Of(generator));

        public Tensor uniform_(double from, double to, Generator? generator = null) =>
            Op.UniformInPlace.CallInPlace(this, from, to, Value.Of(generator));

        public Tensor random_(double from, double to, Generator? generator = null) =>
            Op.RandomInPlace.CallInPlace(this, (long)from, (long)to, Value.Of(generator));

        public Tensor exponential_(double lambda = 1.0, Generator? generator = null) =>
            Op.ExponentialInPlace.CallInPlace(this, lambda, Value.Of(generator));

        public Tensor geometric_(double p, Generator? generator = null) => Op.GeometricInPlace.CallInPlace(this, p, Value.Of(generator));

        public Tensor cauchy_(double median = 0.0, double sigma = 1.0, Generator? generator = null) =>
            Op.CauchyInPlace.CallInPlace(this, median, sigma, Value.Of(generator));

        /// <summary>Ones with the probabilities that this tensor holds.</summary>
        public Tensor bernoulli(Generator? generator = null) => Op.Bernoulli.Call(this, Value.Of(generator));

        public Tensor bernoulli_(
            double p = 0.5, Generator? generator = null) =>
            Op.BernoulliInPlace.CallInPlace(this, p, Value.Of(generator));

        public Tensor bernoulli_(
            Tensor p, Generator? generator = null) =>
            Op.BernoulliTensorInPlace.CallInPlace(this, p, Value.Of(generator));

        /// <returns>int64: positions drawn with the weights that this tensor's rows hold.</returns>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) =>
            Op.Multinomial.Call(this, num_samples, replacement, Value.Of(generator));

        public Tensor poisson(Generator? generator = null) => Op.Poisson.Call(this, Value.Of(generator));

        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.rand_like(this, dtype, device, requires_grad);

        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.randn_like(this, dtype, device, requires_grad);

        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            torch.randint_like(this, low, high, dtype, device, requires_grad);

        private static partial class Op
        {
            internal static readonly Operator NormalInPlace = new("aten::normal_");
            internal static readonly Operator LogNormalInPlace = new("aten::log_normal_");
            internal static readonly Operator UniformInPlace = new("aten::uniform_");
            internal static readonly Operator RandomInPlace = new("aten::random_.from");
            internal static readonly Operator ExponentialInPlace = new("aten::exponential_");
            internal static readonly Operator GeometricInPlace = new("aten::geometric_");
            internal static readonly Operator CauchyInPlace = new("aten::cauchy_");
            internal static readonly Operator Bernoulli = new("aten::bernoulli");
            internal static readonly Operator BernoulliInPlace = new("aten::bernoulli_.float");
            internal static readonly Operator BernoulliTensorInPlace = new("aten::bernoulli_.Tensor");
            internal static readonly Operator Multinomial = new("aten::multinomial");
            internal static readonly Operator Poisson = new("aten::poisson");
        }
    }
}
