using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    private static Device? defaultDevice;

    public static Tensor zeros_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Finish(Op.ZerosLike.Call(input, Value.Of(dtype), Value.None, Value.Of(device)), requires_grad, names);

    public static Tensor ones_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Finish(Op.OnesLike.Call(input, Value.Of(dtype), Value.None, Value.Of(device)), requires_grad, names);

    public static Tensor empty_like(
        Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Finish(Op.EmptyLike.Call(input, Value.Of(dtype), Value.None, Value.Of(device)), requires_grad, names);

    public static Tensor full_like(
        Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Finish(Op.FullLike.Call(input, value, Value.Of(dtype), Value.None, Value.Of(device)), requires_grad, names);

    public static Tensor arange(Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.Arange.Call(stop, Value.Of(dtype), Value.None, On(device)), requires_grad);

    public static Tensor arange(Scalar start, Scalar stop, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.ArangeFrom.Call(start, stop, Value.Of(dtype), Value.None, On(device)), requires_grad);

    public static Tensor arange(
        Scalar start, Scalar stop, Scalar step, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.ArangeStep.Call(start, stop, step, Value.Of(dtype), Value.None, On(device)), requires_grad);

    public static Tensor linspace(
        double start, double end, long steps, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.Linspace.Call(start, end, steps, Value.Of(dtype), Value.None, On(device)), requires_grad);

    public static Tensor logspace(
        double start, double end, long steps, double @base = 10, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.Logspace.Call(start, end, steps, @base, Value.Of(dtype), Value.None, On(device)), requires_grad);

    /// <param name="columns">-1: as many as rows.</param>
    public static Tensor eye(
        long rows, long columns = -1L, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Finish(Op.Eye.Call(rows, columns < 0 ? rows : columns, Value.Of(dtype), Value.None, On(device)), requires_grad, names);

    public static Tensor empty_strided(
        long[] size, long[] strides, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Finish(Op.EmptyStrided.Call(size, strides, Value.Of(dtype), Value.None, On(device)), requires_grad, names);

    /// <returns>int64 <c>[2, elements]</c>: the rows and columns of a matrix's lower triangle.</returns>
    public static Tensor tril_indices(long row, long col, long offset = 0L, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Op.TrilIndices.Call(row, col, offset, dtype, Value.None, On(device));

    /// <returns>int64 <c>[2, elements]</c>: the rows and columns of a matrix's upper triangle.</returns>
    public static Tensor triu_indices(long row, long col, long offset = 0L, ScalarType dtype = ScalarType.Int64, Device? device = null) =>
        Op.TriuIndices.Call(row, col, offset, dtype, Value.None, On(device));

    public static Tensor complex(Tensor real, Tensor imag) => Op.Complex.Call(real, imag);

    public static Tensor polar(Tensor abs, Tensor angle) => Op.Polar.Call(abs, angle);

    public static Tensor hann_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.HannWindow.Call(len, periodic, Value.Of(dtype), Value.None, On(device)), requires_grad);

    public static Tensor hamming_window(
        long len, bool periodic = true, float alpha = 0.54f, float beta = 0.46f,
        ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.HammingWindow.Call(len, periodic, alpha, beta, Value.Of(dtype), Value.None, On(device)), requires_grad);

    public static Tensor bartlett_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.BartlettWindow.Call(len, periodic, Value.Of(dtype), Value.None, On(device)), requires_grad);

    public static Tensor blackman_window(
        long len, bool periodic = true, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.BlackmanWindow.Call(len, periodic, Value.Of(dtype), Value.None, On(device)), requires_grad);

    public static Tensor kaiser_window(
        long len, bool periodic = true, float beta = 12.0f, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
        Finish(Op.KaiserWindow.Call(len, periodic, beta, Value.Of(dtype), Value.None, On(device)), requires_grad);

    public static Device get_default_device() => defaultDevice ?? CPU;

    public static void set_default_device(Device device) => defaultDevice = device;

    public static void set_default_device(string device) => defaultDevice = new(device);

    public static ScalarType get_default_dtype() => (ScalarType)Native.tc_default_dtype();

    /// <summary>The type of what is made without one: float32 unless set.</summary>
    public static void set_default_dtype(ScalarType dtype) => Native.Check(Native.tc_set_default_dtype((int)dtype));

    internal static Value On(Device? device) => Value.Of(device ?? defaultDevice);

    internal static Tensor Finish(Tensor fresh, bool requires_grad, string[]? names = null)
    {
        if (names is { Length: > 0 }) throw new NotSupportedException("Named dimensions are not supported by this provider; leave names out.");
        return requires_grad ? fresh.requires_grad_() : fresh;
    }

    private static Tensor Zeros(long[] size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Finish(Op.Zeros.Call(size, Value.Of(dtype), Value.None, On(device)), requires_grad, names);

    private static Tensor Ones(long[] size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Finish(Op.Ones.Call(size, Value.Of(dtype), Value.None, On(device)), requires_grad, names);

    private static Tensor Empty(long[] size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Finish(Op.Empty.Call(size, Value.Of(dtype), Value.None, On(device)), requires_grad, names);

    private static Tensor Full(long[] size, Scalar value, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) =>
        Finish(Op.Full.Call(size, value, Value.Of(dtype), Value.None, On(device)), requires_grad, names);

    private static Tensor FromScalar(Scalar scalar, ScalarType? dtype, Device? device, bool requires_grad) =>
        Finish(Op.ScalarTensor.Call(scalar, dtype ?? scalar.Type, Value.None, On(device)), requires_grad);

    private static Tensor FromList<T>(
        IList<T> list, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged =>
        FromSpan(list switch { T[] array => array, List<T> items => CollectionsMarshal.AsSpan(items), _ => list.ToArray() },
            size, dtype, device, requires_grad, names);

    private static Tensor FromArray<T>(Array array, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged
    {
        var size = new long[array.Rank];
        for (var i = 0; i < size.Length; i++) size[i] = array.GetLongLength(i);
        var items = array.Length == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(
            ref System.Runtime.CompilerServices.Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
        return FromSpan(items, size, dtype, device, requires_grad, names);
    }

    private static unsafe Tensor FromSpan<T>(
        ReadOnlySpan<T> items, ReadOnlySpan<long> size, ScalarType? dtype, Device? device, bool requires_grad, string[]? names) where T : unmanaged
    {
        var own = ElementTypes.Of(typeof(T))!.Value;
        var count = 1L;
        foreach (var length in size) count *= length;
        if (count != items.Length)
            throw new ArgumentException($"The dimensions [{string.Join(", ", size.ToArray())}] hold {count} elements, but {items.Length} were given.", nameof(size));
        var tensor = Op.Empty.Call(size.ToArray(), own, Value.None, Value.Of(CPU));
        if (items.Length > 0) items.CopyTo(new Span<T>((void*)tensor.DataPointer, items.Length));
        var target = device ?? defaultDevice;
        if ((dtype is not null && dtype != own) || (target is not null && target.type != DeviceType.CPU))
        {
            using var copy = tensor;
            tensor = copy.to(dtype ?? own, target ?? CPU);
        }
        return Finish(tensor, requires_grad, names);
    }

    private static partial class Op
    {
        internal static readonly Operator Zeros = new("aten::zeros");
        internal static readonly Operator Ones = new("aten::ones");
        internal static readonly Operator Empty = new("aten::empty.memory_format");
        internal static readonly Operator Full = new("aten::full");
        internal static readonly Operator ScalarTensor = new("aten::scalar_tensor");
        internal static readonly Operator ZerosLike = new("aten::zeros_like");
        internal static readonly Operator OnesLike = new("aten::ones_like");
        internal static readonly Operator EmptyLike = new("aten::empty_like");
        internal static readonly Operator FullLike = new("aten::full_like");
        internal static readonly Operator Arange = new("aten::arange");
        internal static readonly Operator ArangeFrom = new("aten::arange.start");
        internal static readonly Operator ArangeStep = new("aten::arange.start_step");
        internal static readonly Operator Linspace = new("aten::linspace");
        internal static readonly Operator Logspace = new("aten::logspace");
        internal static readonly Operator Eye = new("aten::eye.m");
        internal static readonly Operator EmptyStrided = new("aten::empty_strided");
        internal static readonly Operator TrilIndices = new("aten::tril_indices");
        internal static readonly Operator TriuIndices = new("aten::triu_indices");
        internal static readonly Operator Complex = new("aten::complex");
        internal static readonly Operator Polar = new("aten::polar");
        internal static readonly Operator HannWindow = new("aten::hann_window.periodic");
        internal static readonly Operator HammingWindow = new("aten::hamming_window.periodic_alpha_beta");
        internal static readonly Operator BartlettWindow = new("aten::bartlett_window.periodic");
        internal static readonly Operator BlackmanWindow = new("aten::blackman_window.periodic");
        internal static readonly Operator KaiserWindow = new("aten::kaiser_window.beta");
    }
}
