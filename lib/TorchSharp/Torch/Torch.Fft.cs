using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Discrete Fourier transforms.</summary>
    public static partial class fft
    {
        /// <summary>Named with an underscore, as in TorchSharp, where <c>fft</c> is the class.</summary>
        public static Tensor fft_(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Op.Fft.Call(input, Length(n), dim, NameOf(norm));

        public static Tensor ifft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Op.Ifft.Call(input, Length(n), dim, NameOf(norm));

        public static Tensor irfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Op.Irfft.Call(input, Length(n), dim, NameOf(norm));

        public static Tensor rfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Op.Rfft.Call(input, Length(n), dim, NameOf(norm));

        public static Tensor hfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Op.Hfft.Call(input, Length(n), dim, NameOf(norm));

        public static Tensor ihfft(Tensor input, long n = -1, long dim = -1, FFTNormType norm = FFTNormType.Backward) =>
            Op.Ihfft.Call(input, Length(n), dim, NameOf(norm));

        public static Tensor fft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.Fft2.Call(input, s, dim ?? [-2, -1], NameOf(norm));

        public static Tensor ifft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.Ifft2.Call(input, s, dim ?? [-2, -1], NameOf(norm));

        public static Tensor rfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.Rfft2.Call(input, s, dim ?? [-2, -1], NameOf(norm));

        public static Tensor irfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.Irfft2.Call(input, s, dim ?? [-2, -1], NameOf(norm));

        public static Tensor hfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.Hfft2.Call(input, s, dim ?? [-2, -1], NameOf(norm));

        public static Tensor ihfft2(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.Ihfft2.Call(input, s, dim ?? [-2, -1], NameOf(norm));

        public static Tensor fftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.Fftn.Call(input, s, dim, NameOf(norm));

        public static Tensor ifftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.Ifftn.Call(input, s, dim, NameOf(norm));

        public static Tensor rfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.Rfftn.Call(input, s, dim, NameOf(norm));

        public static Tensor irfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.Irfftn.Call(input, s, dim, NameOf(norm));

        public static Tensor hfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.Hfftn.Call(input, s, dim, NameOf(norm));

        public static Tensor ihfftn(Tensor input, long[]? s = null, long[]? dim = null, FFTNormType norm = FFTNormType.Backward) =>
            Op.Ihfftn.Call(input, s, dim, NameOf(norm));

        public static Tensor fftshift(Tensor input, long[]? dim = null) => Op.Fftshift.Call(input, dim);

        public static Tensor ifftshift(Tensor input, long[]? dim = null) => Op.Ifftshift.Call(input, dim);

        public static Tensor fftfreq(
            long n, double d = 1.0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Op.Fftfreq.Call(n, d, Value.Of(dtype), Value.None, On(device)), requires_grad);

        public static Tensor rfftfreq(
            long n, double d = 1.0, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Finish(Op.Rfftfreq.Call(n, d, Value.Of(dtype), Value.None, On(device)), requires_grad);

        private static Value Length(long n) => n < 0 ? Value.None : n;

        private static string NameOf(FFTNormType norm) =>
            norm switch { FFTNormType.Forward => "forward", FFTNormType.Ortho => "ortho", _ => "backward" };

        private static class Op
        {
            internal static readonly Operator Fft = new("aten::fft_fft");
            internal static readonly Operator Ifft = new("aten::fft_ifft");
            internal static readonly Operator Irfft = new("aten::fft_irfft");
            internal static readonly Operator Rfft = new("aten::fft_rfft");
            internal static readonly Operator Hfft = new("aten::fft_hfft");
            internal static readonly Operator Ihfft = new("aten::fft_ihfft");
            internal static readonly Operator Fft2 = new("aten::fft_fft2");
            internal static readonly Operator Ifft2 = new("aten::fft_ifft2");
            internal static readonly Operator Rfft2 = new("aten::fft_rfft2");
            internal static readonly Operator Irfft2 = new("aten::fft_irfft2");
            internal static readonly Operator Hfft2 = new("aten::fft_hfft2");
            internal static readonly Operator Ihfft2 = new("aten::fft_ihfft2");
            internal static readonly Operator Fftn = new("aten::fft_fftn");
            internal static readonly Operator Ifftn = new("aten::fft_ifftn");
            internal static readonly Operator Rfftn = new("aten::fft_rfftn");
            internal static readonly Operator Irfftn = new("aten::fft_irfftn");
            internal static readonly Operator Hfftn = new("aten::fft_hfftn");
            internal static readonly Operator Ihfftn = new("aten::fft_ihfftn");
            internal static readonly Operator Fftshift = new("aten::fft_fftshift");
            internal static readonly Operator Ifftshift = new("aten::fft_ifftshift");
            internal static readonly Operator Fftfreq = new("aten::fft_fftfreq");
            internal static readonly Operator Rfftfreq = new("aten::fft_rfftfreq");
        }
    }
}
