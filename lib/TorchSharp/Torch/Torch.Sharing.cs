using System.Runtime.InteropServices;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A tensor over the array's own memory: what one writes, the other reads. The array stays pinned while the tensor lives.</summary>
    public static Tensor from_array(Array rawArray, Device? device = null) => from_array(rawArray, dtype: null, device);

    /// <summary>As above; another type or device makes a copy.</summary>
    public static Tensor from_array(
        Array rawArray, ScalarType? dtype, Device? device = null, bool requires_grad = false, string[]? names = null)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var own = ElementTypeOf(rawArray);
        var size = new long[rawArray.Rank];
        for (var i = 0; i < size.Length; i++) size[i] = rawArray.GetLongLength(i);
        var shared = Share(rawArray, offset: 0, own, size);
        var target = device ?? defaultDevice;
        if ((dtype is not null && dtype != own) || (target is not null && target.type != DeviceType.CPU))
        {
            using var source = shared;
            shared = source.to(dtype ?? own, target ?? CPU);
        }
        return Finish(shared, requires_grad, names);
    }

    public static Tensor as_tensor(Array data, ScalarType? dtype = null, Device? device = null) => from_array(data, dtype, device);

    public static Tensor as_tensor(Tensor data, ScalarType? dtype = null, Device? device = null) =>
        data.to(dtype ?? data.dtype, device ?? data.device);

    /// <summary>A vector over part of an array's memory.</summary>
    /// <param name="count">Elements of <paramref name="dtype"/>; -1: as many as there are.</param>
    /// <param name="offset">Bytes from the array's start.</param>
    public static Tensor frombuffer(Array rawArray, ScalarType dtype, long count = -1, long offset = 0, bool requires_grad = false)
    {
        ArgumentNullException.ThrowIfNull(rawArray);
        var bytes = rawArray.LongLength * ElementTypes.SizeOf(ElementTypeOf(rawArray));
        var width = ElementTypes.SizeOf(dtype);
        if (offset < 0 || offset > bytes) throw new ArgumentOutOfRangeException(nameof(offset), offset, $"offset must be in the array's {bytes} bytes.");
        if (count < 0) count = (bytes - offset) / width;
        if (count > (bytes - offset) / width)
            throw new ArgumentOutOfRangeException(nameof(count), count, $"count must fit the {bytes - offset} bytes after offset, {width} bytes each.");
        return Finish(Share(rawArray, offset, dtype, [count]), requires_grad);
    }

    private static unsafe Tensor Share(Array array, long offset, ScalarType dtype, long[] size)
    {
        var pin = new PinnedArray(array);
        var context = (nint)GCHandle.Alloc(pin);
        fixed (long* sizes = size)
        {
            if (Native.tc_from_blob((nint)pin.Address + (nint)offset, sizes, size.Length, (int)dtype, &Release, context, out var result) != 0)
            {
                ReleasePin(context);
                Native.Throw();
            }
            return Tensor.Adopt(result);
        }
    }

    [UnmanagedCallersOnly]
    private static void Release(nint context) => ReleasePin(context);

    private static void ReleasePin(nint context)
    {
        var handle = GCHandle.FromIntPtr(context);
        ((PinnedArray)handle.Target!).Dispose();
        handle.Free();
    }

    private static ScalarType ElementTypeOf(Array array)
    {
        var element = array.GetType().GetElementType()!;
        return ElementTypes.Of(element) ?? throw new ArgumentException($"There is no element type for an array of {element}.", nameof(array));
    }
}
