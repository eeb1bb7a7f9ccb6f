using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Matrix product, batched over the leading dimensions. Unlike TorchSharp's, a wrong shape throws instead of ending the process.</summary>
        public Tensor matmul(Tensor target) => Op.Matmul.Call(this, target);

        public Tensor mm(Tensor target) => Op.Mm.Call(this, target);

        public Tensor mv(Tensor target) => Op.Mv.Call(this, target);

        public Tensor bmm(Tensor batch2) => Op.Bmm.Call(this, batch2);

        public Tensor dot(Tensor target) => Op.Dot.Call(this, target);

        public Tensor vdot(Tensor target) => Op.Vdot.Call(this, target);

        public Tensor outer(Tensor vec2) => Op.Outer.Call(this, vec2);

        public Tensor ger(Tensor vec2) => outer(vec2);

        public Tensor inner(Tensor vec2) => Op.Inner.Call(this, vec2);

        public Tensor kron(Tensor other) => Op.Kron.Call(this, other);

        /// <summary>beta · this + alpha · mat1 mat2.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) => Op.Addmm.Call(this, mat1, mat2, beta, alpha);

        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1, float alpha = 1) =>
            Op.AddmmInPlace.CallInPlace(this, mat1, mat2, beta, alpha);

        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1.0f, float alpha = 1.0f) => Op.Addmv.Call(this, mat, vec, beta, alpha);

        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1.0f, float alpha = 1.0f) =>
            Op.AddmvInPlace.CallInPlace(this, mat, vec, beta, alpha);

        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Op.Addbmm.Call(this, batch1, batch2, beta, alpha);

        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1.0f, float alpha = 1.0f) => Op.Addr.Call(this, vec1, vec2, beta, alpha);

        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1, float alpha = 1) =>
            Op.Baddbmm.Call(this, batch1, batch2, beta, alpha);

        public Tensor tensordot(Tensor b, long dims = 2)
        {
            var own = Enumerable.Range(0, checked((int)dims)).Select(i => ndim - dims + i).ToArray();
            var others = Enumerable.Range(0, checked((int)dims)).Select(i => (long)i).ToArray();
            return tensordot(b, own, others);
        }

        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => Op.Tensordot.Call(this, b, dims1, dims2);

        public Tensor tensordot(Tensor b, (long, long)[] dims) =>
            tensordot(b, Array.ConvertAll(dims, pair => pair.Item1), Array.ConvertAll(dims, pair => pair.Item2));

        public Tensor cholesky(bool upper = false) => Op.Cholesky.Call(this, upper);

        public Tensor cholesky_inverse(bool upper = false) => Op.CholeskyInverse.Call(this, upper);

        public Tensor cholesky_solve(Tensor input2, bool upper = false) => Op.CholeskySolve.Call(this, input2, upper);

        public Tensor det() => Op.Det.Call(this);

        public Tensor logdet() => Op.Logdet.Call(this);

        public Tensor inverse() => Op.Inverse.Call(this);

        public Tensor matrix_exp() => Op.MatrixExp.Call(this);

        public Tensor matrix_power(int n) => Op.MatrixPower.Call(this, n);

        public Tensor trace() => Op.Trace.Call(this);

        private static partial class Op
        {
            internal static readonly Operator Matmul = new("aten::matmul");
            internal static readonly Operator Mm = new("aten::mm");
            internal static readonly Operator Mv = new("aten::mv");
            internal static readonly Operator Bmm = new("aten::bmm");
            internal static readonly Operator Dot = new("aten::dot");
            internal static readonly Operator Vdot = new("aten::vdot");
            internal static readonly Operator Outer = new("aten::outer");
            internal static readonly Operator Inner = new("aten::inner");
            internal static readonly Operator Kron = new("aten::kron");
            internal static readonly Operator Addmm = new("aten::addmm");
            internal static readonly Operator AddmmInPlace = new("aten::addmm_");
            internal static readonly Operator Addmv = new("aten::addmv");
            internal static readonly Operator AddmvInPlace = new("aten::addmv_");
            internal static readonly Operator Addbmm = new("aten::addbmm");
            internal static readonly Operator Addr = new("aten::addr");
            internal static readonly Operator Baddbmm = new("aten::baddbmm");
            internal static readonly Operator Tensordot = new("aten::tensordot");
            internal static readonly Operator Cholesky = new("aten::cholesky");
            internal static readonly Operator CholeskyInverse = new("aten::cholesky_inverse");
            internal static readonly Operator CholeskySolve = new("aten::cholesky_solve");
            internal static readonly Operator Det = new("aten::det");
            internal static readonly Operator Logdet = new("aten::logdet");
            internal static readonly Operator Inverse = new("aten::inverse");
            internal static readonly Operator MatrixExp = new("aten::matrix_exp");
            internal static readonly Operator MatrixPower = new("aten::matrix_power");
            internal static readonly Operator Trace = new("aten::trace");
        }
    }
}
