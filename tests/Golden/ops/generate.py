"""Golden values of the provider's operators, from PyTorch 1.13 on the CPU: python3 generate.py (in this folder)."""
import json
import struct

import torch

torch.set_num_threads(1)
torch.manual_seed(3)
TYPES = {torch.float32: "F32", torch.float64: "F64", torch.int64: "I64", torch.int32: "I32", torch.bool: "BOOL", torch.uint8: "U8"}
out = {}


def plain(tensor):
    tensor = tensor.detach()
    return torch.view_as_real(tensor.resolve_conj()).clone() if tensor.is_complex() else tensor


def case(name, function, *inputs):
    """The inputs as name/in0 ..., the results of the function as name/out0 ...; complex numbers as pairs."""
    for i, value in enumerate(inputs):
        out[f"{name}/in{i}"] = plain(value).clone()
    found = function(*inputs)
    for i, value in enumerate(found if isinstance(found, (tuple, list)) else [found]):
        out[f"{name}/out{i}"] = plain(value)


A = torch.randn(3, 4)
B = torch.randn(3, 4)
P = torch.rand(3, 4) * 0.9 + 0.05       # in (0, 1)
G = torch.rand(3, 4) + 1.1              # above 1
I = torch.randint(1, 50, (3, 4))
J = torch.randint(1, 50, (3, 4))
M = A > 0
C = torch.randn(2, 3, 4)
S = torch.randn(4, 4)
SPD = S @ S.T + 4 * torch.eye(4)
SPECIAL = torch.tensor([[float("nan"), float("inf"), -float("inf")], [0.0, -1.5, 2.5]])

# By name alone: the test finds torch.name(x), x.name() and, where there is one, x.name_().
for name in """abs neg sign sgn ceil floor trunc frac round square exp expm1 exp2 sin cos tan sinh cosh tanh asinh atan erf erfc sigmoid
        reciprocal sinc deg2rad rad2deg positive relu relu6 selu silu gelu hardsigmoid hardswish log_sigmoid isnan isinf isfinite signbit""".split():
    function = torch.nn.functional.logsigmoid if name == "log_sigmoid" else getattr(torch, name, None) or getattr(torch.nn.functional, name)
    case(f"unary {name}", function, SPECIAL if name.startswith("is") else A)
for name in "sqrt rsqrt log log2 log10 log1p asin acos atanh erfinv digamma lgamma logit i0".split():
    case(f"unary {name}", getattr(torch, name), P)
case("unary acosh", torch.acosh, G)
case("unary bitwise_not", torch.bitwise_not, I)
case("unary logical_not", torch.logical_not, M)
for name in "maximum minimum fmax fmin atan2 copysign hypot logaddexp logaddexp2 nextafter heaviside eq ne lt le gt ge add sub mul div remainder fmod".split():
    case(f"binary {name}", getattr(torch, name), A, B)
case("binary pow", torch.pow, P, B)
for name in "gcd lcm bitwise_and bitwise_or bitwise_xor floor_divide".split():
    case(f"binary {name}", getattr(torch, name), I, J)
for name in "logical_and logical_or logical_xor".split():
    case(f"binary {name}", getattr(torch, name), M, B > 0)

case("add alpha", lambda a, b: torch.add(a, b, alpha=2.5), A, B)
case("scalar operators", lambda a: [a + 2, 2 - a, a * 1.5, 3 / a, a % 2, a / 4, 1 + a, a - 0.5], A)
case("integer operators", lambda a: [a + 2, 2 - a, a * 3, a % 7, a / 4, a * 1.5, 100 / a, -a, ~a], I)
case("comparisons with numbers", lambda a: [a > 0, a >= 0, a < 0, a <= 0, a == 0, a != 0, 0 < a], A)
case("rounded division", lambda a, b: [torch.div(a, b, rounding_mode="floor"), torch.div(a, b, rounding_mode="trunc")], A, B)
case("pow scalar", lambda a: [a ** 2, a ** 3, torch.pow(a, 2.0)], A)
case("addcmul addcdiv", lambda a, b, c: [torch.addcmul(a, b, c, value=0.5), torch.addcdiv(a, b, c, value=0.5)], A, B, G)
case("clamp", lambda a: [a.clamp(-0.5, 0.5), a.clamp(min=0), a.clamp(max=0), a.clamp_min(0.1), a.clamp_max(0.1)], A)
case("lerp", torch.lerp, A, B, P)
case("xlogy", torch.xlogy, A, P)
case("nan_to_num", lambda a: [a.nan_to_num(), a.nan_to_num(nan=1, posinf=2, neginf=-2)], SPECIAL)
case("round decimals", lambda a: torch.round(a, decimals=1), A)
case("softmax", lambda a: [a.softmax(1), a.log_softmax(0), a.softmax(-1, dtype=torch.float64), a.logsumexp(1), a.logsumexp(0, keepdim=True)], A)
case("sums", lambda a: [a.sum(), a.sum(1), a.sum((0, 2), keepdim=True), a.sum(0, dtype=torch.float64), a.mean(), a.mean((1, 2)), a.prod(), a.prod(2)], C)
case("integer sums", lambda a: [a.sum(), a.sum(0), a.prod(1), a.cumsum(1)], I)
case("spread", lambda a: [a.var(), a.std(), a.var(1), a.std((0, 2), unbiased=False, keepdim=True), *torch.std_mean(a), *torch.var_mean(a, 1)], C)
case("norms", lambda a: [a.norm(), a.norm(p=1), a.norm(p=2, dim=1), a.norm(p=float("inf")), torch.linalg.vector_norm(a, 3), torch.dist(a, a * 2)], A)
case("extremes", lambda a: [a.max(), a.min(), *a.max(1), *a.min(0, keepdim=True), a.amax((0, 1)), a.amin((1,), keepdim=True), a.argmax(), a.argmin(1), *torch.aminmax(a, dim=1)], A)
case("order", lambda a: [*a.sort(1), *a.sort(0, descending=True), *a.topk(2), *a.topk(2, dim=0, largest=False), a.argsort(1), a.median(), *a.kthvalue(2, 1), *a.round().mode(1)], A)
case("quantile", lambda a, q: [a.quantile(q, dim=1), a.nanquantile(q, dim=0, keepdim=True)], A, torch.tensor([0.25, 0.5]))
case("logic", lambda a: [a.any(), a.all(), a.any(1), a.all(0, keepdim=True), a.count_nonzero(), a.logical_not()], M)
case("cumulative", lambda a: [a.cumsum(0), a.cumprod(1), *a.cummax(1), *a.cummin(0), a.logcumsumexp(1), a.diff(), a.diff(n=2, dim=1)], A)
case("nan reductions", lambda a: [a.nansum(), a.nanmean(), a.nanmedian()], torch.tensor([1.0, float("nan"), 3.0]))
case("shapes", lambda c: [c.view(6, 4), c.reshape(4, -1), c.permute(2, 0, 1), c.transpose(0, 2), c.flatten(), c.flatten(1), c.unflatten(2, (2, 2)), c.unsqueeze(1), c.unsqueeze(1).squeeze(), c.unsqueeze(0).squeeze(0), c.mT, c[0].t(), c[0].T, c.movedim((0, 1), (2, 0))], C)
case("repeats", lambda a: [a.unsqueeze(0).expand(2, 3, 4), a.unsqueeze(0).expand(2, -1, -1), a.repeat(2, 1), a.tile((1, 2)), a.repeat_interleave(2), a.repeat_interleave(2, 1), a.repeat_interleave(torch.tensor([1, 0, 2]), 0), a[:1].broadcast_to(3, 4), a[:, :1].expand_as(a)], A)
case("orders", lambda a: [a.flip(0), a.flip(0, 1), a.fliplr(), a.flipud(), a.roll(1), a.roll(1, 0), a.roll((1, 2), (0, 1)), a.rot90()], A)
case("splits", lambda a: [*a.chunk(3, 1), *a.split(3, 1), *a.split([1, 3], 1), *a.unbind(), *torch.tensor_split(a, 3, 1), *torch.tensor_split(a, [1, 2], 1)], A)
case("slices", lambda c: [c.select(1, 2), c.narrow(2, 1, 2), c[:, 0:3:2], c.unfold(2, 2, 1)], C)
case("triangles", lambda s: [s.tril(), s.triu(1), s.diag(), s.diagonal(1), s[0].diag(), s.diag_embed(), s.trace(), s[0].diagflat()], S)
case("joins", lambda a, b: [torch.cat([a, b]), torch.cat([a, b], 1), torch.stack([a, b]), torch.stack([a, b], 2), torch.hstack([a, b]), torch.vstack([a, b]), torch.dstack([a, b]), torch.column_stack([a, b]), torch.block_diag(a, b)], A, B)
case("where", lambda m, a, b: [torch.where(m, a, b), *torch.where(m), m.nonzero(), a.masked_fill(m, -1), a.masked_select(m), a.masked_scatter(m, b), m.argwhere()], M, A, B)
INDEX = torch.tensor([[0, 1, 2, 1], [2, 0, 1, 2], [1, 1, 0, 0]])
case("gather and scatter", lambda a, b, i: [a.gather(0, i), a.scatter(0, i, b), a.scatter_add(0, i, b), a.index_select(0, i[0]), a.index_add(1, i[0], a, alpha=2), a.index_copy(1, torch.tensor([3, 2, 1, 0]), b), a.index_fill(0, torch.tensor([0, 2]), 7), a.take(i), torch.take_along_dim(a, i, 0)], A, B, INDEX)
case("scattered slices", lambda a, b: [a.select_scatter(b[0], 0, 1), a.slice_scatter(b[:2], dim=0, start=1, end=3, step=1), a.diagonal_scatter(b[0, :3])], A, B)
case("products", lambda s, v, c: [s @ s, s.mm(s), s.mv(v), v.dot(v), v.outer(v), torch.matmul(c, s), c.bmm(c.mT), s.addmm(s, s, beta=0.5, alpha=2), v.addmv(s, v), torch.baddbmm(torch.zeros(2, 3, 3), c, c.mT), v.inner(v), torch.kron(s, s[:2, :2]), torch.addr(s, v, v), torch.tensordot(c, s, 1), torch.tensordot(c, s, dims=([2], [1])), torch.addbmm(torch.zeros(3, 3), c, c.mT)], S, S[0].clone(), C)
case("einsum", lambda c, s: [torch.einsum("bij,jk->bik", c, s), torch.einsum("bij->bj", c), torch.einsum("bij,bkj->bik", c, c), torch.einsum("ii->", s)], C, S)
case("linear algebra", lambda s, m, a: [torch.linalg.inv(m), torch.linalg.det(m), torch.linalg.cholesky(m), torch.linalg.solve(m, s), torch.linalg.eigvalsh(m), torch.linalg.svdvals(a), torch.linalg.pinv(a), torch.linalg.matrix_norm(a), torch.linalg.norm(a), torch.linalg.matrix_exp(s), torch.linalg.matrix_rank(a), *torch.linalg.slogdet(m), torch.linalg.lstsq(a.T, a.T[:, :1]).solution, torch.linalg.multi_dot([a, m, s]), torch.linalg.matrix_norm(a, 1), torch.linalg.solve_triangular(m.triu(), s, upper=True), s.matrix_power(3), torch.linalg.cross(a[:, :3], a[:, 1:])], S, SPD, A)
case("decompositions", lambda m, a: [*torch.linalg.qr(a.T), torch.linalg.qr(a.T, mode="r")[1], torch.linalg.eigh(m)[0]], SPD, A)
case("fourier", lambda a: [torch.fft.rfft(a), torch.fft.irfft(torch.fft.rfft(a), n=4), torch.fft.fft(a, dim=0), torch.fft.ifft(torch.fft.fft(a)), torch.fft.rfft(a, n=6, norm="ortho"), torch.fft.fft2(a), torch.fft.rfftn(a), torch.fft.fftshift(a), torch.fft.rfftfreq(8, 0.5), torch.fft.fftfreq(5)], A)
WAVE = torch.sin(torch.arange(200) * 0.3) + 0.1 * torch.randn(200)
case("stft", lambda w, h: [torch.stft(w, 32, 8, window=h, return_complex=True), torch.stft(w.view(1, -1), 32, 16, window=h, center=False, return_complex=True), torch.stft(w, 32, 8, 32, h, pad_mode="constant", normalized=True, onesided=False, return_complex=True), torch.istft(torch.stft(w, 32, 8, window=h, return_complex=True), 32, 8, window=h, length=200)], WAVE, torch.hann_window(32))
case("distances", lambda a, b: [torch.cdist(a, b), torch.cdist(a, b, p=1.0), torch.cdist(a, b, p=2.0, compute_mode="donot_use_mm_for_euclid_dist")], A, B)
case("counts", lambda i, w: [torch.bincount(i), torch.bincount(i, w, 60), torch.histc(w, 5, 0, 1)], I.flatten(), P.flatten())
case("unique", lambda i: [*torch.unique(i, return_inverse=True, return_counts=True), *torch.unique_consecutive(i, return_inverse=True, return_counts=True), torch.unique(i.view(4, 3), dim=0)], torch.tensor([3, 1, 1, 2, 3, 3, 1, 3, 1, 3, 1, 1]))
case("search", lambda e, a: [torch.searchsorted(e, a), torch.searchsorted(e, a, right=True), torch.bucketize(a, e), torch.searchsorted(e, a, out_int32=True), torch.isin(e.round(), a.round()), torch.isclose(a, a + 1e-7)], torch.tensor([-1.0, 0.0, 0.5, 1.0]), A)
case("factories", lambda: [torch.arange(5), torch.arange(1, 7, 2), torch.arange(0.5, 3), torch.arange(5.0), torch.linspace(0, 1, 5), torch.logspace(0, 2, 3), torch.eye(3), torch.eye(2, 3), torch.full((2, 3), 7), torch.full((2,), 3.0), torch.zeros(2, 3), torch.ones(2, dtype=torch.int64), torch.tril_indices(3, 3), torch.triu_indices(3, 4, 1), torch.hann_window(8), torch.hamming_window(8, periodic=False), torch.blackman_window(6), torch.bartlett_window(6), torch.kaiser_window(6)])
case("grids", lambda a, b: [*torch.meshgrid(a, b, indexing="ij"), *torch.meshgrid(a, b, indexing="xy"), torch.cartesian_prod(a, b), torch.combinations(a), torch.vander(a)], torch.arange(3.0), torch.arange(4.0))
case("complex", lambda a, b: [torch.complex(a, b), torch.complex(a, b).abs(), torch.complex(a, b).angle(), torch.polar(a.abs(), b), torch.complex(a, b).conj(), torch.complex(a, b).real, torch.complex(a, b).imag, torch.complex(a, b) * torch.complex(b, a)], A, B)
case("seeded", lambda: [(torch.manual_seed(5), torch.rand(2, 3))[1], torch.randn(3), torch.randint(0, 10, (4,)), torch.randperm(6), torch.empty(3).uniform_(-1, 1), torch.empty(3).normal_(2, 3), torch.bernoulli(torch.full((5,), 0.5)), torch.multinomial(torch.tensor([1.0, 2.0, 3.0]), 2), torch.empty(3).exponential_(2), torch.rand(3, generator=torch.Generator().manual_seed(9))])
case("covariance", lambda a: [a.cov(), a.corrcoef(), torch.trapezoid(a), torch.renorm(a, 2, 0, 1.0)], A)
case("gradients", lambda x, w: torch.autograd.grad((torch.tanh(x @ w) ** 2).sum(), [x, w]), A.clone().requires_grad_(), S.clone().requires_grad_())

header, parts, offset = {}, [], 0
for name, value in out.items():
    data = value.contiguous().numpy().tobytes()
    header[name] = {"dtype": TYPES[value.dtype], "shape": list(value.shape), "data_offsets": [offset, offset + len(data)]}
    offset += len(data)
    parts.append(data)
text = json.dumps(header, separators=(",", ":")).encode()
text += b" " * (-len(text) % 8)
with open("values.safetensors", "wb") as file:
    file.write(struct.pack("<Q", len(text)) + text + b"".join(parts))
