using static TorchSharp.torch;

namespace TorchSharp.Tests.Tensors;

/// <summary>The expressions of <c>tests/Golden/ops/generate.py</c>, as the provider says them.</summary>
internal static class OperatorExpressions
{
    internal static IReadOnlyDictionary<string, Func<Tensor[], Tensor[]>> All { get; } = new Dictionary<string, Func<Tensor[], Tensor[]>>(StringComparer.Ordinal)
    {
        ["add alpha"] = x => [x[0].add(x[1], 2.5)],
        ["scalar operators"] = x => [x[0] + 2, 2 - x[0], x[0] * 1.5, 3 / x[0], x[0] % 2, x[0] / 4, 1 + x[0], x[0] - 0.5f],
        ["integer operators"] = x => [x[0] + 2, 2 - x[0], x[0] * 3L, x[0] % 7, x[0] / 4, x[0] * 1.5, 100 / x[0], -x[0], ~x[0]],
        ["comparisons with numbers"] = x => [x[0] > 0, x[0] >= 0, x[0] < 0, x[0] <= 0, x[0] == 0, x[0] != 0, 0 < x[0]],
        ["rounded division"] = x => [div(x[0], x[1], RoundingMode.floor), x[0].div(x[1], RoundingMode.trunc)],
        ["pow scalar"] = x => [x[0].pow(2), x[0].pow(3), pow(x[0], 2.0)],
        ["addcmul addcdiv"] = x => [addcmul(x[0], x[1], x[2], 0.5), x[0].addcdiv(x[1], x[2], 0.5)],
        ["clamp"] = x => [x[0].clamp(-0.5, 0.5), x[0].clamp(min: 0), x[0].clamp(max: (Scalar)0), x[0].clamp_min(0.1), clamp_max(x[0], 0.1)],
        ["lerp"] = x => [lerp(x[0], x[1], x[2])],
        ["xlogy"] = x => [x[0].xlogy(x[1])],
        ["nan_to_num"] = x => [x[0].nan_to_num(), nan_to_num(x[0], nan: 1, posinf: 2, neginf: -2)],
        ["round decimals"] = x => [round(x[0], 1)],
        ["softmax"] = x => [softmax(x[0], 1), x[0].log_softmax(0), x[0].softmax(-1, float64), x[0].logsumexp(1), logsumexp(x[0], 0, keepdim: true)],
        ["sums"] = x => [x[0].sum(), x[0].sum(1), x[0].sum(new long[] { 0, 2 }, keepdim: true), x[0].sum(0L, type: float64), x[0].mean(), x[0].mean(new long[] { 1, 2 }), x[0].prod(), x[0].prod(2L)],
        ["integer sums"] = x => [x[0].sum(), x[0].sum(0L), x[0].prod(1L), cumsum(x[0], 1)],
        ["spread"] = x => [x[0].var(), std(x[0]), x[0].var(1L), x[0].std(new long[] { 0, 2 }, unbiased: false, keepdim: true), .. Two(std_mean(x[0])), .. Two(x[0].var_mean(1L))],
        ["norms"] = x => [x[0].norm(), x[0].norm(1f), x[0].norm(1, keepdim: false, p: 2f), x[0].norm(float.PositiveInfinity), linalg.vector_norm(x[0], 3), dist(x[0], x[0] * 2)],
        ["extremes"] = x => [x[0].max(), min(x[0]), .. Two(x[0].max(1)), .. Two(min(x[0], 0, keepdim: true)), x[0].amax(0, 1), x[0].amin(new long[] { 1 }, keepdim: true), x[0].argmax(), argmin(x[0], 1), .. Two(x[0].aminmax(1))],
        ["order"] = x => [.. Two(x[0].sort(1)), .. Two(sort(x[0], 0, descending: true)), .. Two(x[0].topk(2)), .. Two(topk(x[0], 2, dim: 0, largest: false)), x[0].argsort(1), median(x[0]), .. Two(x[0].kthvalue(2, 1)), .. Two(x[0].round().mode(1))],
        ["quantile"] = x => [x[0].quantile(x[1], 1), nanquantile(x[0], x[1], 0, keepdim: true)],
        ["logic"] = x => [x[0].any(), x[0].all(), any(x[0], 1), all(x[0], 0, keepdim: true), x[0].count_nonzero(), x[0].logical_not()],
        ["cumulative"] = x => [x[0].cumsum(0), cumprod(x[0], 1), .. Two(x[0].cummax(1)), .. Two(cummin(x[0], 0)), x[0].logcumsumexp(1), diff(x[0]), x[0].diff(2, 1)],
        ["nan reductions"] = x => [nansum(x[0]), x[0].nanmean(), x[0].nanmedian()],
        ["shapes"] = x => [x[0].view(6, 4), x[0].reshape(4, -1), x[0].permute(2, 0, 1), x[0].transpose(0, 2), x[0].flatten(), flatten(x[0], 1), x[0].unflatten(2, 2, 2), x[0].unsqueeze(1), x[0].unsqueeze(1).squeeze(), squeeze(x[0].unsqueeze(0), 0), x[0].mT, x[0][0].t(), x[0][0].T, x[0].movedim([0, 1], [2, 0])],
        ["repeats"] = x => [x[0].unsqueeze(0).expand(2, 3, 4), x[0].unsqueeze(0).expand(new long[] { 2, -1, -1 }), x[0].repeat(2, 1), x[0].tile([1, 2]), x[0].repeat_interleave(2), repeat_interleave(x[0], 2, 1), x[0].repeat_interleave(tensor(new long[] { 1, 0, 2 }), 0), x[0][..1].broadcast_to(3, 4), x[0][.., ..1].expand_as(x[0])],
        ["orders"] = x => [x[0].flip(0), flip(x[0], 0, 1), x[0].fliplr(), x[0].flipud(), x[0].roll(1), roll(x[0], 1, 0), x[0].roll((1, 2), (0, 1)), x[0].rot90()],
        ["splits"] = x => [.. x[0].chunk(3, 1), .. x[0].split(3, 1), .. x[0].split(new long[] { 1, 3 }, 1), .. unbind(x[0]), .. x[0].tensor_split(3, 1), .. tensor_split(x[0], new long[] { 1, 2 }, 1)],
        ["slices"] = x => [x[0].select(1, 2), narrow(x[0], 2, 1, 2), x[0].slice(1, 0, 3, 2), x[0].unfold(2, 2, 1)],
        ["triangles"] = x => [x[0].tril(), triu(x[0], 1), x[0].diag(), x[0].diagonal(1), diag(x[0][0]), x[0].diag_embed(), trace(x[0]), x[0][0].diagflat()],
        ["joins"] = x => [cat([x[0], x[1]]), cat(new List<Tensor> { x[0], x[1] }, 1), stack(x), stack([x[0], x[1]], 2), hstack(x[0], x[1]), vstack(x), dstack(x[0], x[1]), column_stack(x), block_diag(x[0], x[1])],
        ["where"] = x => [torch.where(x[0], x[1], x[2]), .. torch.where(x[0]), x[0].nonzero(), x[1].masked_fill(x[0], -1), masked_select(x[1], x[0]), x[1].masked_scatter(x[0], x[2]), argwhere(x[0])],
        ["gather and scatter"] = x => [x[0].gather(0, x[2]), scatter(x[0], 0, x[2], x[1]), x[0].scatter_add(0, x[2], x[1]), x[0].index_select(0, x[2][0]), x[0].index_add(1, x[2][0], x[0], 2), x[0].index_copy(1, tensor(new long[] { 3, 2, 1, 0 }), x[1]), x[0].index_fill(0, tensor(new long[] { 0, 2 }), 7), take(x[0], x[2]), x[0].take_along_dim(x[2], 0)],
        ["scattered slices"] = x => [x[0].select_scatter(x[1][0], 0, 1), slice_scatter(x[0], x[1][..2], 0, 1, 3), x[0].diagonal_scatter(x[1][0][..3])],
        ["products"] = x => [x[0].matmul(x[0]), mm(x[0], x[0]), x[0].mv(x[1]), dot(x[1], x[1]), x[1].outer(x[1]), matmul(x[2], x[0]), x[2].bmm(x[2].mT), x[0].addmm(x[0], x[0], 0.5f, 2), x[1].addmv(x[0], x[1]), baddbmm(zeros(2, 3, 3), x[2], x[2].mT), x[1].inner(x[1]), kron(x[0], x[0][..2, ..2]), x[0].addr(x[1], x[1]), tensordot(x[2], x[0], 1), x[2].tensordot(x[0], [2], [1]), zeros(3, 3).addbmm(x[2], x[2].mT)],
        ["einsum"] = x => [einsum("bij,jk->bik", x[0], x[1]), einsum("bij->bj", x[0]), einsum("bij,bkj->bik", x[0], x[0]), einsum("ii->", x[1])],
        ["linear algebra"] = x => [linalg.inv(x[1]), linalg.det(x[1]), linalg.cholesky(x[1]), linalg.solve(x[1], x[0]), linalg.eigvalsh(x[1]), linalg.svdvals(x[2]), linalg.pinv(x[2]), linalg.matrix_norm(x[2]), linalg.norm(x[2]), linalg.matrix_exp(x[0]), linalg.matrix_rank(x[2]), .. Two(linalg.slogdet(x[1])), linalg.lstsq(x[2].T, x[2].T[.., ..1]).Solution, linalg.multi_dot([x[2], x[1], x[0]]), linalg.matrix_norm(x[2], 1.0), linalg.solve_triangular(x[1].triu(), x[0], upper: true), x[0].matrix_power(3), linalg.cross(x[2][.., ..3], x[2][.., 1..])],
        ["decompositions"] = x => [.. Two(linalg.qr(x[1].T)), linalg.qr(x[1].T, linalg.QRMode.R).R, linalg.eigh(x[0]).Item1],
        ["fourier"] = x => [fft.rfft(x[0]), fft.irfft(fft.rfft(x[0]), 4), fft.fft_(x[0], dim: 0), fft.ifft(fft.fft_(x[0])), fft.rfft(x[0], 6, norm: FFTNormType.Ortho), fft.fft2(x[0]), fft.rfftn(x[0]), fft.fftshift(x[0]), fft.rfftfreq(8, 0.5), fft.fftfreq(5)],
        ["stft"] = x => [stft(x[0], 32, 8, window: x[1], return_complex: true), stft(x[0].view(1, -1), 32, 16, window: x[1], center: false, return_complex: true), x[0].stft(32, 8, 32, x[1], pad_mode: PaddingModes.Constant, normalized: true, onesided: false, return_complex: true), istft(stft(x[0], 32, 8, window: x[1], return_complex: true), 32, 8, window: x[1], length: 200)],
        ["distances"] = x => [cdist(x[0], x[1]), cdist(x[0], x[1], p: 1.0), cdist(x[0], x[1], compute_mode: compute_mode.donot_use_mm_for_euclid_dist)],
        ["counts"] = x => [bincount(x[0]), x[0].bincount(x[1], 60), histc(x[1], 5, 0, 1)],
        ["unique"] = x => [.. Three(x[0].unique(return_inverse: true, return_counts: true)), .. Three(unique_consecutive(x[0], return_inverse: true, return_counts: true)), unique(x[0].view(4, 3), dim: 0).output],
        ["search"] = x => [searchsorted(x[0], x[1]), searchsorted(x[0], x[1], right: true), bucketize(x[1], x[0]), searchsorted(x[0], x[1], out_int32: true), isin(x[0].round(), x[1].round()), isclose(x[1], x[1] + 1e-7)],
        ["factories"] = _ => [arange(5), arange(1, 7, 2), arange(0.5, 3), arange(5.0), linspace(0, 1, 5), logspace(0, 2, 3), eye(3), eye(2, 3), full(2, 3, 7), full(new long[] { 2 }, 3.0), zeros(2, 3), ones(2, int64), tril_indices(3, 3), triu_indices(3, 4, 1), hann_window(8), hamming_window(8, periodic: false), blackman_window(6), bartlett_window(6), kaiser_window(6)],
        ["grids"] = x => [.. meshgrid(x), .. meshgrid(x, "xy"), cartesian_prod(x), combinations(x[0]), vander(x[0])],
        ["complex"] = x => [complex(x[0], x[1]), complex(x[0], x[1]).abs(), complex(x[0], x[1]).angle(), polar(x[0].abs(), x[1]), complex(x[0], x[1]).conj(), complex(x[0], x[1]).real, complex(x[0], x[1]).imag, complex(x[0], x[1]) * complex(x[1], x[0])],
        ["seeded"] = _ => Seeded(),
        ["covariance"] = x => [x[0].cov(), corrcoef(x[0]), trapezoid(x[0]), renorm(x[0], 2, 0, 1)],
        ["gradients"] = x => [.. autograd.grad([tanh(x[0].requires_grad_().matmul(x[1].requires_grad_())).pow(2).sum()], x)],
    };

    private static Tensor[] Seeded()
    {
        manual_seed(5);
        using var own = new Generator().manual_seed(9);
        return
        [
            rand(2, 3), randn(3), randint(0, 10, new long[] { 4 }), randperm(6), empty(3).uniform_(-1, 1), empty(3).normal_(2, 3),
            bernoulli(full(5, 0.5)), multinomial(tensor(new[] { 1f, 2f, 3f }), 2), empty(3).exponential_(2), rand(3, generator: own),
        ];
    }

    private static Tensor[] Two((Tensor First, Tensor Second) pair) => [pair.First, pair.Second];

    private static Tensor[] Three((Tensor First, Tensor? Second, Tensor? Third) triple) => [triple.First, triple.Second!, triple.Third!];
}
