using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor abs() => Op.Abs.Call(this);

        public Tensor absolute() => abs();

        public Tensor abs_() => Op.AbsInPlace.CallInPlace(this);

        public Tensor absolute_() => abs_();

        public Tensor ceil() => Op.Ceil.Call(this);

        public Tensor ceil_() => Op.CeilInPlace.CallInPlace(this);

        public Tensor digamma() => Op.Digamma.Call(this);

        public Tensor digamma_() => Op.DigammaInPlace.CallInPlace(this);

        public Tensor erf() => Op.Erf.Call(this);

        public Tensor erf_() => Op.ErfInPlace.CallInPlace(this);

        public Tensor erfc() => Op.Erfc.Call(this);

        public Tensor erfc_() => Op.ErfcInPlace.CallInPlace(this);

        public Tensor erfinv() => Op.Erfinv.Call(this);

        public Tensor erfinv_() => Op.ErfinvInPlace.CallInPlace(this);

        public Tensor exp() => Op.Exp.Call(this);

        public Tensor exp_() => Op.ExpInPlace.CallInPlace(this);

        public Tensor exp2() => Op.Exp2.Call(this);

        public Tensor exp2_() => Op.Exp2InPlace.CallInPlace(this);

        public Tensor expm1() => Op.Expm1.Call(this);

        public Tensor expm1_() => Op.Expm1InPlace.CallInPlace(this);

        public Tensor floor() => Op.Floor.Call(this);

        public Tensor floor_() => Op.FloorInPlace.CallInPlace(this);

        public Tensor frac() => Op.Frac.Call(this);

        public Tensor frac_() => Op.FracInPlace.CallInPlace(this);

        public Tensor lgamma() => Op.Lgamma.Call(this);

        public Tensor lgamma_() => Op.LgammaInPlace.CallInPlace(this);

        public Tensor log() => Op.Log.Call(this);

        public Tensor log_() => Op.LogInPlace.CallInPlace(this);

        public Tensor log10() => Op.Log10.Call(this);

        public Tensor log10_() => Op.Log10InPlace.CallInPlace(this);

        public Tensor log1p() => Op.Log1p.Call(this);

        public Tensor log1p_() => Op.Log1pInPlace.CallInPlace(this);

        public Tensor log2() => Op.Log2.Call(this);

        public Tensor log2_() => Op.Log2InPlace.CallInPlace(this);

        public Tensor neg() => Op.Neg.Call(this);

        public Tensor negative() => neg();

        public Tensor neg_() => Op.NegInPlace.CallInPlace(this);

        public Tensor negative_() => neg_();

        public Tensor reciprocal() => Op.Reciprocal.Call(this);

        public Tensor reciprocal_() => Op.ReciprocalInPlace.CallInPlace(this);

        public Tensor rsqrt() => Op.Rsqrt.Call(this);

        public Tensor rsqrt_() => Op.RsqrtInPlace.CallInPlace(this);

        public Tensor sgn() => Op.Sgn.Call(this);

        public Tensor sgn_() => Op.SgnInPlace.CallInPlace(this);

        public Tensor sign() => Op.Sign.Call(this);

        public Tensor sign_() => Op.SignInPlace.CallInPlace(this);

        public Tensor sqrt() => Op.Sqrt.Call(this);

        public Tensor sqrt_() => Op.SqrtInPlace.CallInPlace(this);

        public Tensor square() => Op.Square.Call(this);

        public Tensor trunc() => Op.Trunc.Call(this);

        public Tensor fix() => trunc();

        public Tensor trunc_() => Op.TruncInPlace.CallInPlace(this);

        public Tensor fix_() => trunc_();

        public Tensor i0() => Op.I0.Call(this);

        public Tensor i0_() => Op.I0InPlace.CallInPlace(this);

        private static partial class Op
        {
            internal static readonly Operator Abs = new("aten::abs");
            internal static readonly Operator AbsInPlace = new("aten::abs_");
            internal static readonly Operator Ceil = new("aten::ceil");
            internal static readonly Operator CeilInPlace = new("aten::ceil_");
            internal static readonly Operator Digamma = new("aten::digamma");
            internal static readonly Operator DigammaInPlace = new("aten::digamma_");
            internal static readonly Operator Erf = new("aten::erf");
            internal static readonly Operator ErfInPlace = new("aten::erf_");
            internal static readonly Operator Erfc = new("aten::erfc");
            internal static readonly Operator ErfcInPlace = new("aten::erfc_");
            internal static readonly Operator Erfinv = new("aten::erfinv");
            internal static readonly Operator ErfinvInPlace = new("aten::erfinv_");
            internal static readonly Operator Exp = new("aten::exp");
            internal static readonly Operator ExpInPlace = new("aten::exp_");
            internal static readonly Operator Exp2 = new("aten::exp2");
            internal static readonly Operator Exp2InPlace = new("aten::exp2_");
            internal static readonly Operator Expm1 = new("aten::expm1");
            internal static readonly Operator Expm1InPlace = new("aten::expm1_");
            internal static readonly Operator Floor = new("aten::floor");
            internal static readonly Operator FloorInPlace = new("aten::floor_");
            internal static readonly Operator Frac = new("aten::frac");
            internal static readonly Operator FracInPlace = new("aten::frac_");
            internal static readonly Operator Lgamma = new("aten::lgamma");
            internal static readonly Operator LgammaInPlace = new("aten::lgamma_");
            internal static readonly Operator Log = new("aten::log");
            internal static readonly Operator LogInPlace = new("aten::log_");
            internal static readonly Operator Log10 = new("aten::log10");
            internal static readonly Operator Log10InPlace = new("aten::log10_");
            internal static readonly Operator Log1p = new("aten::log1p");
            internal static readonly Operator Log1pInPlace = new("aten::log1p_");
            internal static readonly Operator Log2 = new("aten::log2");
            internal static readonly Operator Log2InPlace = new("aten::log2_");
            internal static readonly Operator Neg = new("aten::neg");
            internal static readonly Operator NegInPlace = new("aten::neg_");
            internal static readonly Operator Reciprocal = new("aten::reciprocal");
            internal static readonly Operator ReciprocalInPlace = new("aten::reciprocal_");
            internal static readonly Operator Rsqrt = new("aten::rsqrt");
            internal static readonly Operator RsqrtInPlace = new("aten::rsqrt_");
            internal static readonly Operator Sgn = new("aten::sgn");
            internal static readonly Operator SgnInPlace = new("aten::sgn_");
            internal static readonly Operator Sign = new("aten::sign");
            internal static readonly Operator SignInPlace = new("aten::sign_");
            internal static readonly Operator Sqrt = new("aten::sqrt");
            internal static readonly Operator SqrtInPlace = new("aten::sqrt_");
            internal static readonly Operator Square = new("aten::square");
            internal static readonly Operator Trunc = new("aten::trunc");
            internal static readonly Operator TruncInPlace = new("aten::trunc_");
            internal static readonly Operator I0 = new("aten::i0");
            internal static readonly Operator I0InPlace = new("aten::i0_");
        }
    }
}
