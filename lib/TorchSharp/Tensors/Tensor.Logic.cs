using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor logical_and(Tensor other) => Op.LogicalAnd.Call(this, other);

        public Tensor logical_and_(Tensor other) => Op.LogicalAndInPlace.CallInPlace(this, other);

        public Tensor logical_or(Tensor other) => Op.LogicalOr.Call(this, other);

        public Tensor logical_or_(Tensor other) => Op.LogicalOrInPlace.CallInPlace(this, other);

        public Tensor logical_xor(Tensor other) => Op.LogicalXor.Call(this, other);

        public Tensor logical_xor_(Tensor other) => Op.LogicalXorInPlace.CallInPlace(this, other);

        public Tensor bitwise_and(Tensor other) => Op.BitwiseAnd.Call(this, other);

        public Tensor bitwise_and_(Tensor other) => Op.BitwiseAndInPlace.CallInPlace(this, other);

        public Tensor bitwise_or(Tensor other) => Op.BitwiseOr.Call(this, other);

        public Tensor bitwise_or_(Tensor other) => Op.BitwiseOrInPlace.CallInPlace(this, other);

        public Tensor bitwise_xor(Tensor other) => Op.BitwiseXor.Call(this, other);

        public Tensor bitwise_xor_(Tensor other) => Op.BitwiseXorInPlace.CallInPlace(this, other);

        public Tensor bitwise_left_shift(Tensor other) => Op.BitwiseLeftShift.Call(this, other);

        public Tensor bitwise_left_shift_(Tensor other) => Op.BitwiseLeftShiftInPlace.CallInPlace(this, other);

        public Tensor bitwise_right_shift(Tensor other) => Op.BitwiseRightShift.Call(this, other);

        public Tensor bitwise_right_shift_(Tensor other) => Op.BitwiseRightShiftInPlace.CallInPlace(this, other);

        private static partial class Op
        {
            internal static readonly Operator LogicalAnd = new("aten::logical_and");
            internal static readonly Operator LogicalAndInPlace = new("aten::logical_and_");
            internal static readonly Operator LogicalOr = new("aten::logical_or");
            internal static readonly Operator LogicalOrInPlace = new("aten::logical_or_");
            internal static readonly Operator LogicalXor = new("aten::logical_xor");
            internal static readonly Operator LogicalXorInPlace = new("aten::logical_xor_");
            internal static readonly Operator BitwiseAnd = new("aten::bitwise_and.Tensor");
            internal static readonly Operator BitwiseAndInPlace = new("aten::bitwise_and_.Tensor");
            internal static readonly Operator BitwiseOr = new("aten::bitwise_or.Tensor");
            internal static readonly Operator BitwiseOrInPlace = new("aten::bitwise_or_.Tensor");
            internal static readonly Operator BitwiseXor = new("aten::bitwise_xor.Tensor");
            internal static readonly Operator BitwiseXorInPlace = new("aten::bitwise_xor_.Tensor");
            internal static readonly Operator BitwiseLeftShift = new("aten::bitwise_left_shift.Tensor");
            internal static readonly Operator BitwiseLeftShiftInPlace = new("aten::bitwise_left_shift_.Tensor");
            internal static readonly Operator BitwiseRightShift = new("aten::bitwise_right_shift.Tensor");
            internal static readonly Operator BitwiseRightShiftInPlace = new("aten::bitwise_right_shift_.Tensor");
        }
    }
}
