using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Short-time Fourier transform.</summary>
    /// <param name="input"><c>[samples]</c> or <c>[batch, samples]</c></param>
    /// <param name="hop_length">Samples between frames; -1: a quarter of <paramref name="n_fft"/>.</param>
    /// <param name="win_length">-1: <paramref name="n_fft"/>.</param>
    /// <param name="window"><c>[win_length]</c>; null: ones.</param>
    /// <param name="center">Pads so that frame t is centred at sample t · hop.</param>
    /// <param name="return_complex">null: complex where the input or the window is; else pairs in a last dimension.</param>
    /// <returns><c>[(batch,) frequencies, frames]</c>.</returns>
    public static Tensor stft(
        Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
        PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null, bool? return_complex = null) =>
        input.stft(n_fft, hop_length, win_length, window, center, pad_mode, normalized, onesided, return_complex);

    /// <summary>The inverse of <see cref="stft"/>.</summary>
    public static Tensor istft(
        Tensor input, long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true, bool normalized = false,
        bool? onesided = null, long length = -1, bool return_complex = false) =>
        input.istft(n_fft, hop_length, win_length, window, center, normalized, onesided, length, return_complex);

    public partial class Tensor
    {
        public Tensor stft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true,
            PaddingModes pad_mode = PaddingModes.Reflect, bool normalized = false, bool? onesided = null, bool? return_complex = null)
        {
            var isComplex = is_complex() || (window?.is_complex() ?? false);
            // ATen's own padding takes its mode as text; it is done here, so that every mode of the enumeration works alike.
            using var padded = center ? Centred(n_fft / 2, pad_mode) : alias();
            return Op.Stft.Call(
                padded, n_fft, OrNone(hop_length), OrNone(win_length), window, normalized, onesided ?? !isComplex, return_complex ?? isComplex);
        }

        public Tensor istft(
            long n_fft, long hop_length = -1, long win_length = -1, Tensor? window = null, bool center = true, bool normalized = false,
            bool? onesided = null, long length = -1, bool return_complex = false) =>
            Op.Istft.Call(
                this, n_fft, OrNone(hop_length), OrNone(win_length), window, center, normalized,
                onesided is null ? Value.None : onesided.Value, OrNone(length), return_complex);

        private Tensor Centred(long margin, PaddingModes mode)
        {
            // Reflection needs a batch and a channel before the samples.
            using var rows = ndim == 1 ? view(1, 1, -1) : view(1, size(0), -1);
            long[] margins = [margin, margin];
            using var padded = mode switch
            {
                PaddingModes.Reflect => Op.ReflectionPad.Call(rows, margins),
                PaddingModes.Replicate => Op.ReplicationPad.Call(rows, margins),
                PaddingModes.Constant or PaddingModes.Zeros => Op.ConstantPad.Call(rows, margins),
                _ => throw new ArgumentException($"pad_mode must be Reflect, Replicate, Constant or Zeros, but was {mode}.", nameof(mode)),
            };
            return ndim == 1 ? padded.view(-1) : padded.view(size(0), -1);
        }

        private static Value OrNone(long number) => number < 0 ? Value.None : number;

        private static partial class Op
        {
            internal static readonly Operator Stft = new("aten::stft");
            internal static readonly Operator Istft = new("aten::istft");
            internal static readonly Operator ReflectionPad = new("aten::reflection_pad1d");
            internal static readonly Operator ReplicationPad = new("aten::replication_pad1d");
            internal static readonly Operator ConstantPad = new("aten::constant_pad_nd");
        }
    }
}
