using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor acos() => Op.Acos.Call(this);

        public Tensor arccos() => acos();

        public Tensor acos_() => Op.AcosInPlace.CallInPlace(this);

        public Tensor arccos_() => acos_();

        public Tensor acosh() => Op.Acosh.Call(this);

        public Tensor arccosh() => acosh();

        public Tensor acosh_() => Op.AcoshInPlace.CallInPlace(this);

        public Tensor arccosh_() => acosh_();

        public Tensor asin() => Op.Asin.Call(this);

        public Tensor arcsin() => asin();

        public Tensor asin_() => Op.AsinInPlace.CallInPlace(this);

        public Tensor arcsin_() => asin_();

        public Tensor asinh() => Op.Asinh.Call(this);

        public Tensor arcsinh() => asinh();

        public Tensor asinh_() => Op.AsinhInPlace.CallInPlace(this);

        public Tensor arcsinh_() => asinh_();

        public Tensor atan() => Op.Atan.Call(this);

        public Tensor arctan() => atan();

        public Tensor atan_() => Op.AtanInPlace.CallInPlace(this);

        public Tensor arctan_() => atan_();

        public Tensor atanh() => Op.Atanh.Call(this);

        public Tensor arctanh() => atanh();

        public Tensor atanh_() => Op.AtanhInPlace.CallInPlace(this);

        public Tensor arctanh_() => atanh_();

        public Tensor cos() => Op.Cos.Call(this);

        public Tensor cos_() => Op.CosInPlace.CallInPlace(this);

        public Tensor cosh() => Op.Cosh.Call(this);

        public Tensor cosh_() => Op.CoshInPlace.CallInPlace(this);

        public Tensor sin() => Op.Sin.Call(this);

        public Tensor sin_() => Op.SinInPlace.CallInPlace(this);

        public Tensor sinc() => Op.Sinc.Call(this);

        public Tensor sinc_() => Op.SincInPlace.CallInPlace(this);

        public Tensor sinh() => Op.Sinh.Call(this);

        public Tensor sinh_() => Op.SinhInPlace.CallInPlace(this);

        public Tensor tan() => Op.Tan.Call(this);

        public Tensor tan_() => Op.TanInPlace.CallInPlace(this);

        public Tensor tanh() => Op.Tanh.Call(this);

        public Tensor tanh_() => Op.TanhInPlace.CallInPlace(this);

        public Tensor atan2(Tensor other) => Op.Atan2.Call(this, other);

        public Tensor atan2_(Tensor other) => Op.Atan2InPlace.CallInPlace(this, other);

        public Tensor arctan2(Tensor other) => atan2(other);

        public Tensor arctan2_(Tensor other) => atan2_(other);

        private static partial class Op
        {
            internal static readonly Operator Acos = new("aten::acos");
            internal static readonly Operator AcosInPlace = new("aten::acos_");
            internal static readonly Operator Acosh = new("aten::acosh");
            internal static readonly Operator AcoshInPlace = new("aten::acosh_");
            internal static readonly Operator Asin = new("aten::asin");
            internal static readonly Operator AsinInPlace = new("aten::asin_");
            internal static readonly Operator Asinh = new("aten::asinh");
            internal static readonly Operator AsinhInPlace = new("aten::asinh_");
            internal static readonly Operator Atan = new("aten::atan");
            internal static readonly Operator AtanInPlace = new("aten::atan_");
            internal static readonly Operator Atanh = new("aten::atanh");
            internal static readonly Operator AtanhInPlace = new("aten::atanh_");
            internal static readonly Operator Cos = new("aten::cos");
            internal static readonly Operator CosInPlace = new("aten::cos_");
            internal static readonly Operator Cosh = new("aten::cosh");
            internal static readonly Operator CoshInPlace = new("aten::cosh_");
            internal static readonly Operator Sin = new("aten::sin");
            internal static readonly Operator SinInPlace = new("aten::sin_");
            internal static readonly Operator Sinc = new("aten::sinc");
            internal static readonly Operator SincInPlace = new("aten::sinc_");
            internal static readonly Operator Sinh = new("aten::sinh");
            internal static readonly Operator SinhInPlace = new("aten::sinh_");
            internal static readonly Operator Tan = new("aten::tan");
            internal static readonly Operator TanInPlace = new("aten::tan_");
            internal static readonly Operator Tanh = new("aten::tanh");
            internal static readonly Operator TanhInPlace = new("aten::tanh_");
            internal static readonly Operator Atan2 = new("aten::atan2");
            internal static readonly Operator Atan2InPlace = new("aten::atan2_");
        }
    }
}
