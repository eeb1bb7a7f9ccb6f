using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor isfinite() => Op.Isfinite.Call(this);

        public Tensor isinf() => Op.Isinf.Call(this);

        public Tensor isnan() => Op.Isnan.Call(this);

        public Tensor isneginf() => Op.Isneginf.Call(this);

        public Tensor isposinf() => Op.Isposinf.Call(this);

        public Tensor isreal() => Op.Isreal.Call(this);

        public Tensor positive() => Op.Positive.Call(this);

        public Tensor signbit() => Op.Signbit.Call(this);

        public Tensor angle() => Op.Angle.Call(this);

        public Tensor conj() => Op.Conj.Call(this);

        public Tensor resolve_conj() => Op.ResolveConj.Call(this);

        public Tensor resolve_neg() => Op.ResolveNeg.Call(this);

        public Tensor conj_physical() => Op.ConjPhysical.Call(this);

        public Tensor conj_physical_() => Op.ConjPhysicalInPlace.CallInPlace(this);

        public Tensor logical_not() => Op.LogicalNot.Call(this);

        public Tensor logical_not_() => Op.LogicalNotInPlace.CallInPlace(this);

        public Tensor bitwise_not() => Op.BitwiseNot.Call(this);

        public Tensor bitwise_not_() => Op.BitwiseNotInPlace.CallInPlace(this);

        public Tensor deg2rad() => Op.Deg2rad.Call(this);

        public Tensor deg2rad_() => Op.Deg2radInPlace.CallInPlace(this);

        public Tensor rad2deg() => Op.Rad2deg.Call(this);

        public Tensor rad2deg_() => Op.Rad2degInPlace.CallInPlace(this);

        private static partial class Op
        {
            internal static readonly Operator ResolveConj = new("aten::resolve_conj");
            internal static readonly Operator ResolveNeg = new("aten::resolve_neg");
            internal static readonly Operator Isfinite = new("aten::isfinite");
            internal static readonly Operator Isinf = new("aten::isinf");
            internal static readonly Operator Isnan = new("aten::isnan");
            internal static readonly Operator Isneginf = new("aten::isneginf");
            internal static readonly Operator Isposinf = new("aten::isposinf");
            internal static readonly Operator Isreal = new("aten::isreal");
            internal static readonly Operator Positive = new("aten::positive");
            internal static readonly Operator Signbit = new("aten::signbit");
            internal static readonly Operator Angle = new("aten::angle");
            internal static readonly Operator Conj = new("aten::conj");
            internal static readonly Operator ConjPhysical = new("aten::conj_physical");
            internal static readonly Operator ConjPhysicalInPlace = new("aten::conj_physical_");
            internal static readonly Operator LogicalNot = new("aten::logical_not");
            internal static readonly Operator LogicalNotInPlace = new("aten::logical_not_");
            internal static readonly Operator BitwiseNot = new("aten::bitwise_not");
            internal static readonly Operator BitwiseNotInPlace = new("aten::bitwise_not_");
            internal static readonly Operator Deg2rad = new("aten::deg2rad");
            internal static readonly Operator Deg2radInPlace = new("aten::deg2rad_");
            internal static readonly Operator Rad2deg = new("aten::rad2deg");
            internal static readonly Operator Rad2degInPlace = new("aten::rad2deg_");
        }
    }
}
