using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra.</summary>
    public static partial class linalg
    {
        public enum QRMode
        {
            Reduced = 0,
            Complete = 1,
            R = 2,
        }

        public static Tensor norm(
            Tensor input, long[]? dims = null, bool keepdim = false) =>
            Op.Norm.Call(input, Value.None, dims, keepdim);

        public static Tensor norm(
            Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Op.Norm.Call(input, ord, dims, keepdim);

        public static Tensor norm(
            Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            Op.Norm.Call(input, ord, dims, keepdim);

        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            Op.NormNamed.Call(input, ord, dims, keepdim);

        public static Tensor vector_norm(Tensor input, double ord = 2d, long[]? dims = null, bool keepdim = false) =>
            Op.VectorNorm.Call(input, ord, dims, keepdim);

        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) =>
            Op.MatrixNormNamed.Call(input, ord, dims ?? [-2, -1], keepdim);

        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            Op.MatrixNorm.Call(input, ord, dims ?? [-2, -1], keepdim);

        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) => Op.Svd.CallThree(input, fullMatrices);

        public static Tensor svdvals(Tensor input) => Op.Svdvals.Call(input);

        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) =>
            Op.Qr.CallTwo(input, mode switch { QRMode.Complete => "complete", QRMode.R => "r", _ => "reduced" });

        public static (Tensor, Tensor) eig(Tensor input) => Op.Eig.CallTwo(input);

        /// <summary>Of a symmetric matrix: its eigenvalues, ascending, and its eigenvectors as columns.</summary>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => Op.Eigh.CallTwo(input, UPLO.ToString());

        public static Tensor eigvals(Tensor input) => Op.Eigvals.Call(input);

        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => Op.Eigvalsh.Call(input, UPLO.ToString());

        public static Tensor inv(Tensor input) => Op.Inv.Call(input);

        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Op.Pinv.Call(input, Value.Of(atol), Value.Of(rtol), hermitian);

        public static Tensor solve(Tensor A, Tensor B, bool left = true)
        {
            if (left) return Op.Solve.Call(A, B);
            // X A = B is Aᵀ Xᵀ = Bᵀ.
            using var system = A.mT;
            using var target = B.mT;
            using var solution = Op.Solve.Call(system, target);
            return solution.mT;
        }

        public static Tensor solve_triangular(
            Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false, Tensor? @out = null)
        {
            var solution = Op.SolveTriangular.Call(A, B, upper, left, unitriangular);
            if (@out is null) return solution;
            using (solution) return @out.copy_(solution);
        }

        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(Tensor input, Tensor other) =>
            Four(Op.Lstsq.CallMany(input, other));

        public static (Tensor Solution, Tensor Residuals, Tensor Rank, Tensor SingularValues) lstsq(
            Tensor input, Tensor other, double rcond) =>
            Four(Op.Lstsq.CallMany(input, other, rcond));

        public static Tensor det(Tensor input) => Op.Det.Call(input);

        public static (Tensor, Tensor) slogdet(Tensor input) => Op.Slogdet.CallTwo(input);

        public static Tensor cholesky(Tensor input) => Op.Cholesky.Call(input);

        public static (Tensor L, Tensor info) cholesky_ex(Tensor input, bool check_errors = false) =>
            Op.CholeskyEx.CallTwo(input, false, check_errors);

        public static Tensor matrix_exp(Tensor input) => Op.MatrixExp.Call(input);

        public static Tensor matrix_rank(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            Op.MatrixRank.Call(input, Value.Of(atol), Value.Of(rtol), hermitian);

        public static Tensor multi_dot(IList<Tensor> tensors) => Op.MultiDot.Call(Value.List([.. tensors]));

        public static Tensor cross(Tensor input, Tensor other, long dim = -1) => Op.Cross.Call(input, other, dim);

        public static Tensor diagonal(Tensor input, int offset = 0, int dim1 = -2, int dim2 = -1) => input.diagonal(offset, dim1, dim2);

        public static Tensor vecdot(Tensor x, Tensor y, long dim = -1, Tensor? @out = null)
        {
            var product = Op.Vecdot.Call(x, y, dim);
            if (@out is null) return product;
            using (product) return @out.copy_(product);
        }

        public static Tensor cond(Tensor input) => Op.Cond.Call(input, Value.None);

        public static Tensor cond(Tensor input, double p) => Op.Cond.Call(input, p);

        private static (Tensor First, Tensor Second, Tensor Third, Tensor Fourth) Four(Tensor[] results) =>
            (results[0], results[1], results[2], results[3]);

        private static class Op
        {
            internal static readonly Operator Norm = new("aten::linalg_norm");
            internal static readonly Operator NormNamed = new("aten::linalg_norm.ord_str");
            internal static readonly Operator VectorNorm = new("aten::linalg_vector_norm");
            internal static readonly Operator MatrixNorm = new("aten::linalg_matrix_norm");
            internal static readonly Operator MatrixNormNamed = new("aten::linalg_matrix_norm.str_ord");
            internal static readonly Operator Svd = new("aten::linalg_svd");
            internal static readonly Operator Svdvals = new("aten::linalg_svdvals");
            internal static readonly Operator Qr = new("aten::linalg_qr");
            internal static readonly Operator Eig = new("aten::linalg_eig");
            internal static readonly Operator Eigh = new("aten::linalg_eigh");
            internal static readonly Operator Eigvals = new("aten::linalg_eigvals");
            internal static readonly Operator Eigvalsh = new("aten::linalg_eigvalsh");
            internal static readonly Operator Inv = new("aten::linalg_inv");
            internal static readonly Operator Pinv = new("aten::linalg_pinv.atol_rtol_float");
            internal static readonly Operator Solve = new("aten::linalg_solve");
            internal static readonly Operator SolveTriangular = new("aten::linalg_solve_triangular");
            internal static readonly Operator Lstsq = new("aten::linalg_lstsq");
            internal static readonly Operator Det = new("aten::linalg_det");
            internal static readonly Operator Slogdet = new("aten::linalg_slogdet");
            internal static readonly Operator Cholesky = new("aten::linalg_cholesky");
            internal static readonly Operator CholeskyEx = new("aten::linalg_cholesky_ex");
            internal static readonly Operator MatrixExp = new("aten::linalg_matrix_exp");
            internal static readonly Operator MatrixRank = new("aten::linalg_matrix_rank.atol_rtol_float");
            internal static readonly Operator MultiDot = new("aten::linalg_multi_dot");
            internal static readonly Operator Cross = new("aten::linalg_cross");
            internal static readonly Operator Vecdot = new("aten::linalg_vecdot");
            internal static readonly Operator Cond = new("aten::linalg_cond");
        }
    }
}
