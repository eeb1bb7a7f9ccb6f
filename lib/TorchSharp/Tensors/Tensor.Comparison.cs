using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor eq(Tensor target) => Op.Eq.Call(this, target);

        public Tensor eq(Scalar target) => Op.EqScalar.Call(this, target);

        public Tensor eq_(Tensor target) => Op.EqInPlace.CallInPlace(this, target);

        public Tensor eq_(Scalar target) => Op.EqScalarInPlace.CallInPlace(this, target);

        public Tensor equal(Tensor target) => eq(target);

        public Tensor ne(Tensor target) => Op.Ne.Call(this, target);

        public Tensor ne(Scalar target) => Op.NeScalar.Call(this, target);

        public Tensor ne_(Tensor target) => Op.NeInPlace.CallInPlace(this, target);

        public Tensor ne_(Scalar target) => Op.NeScalarInPlace.CallInPlace(this, target);

        public Tensor not_equal(Tensor target) => ne(target);

        public Tensor lt(Tensor target) => Op.Lt.Call(this, target);

        public Tensor lt(Scalar target) => Op.LtScalar.Call(this, target);

        public Tensor lt_(Tensor target) => Op.LtInPlace.CallInPlace(this, target);

        public Tensor lt_(Scalar target) => Op.LtScalarInPlace.CallInPlace(this, target);

        public Tensor less(Tensor target) => lt(target);

        public Tensor le(Tensor target) => Op.Le.Call(this, target);

        public Tensor le(Scalar target) => Op.LeScalar.Call(this, target);

        public Tensor le_(Tensor target) => Op.LeInPlace.CallInPlace(this, target);

        public Tensor le_(Scalar target) => Op.LeScalarInPlace.CallInPlace(this, target);

        public Tensor less_equal(Tensor target) => le(target);

        public Tensor gt(Tensor target) => Op.Gt.Call(this, target);

        public Tensor gt(Scalar target) => Op.GtScalar.Call(this, target);

        public Tensor gt_(Tensor target) => Op.GtInPlace.CallInPlace(this, target);

        public Tensor gt_(Scalar target) => Op.GtScalarInPlace.CallInPlace(this, target);

        public Tensor greater(Tensor target) => gt(target);

        public Tensor ge(Tensor target) => Op.Ge.Call(this, target);

        public Tensor ge(Scalar target) => Op.GeScalar.Call(this, target);

        public Tensor ge_(Tensor target) => Op.GeInPlace.CallInPlace(this, target);

        public Tensor ge_(Scalar target) => Op.GeScalarInPlace.CallInPlace(this, target);

        public Tensor greater_equal(Tensor target) => ge(target);

        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
            Op.Allclose.CallBool(this, target, rtol, atol, equal_nan);

        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false) =>
            Op.Isclose.Call(this, other, rtol, atol, nanEqual);

        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false) =>
            Op.Isin.Call(this, test_elements, assumeUnique, invert);

        /// <summary>Whether both have the same shape, type and values.</summary>
        public bool Equals(Tensor? target) => target is not null && (ReferenceEquals(this, target) || Op.Equal.CallBool(this, target));

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        /// <summary>By reference: two tensors of equal values have different codes, so tensors are no keys.</summary>
        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

        public Tensor maximum(Tensor other) => Op.Maximum.Call(this, other);

        public Tensor minimum(Tensor other) => Op.Minimum.Call(this, other);

        public Tensor fmax(Tensor other) => Op.Fmax.Call(this, other);

        public Tensor fmin(Tensor other) => Op.Fmin.Call(this, other);

        private static partial class Op
        {
            internal static readonly Operator Eq = new("aten::eq.Tensor");
            internal static readonly Operator EqScalar = new("aten::eq.Scalar");
            internal static readonly Operator EqInPlace = new("aten::eq_.Tensor");
            internal static readonly Operator EqScalarInPlace = new("aten::eq_.Scalar");
            internal static readonly Operator Ne = new("aten::ne.Tensor");
            internal static readonly Operator NeScalar = new("aten::ne.Scalar");
            internal static readonly Operator NeInPlace = new("aten::ne_.Tensor");
            internal static readonly Operator NeScalarInPlace = new("aten::ne_.Scalar");
            internal static readonly Operator Lt = new("aten::lt.Tensor");
            internal static readonly Operator LtScalar = new("aten::lt.Scalar");
            internal static readonly Operator LtInPlace = new("aten::lt_.Tensor");
            internal static readonly Operator LtScalarInPlace = new("aten::lt_.Scalar");
            internal static readonly Operator Le = new("aten::le.Tensor");
            internal static readonly Operator LeScalar = new("aten::le.Scalar");
            internal static readonly Operator LeInPlace = new("aten::le_.Tensor");
            internal static readonly Operator LeScalarInPlace = new("aten::le_.Scalar");
            internal static readonly Operator Gt = new("aten::gt.Tensor");
            internal static readonly Operator GtScalar = new("aten::gt.Scalar");
            internal static readonly Operator GtInPlace = new("aten::gt_.Tensor");
            internal static readonly Operator GtScalarInPlace = new("aten::gt_.Scalar");
            internal static readonly Operator Ge = new("aten::ge.Tensor");
            internal static readonly Operator GeScalar = new("aten::ge.Scalar");
            internal static readonly Operator GeInPlace = new("aten::ge_.Tensor");
            internal static readonly Operator GeScalarInPlace = new("aten::ge_.Scalar");
            internal static readonly Operator Allclose = new("aten::allclose");
            internal static readonly Operator Isclose = new("aten::isclose");
            internal static readonly Operator Isin = new("aten::isin.Tensor_Tensor");
            internal static readonly Operator Equal = new("aten::equal");
            internal static readonly Operator Maximum = new("aten::maximum");
            internal static readonly Operator Minimum = new("aten::minimum");
            internal static readonly Operator Fmax = new("aten::fmax");
            internal static readonly Operator Fmin = new("aten::fmin");
        }
    }
}
