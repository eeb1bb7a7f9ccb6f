using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor copysign(Tensor other) => Op.Copysign.Call(this, other);

        public Tensor copysign_(Tensor other) => Op.CopysignInPlace.CallInPlace(this, other);

        public Tensor heaviside(Tensor other) => Op.Heaviside.Call(this, other);

        public Tensor heaviside_(Tensor other) => Op.HeavisideInPlace.CallInPlace(this, other);

        public Tensor hypot(Tensor other) => Op.Hypot.Call(this, other);

        public Tensor gcd(Tensor other) => Op.Gcd.Call(this, other);

        public Tensor gcd_(Tensor other) => Op.GcdInPlace.CallInPlace(this, other);

        public Tensor lcm(Tensor other) => Op.Lcm.Call(this, other);

        public Tensor lcm_(Tensor other) => Op.LcmInPlace.CallInPlace(this, other);

        public Tensor ldexp(Tensor other) => Op.Ldexp.Call(this, other);

        public Tensor ldexp_(Tensor other) => Op.LdexpInPlace.CallInPlace(this, other);

        public Tensor nextafter(Tensor other) => Op.Nextafter.Call(this, other);

        public Tensor nextafter_(Tensor other) => Op.NextafterInPlace.CallInPlace(this, other);

        public Tensor logaddexp(Tensor other) => Op.Logaddexp.Call(this, other);

        public Tensor logaddexp2(Tensor other) => Op.Logaddexp2.Call(this, other);

        public Tensor xlogy(Tensor y) => Op.Xlogy.Call(this, y);

        public Tensor xlogy(Scalar y) => Op.XlogyScalar.Call(this, y);

        public Tensor float_power(Tensor target) => Op.FloatPower.Call(this, target);

        public Tensor lerp(Tensor end, Tensor weight) => Op.Lerp.Call(this, end, weight);

        public Tensor lerp_(Tensor end, Tensor weight) => Op.LerpInPlace.CallInPlace(this, end, weight);

        public Tensor round(long decimals = 0L) => decimals == 0 ? Op.Round.Call(this) : Op.RoundDecimals.Call(this, decimals);

        public Tensor round_(long decimals = 0L) =>
            decimals == 0 ? Op.RoundInPlace.CallInPlace(this) : Op.RoundDecimalsInPlace.CallInPlace(this, decimals);

        public Tensor polygamma(long p) => Op.Polygamma.Call(p, this);

        public Tensor mvlgamma(long p) => Op.Mvlgamma.Call(this, p);

        public Tensor igamma(Tensor other) => Op.Igamma.Call(this, other);

        public Tensor igammac(Tensor other) => Op.Igammac.Call(this, other);

        public Tensor nan_to_num(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Op.NanToNum.Call(this, nan, Value.Of(posinf), Value.Of(neginf));

        public Tensor nan_to_num_(double nan = 0d, double? posinf = null, double? neginf = null) =>
            Op.NanToNumInPlace.CallInPlace(this, nan, Value.Of(posinf), Value.Of(neginf));

        /// <summary>Mantissa in ±[0.5, 1) and exponent.</summary>
        public (Tensor Mantissa, Tensor Exponent) frexp() => Op.Frexp.CallTwo(this);

        private static partial class Op
        {
            internal static readonly Operator Copysign = new("aten::copysign.Tensor");
            internal static readonly Operator CopysignInPlace = new("aten::copysign_.Tensor");
            internal static readonly Operator Heaviside = new("aten::heaviside");
            internal static readonly Operator HeavisideInPlace = new("aten::heaviside_");
            internal static readonly Operator Hypot = new("aten::hypot");
            internal static readonly Operator Gcd = new("aten::gcd");
            internal static readonly Operator GcdInPlace = new("aten::gcd_");
            internal static readonly Operator Lcm = new("aten::lcm");
            internal static readonly Operator LcmInPlace = new("aten::lcm_");
            internal static readonly Operator Ldexp = new("aten::ldexp.Tensor");
            internal static readonly Operator LdexpInPlace = new("aten::ldexp_");
            internal static readonly Operator Nextafter = new("aten::nextafter");
            internal static readonly Operator NextafterInPlace = new("aten::nextafter_");
            internal static readonly Operator Logaddexp = new("aten::logaddexp");
            internal static readonly Operator Logaddexp2 = new("aten::logaddexp2");
            internal static readonly Operator Xlogy = new("aten::xlogy.Tensor");
            internal static readonly Operator XlogyScalar = new("aten::xlogy.Scalar_Other");
            internal static readonly Operator FloatPower = new("aten::float_power.Tensor_Tensor");
            internal static readonly Operator Lerp = new("aten::lerp.Tensor");
            internal static readonly Operator LerpInPlace = new("aten::lerp_.Tensor");
            internal static readonly Operator Round = new("aten::round");
            internal static readonly Operator RoundDecimals = new("aten::round.decimals");
            internal static readonly Operator RoundInPlace = new("aten::round_");
            internal static readonly Operator RoundDecimalsInPlace = new("aten::round_.decimals");
            internal static readonly Operator Polygamma = new("aten::polygamma");
            internal static readonly Operator Mvlgamma = new("aten::mvlgamma");
            internal static readonly Operator Igamma = new("aten::igamma");
            internal static readonly Operator Igammac = new("aten::igammac");
            internal static readonly Operator NanToNum = new("aten::nan_to_num");
            internal static readonly Operator NanToNumInPlace = new("aten::nan_to_num_");
            internal static readonly Operator Frexp = new("aten::frexp.Tensor");
        }
    }
}
