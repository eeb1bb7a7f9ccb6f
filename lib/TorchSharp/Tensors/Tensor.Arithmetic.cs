using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor add(Tensor target) => Op.Add.Call(this, target);

        public Tensor add(Tensor target, Scalar alpha) => Op.Add.Call(this, target, alpha);

        public Tensor add(Scalar scalar) => Op.AddScalar.Call(this, scalar);

        public Tensor add(Scalar scalar, Scalar alpha) => Op.AddScalar.Call(this, scalar, alpha);

        public Tensor add_(Tensor target) => Op.AddInPlace.CallInPlace(this, target);

        public Tensor add_(Tensor target, Scalar alpha) => Op.AddInPlace.CallInPlace(this, target, alpha);

        public Tensor add_(Scalar scalar) => Op.AddScalarInPlace.CallInPlace(this, scalar);

        public Tensor add_(Scalar scalar, Scalar alpha) => Op.AddScalarInPlace.CallInPlace(this, scalar, alpha);

        public Tensor sub(Tensor target) => Op.Sub.Call(this, target);

        public Tensor sub(Tensor target, Scalar alpha) => Op.Sub.Call(this, target, alpha);

        public Tensor sub(Scalar target) => Op.SubScalar.Call(this, target);

        public Tensor sub_(Tensor target) => Op.SubInPlace.CallInPlace(this, target);

        public Tensor sub_(Tensor target, Scalar alpha) => Op.SubInPlace.CallInPlace(this, target, alpha);

        public Tensor sub_(Scalar target) => Op.SubScalarInPlace.CallInPlace(this, target);

        public Tensor subtract(Tensor target) => sub(target);

        public Tensor subtract(Scalar target) => sub(target);

        public Tensor subtract_(Tensor target) => sub_(target);

        public Tensor subtract_(Scalar target) => sub_(target);

        public Tensor mul(Tensor target) => Op.Mul.Call(this, target);

        public Tensor mul(Scalar target) => Op.MulScalar.Call(this, target);

        public Tensor mul_(Tensor target) => Op.MulInPlace.CallInPlace(this, target);

        public Tensor mul_(Scalar target) => Op.MulScalarInPlace.CallInPlace(this, target);

        public Tensor multiply(Tensor target) => mul(target);

        public Tensor multiply(Scalar target) => mul(target);

        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Op.Div.Call(this, target) : Op.DivRounded.Call(this, target, NameOf(rounding_mode));

        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None ? Op.DivScalar.Call(this, target) : Op.DivScalarRounded.Call(this, target, NameOf(rounding_mode));

        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Op.DivInPlace.CallInPlace(this, target)
                : Op.DivRoundedInPlace.CallInPlace(this, target, NameOf(rounding_mode));

        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) =>
            rounding_mode == RoundingMode.None
                ? Op.DivScalarInPlace.CallInPlace(this, target)
                : Op.DivScalarRoundedInPlace.CallInPlace(this, target, NameOf(rounding_mode));

        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        public Tensor true_divide(Tensor other) => div(other);

        public Tensor true_divide(Scalar other) => div(other);

        public Tensor true_divide_(Tensor other) => div_(other);

        public Tensor true_divide_(Scalar other) => div_(other);

        /// <summary>Rounds towards minus infinity.</summary>
        public Tensor floor_divide(Tensor other) => div(other, RoundingMode.floor);

        public Tensor floor_divide(Scalar other) => div(other, RoundingMode.floor);

        public Tensor floor_divide_(Tensor other) => div_(other, RoundingMode.floor);

        public Tensor floor_divide_(Scalar other) => div_(other, RoundingMode.floor);

        /// <summary>With the sign of the divisor.</summary>
        public Tensor remainder(Tensor target) => Op.Remainder.Call(this, target);

        public Tensor remainder(Scalar scalar) => Op.RemainderScalar.Call(this, scalar);

        public Tensor remainder_(Tensor target) => Op.RemainderInPlace.CallInPlace(this, target);

        public Tensor remainder_(Scalar scalar) => Op.RemainderScalarInPlace.CallInPlace(this, scalar);

        /// <summary>With the sign of the dividend.</summary>
        public Tensor fmod(Tensor target) => Op.Fmod.Call(this, target);

        public Tensor fmod(Scalar scalar) => Op.FmodScalar.Call(this, scalar);

        public Tensor fmod_(Tensor target) => Op.FmodInPlace.CallInPlace(this, target);

        public Tensor fmod_(Scalar scalar) => Op.FmodScalarInPlace.CallInPlace(this, scalar);

        public Tensor pow(Tensor exponent) => Op.Pow.Call(this, exponent);

        public Tensor pow(Scalar exponent) => Op.PowScalar.Call(this, exponent);

        public Tensor pow_(Tensor exponent) => Op.PowInPlace.CallInPlace(this, exponent);

        public Tensor pow_(Scalar exponent) => Op.PowScalarInPlace.CallInPlace(this, exponent);

        /// <summary>this + value · tensor1 · tensor2.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Addcmul.Call(this, tensor1, tensor2, value);

        public Tensor addcmul_(
            Tensor tensor1, Tensor tensor2, Scalar value) =>
            Op.AddcmulInPlace.CallInPlace(this, tensor1, tensor2, value);

        /// <summary>this + value · tensor1 / tensor2.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => Op.Addcdiv.Call(this, tensor1, tensor2, value);

        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => Op.Addcdiv.Call(this, tensor1, tensor2);

        public Tensor addcdiv_(
            Tensor tensor1, Tensor tensor2, Scalar value) =>
            Op.AddcdivInPlace.CallInPlace(this, tensor1, tensor2, value);

        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) => Op.AddcdivInPlace.CallInPlace(this, tensor1, tensor2);

        public Tensor clamp(Scalar? min = null, Scalar? max = null) => Op.Clamp.Call(this, min, max);

        public Tensor clamp(Tensor? min = null, Tensor? max = null) => Op.ClampTensor.Call(this, min, max);

        public Tensor clamp_(Scalar? min = null, Scalar? max = null) => Op.ClampInPlace.CallInPlace(this, min, max);

        public Tensor clamp_(Tensor? min = null, Tensor? max = null) => Op.ClampTensorInPlace.CallInPlace(this, min, max);

        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        public Tensor clamp_min(Scalar min) => Op.ClampMin.Call(this, min);

        public Tensor clamp_min_(Scalar min) => Op.ClampMinInPlace.CallInPlace(this, min);

        public Tensor clamp_max(Scalar max) => Op.ClampMax.Call(this, max);

        public Tensor clamp_max_(Scalar max) => Op.ClampMaxInPlace.CallInPlace(this, max);

        public Tensor fill_(Scalar value) => Op.Fill.CallInPlace(this, value);

        public Tensor zero_() => Op.Zero.CallInPlace(this);

        private static string NameOf(RoundingMode mode) => mode == RoundingMode.floor ? "floor" : "trunc";

        private static partial class Op
        {
            internal static readonly Operator Add = new("aten::add.Tensor");
            internal static readonly Operator AddScalar = new("aten::add.Scalar");
            internal static readonly Operator AddInPlace = new("aten::add_.Tensor");
            internal static readonly Operator AddScalarInPlace = new("aten::add_.Scalar");
            internal static readonly Operator Sub = new("aten::sub.Tensor");
            internal static readonly Operator SubScalar = new("aten::sub.Scalar");
            internal static readonly Operator SubInPlace = new("aten::sub_.Tensor");
            internal static readonly Operator SubScalarInPlace = new("aten::sub_.Scalar");
            internal static readonly Operator Mul = new("aten::mul.Tensor");
            internal static readonly Operator MulScalar = new("aten::mul.Scalar");
            internal static readonly Operator MulInPlace = new("aten::mul_.Tensor");
            internal static readonly Operator MulScalarInPlace = new("aten::mul_.Scalar");
            internal static readonly Operator Div = new("aten::div.Tensor");
            internal static readonly Operator DivScalar = new("aten::div.Scalar");
            internal static readonly Operator DivInPlace = new("aten::div_.Tensor");
            internal static readonly Operator DivScalarInPlace = new("aten::div_.Scalar");
            internal static readonly Operator DivRounded = new("aten::div.Tensor_mode");
            internal static readonly Operator DivScalarRounded = new("aten::div.Scalar_mode");
            internal static readonly Operator DivRoundedInPlace = new("aten::div_.Tensor_mode");
            internal static readonly Operator DivScalarRoundedInPlace = new("aten::div_.Scalar_mode");
            internal static readonly Operator Remainder = new("aten::remainder.Tensor");
            internal static readonly Operator RemainderScalar = new("aten::remainder.Scalar");
            internal static readonly Operator RemainderInPlace = new("aten::remainder_.Tensor");
            internal static readonly Operator RemainderScalarInPlace = new("aten::remainder_.Scalar");
            internal static readonly Operator Fmod = new("aten::fmod.Tensor");
            internal static readonly Operator FmodScalar = new("aten::fmod.Scalar");
            internal static readonly Operator FmodInPlace = new("aten::fmod_.Tensor");
            internal static readonly Operator FmodScalarInPlace = new("aten::fmod_.Scalar");
            internal static readonly Operator Pow = new("aten::pow.Tensor_Tensor");
            internal static readonly Operator PowScalar = new("aten::pow.Tensor_Scalar");
            internal static readonly Operator PowInPlace = new("aten::pow_.Tensor");
            internal static readonly Operator PowScalarInPlace = new("aten::pow_.Scalar");
            internal static readonly Operator Rsub = new("aten::rsub.Scalar");
            internal static readonly Operator Addcmul = new("aten::addcmul");
            internal static readonly Operator AddcmulInPlace = new("aten::addcmul_");
            internal static readonly Operator Addcdiv = new("aten::addcdiv");
            internal static readonly Operator AddcdivInPlace = new("aten::addcdiv_");
            internal static readonly Operator Clamp = new("aten::clamp");
            internal static readonly Operator ClampTensor = new("aten::clamp.Tensor");
            internal static readonly Operator ClampInPlace = new("aten::clamp_");
            internal static readonly Operator ClampTensorInPlace = new("aten::clamp_.Tensor");
            internal static readonly Operator ClampMin = new("aten::clamp_min");
            internal static readonly Operator ClampMinInPlace = new("aten::clamp_min_");
            internal static readonly Operator ClampMax = new("aten::clamp_max");
            internal static readonly Operator ClampMaxInPlace = new("aten::clamp_max_");
            internal static readonly Operator Fill = new("aten::fill_.Scalar");
            internal static readonly Operator Zero = new("aten::zero_");
        }
    }
}
