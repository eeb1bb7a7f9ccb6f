using System.Collections;
using static TorchSharp.torch;

namespace TorchSharp.Utils;

/// <summary>The elements of a tensor on the CPU, read and written in place, in row-major order whatever the strides.</summary>
public sealed unsafe class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly Tensor tensor;
    private readonly long[] sizes;
    private readonly long[] strides;

    internal TensorAccessor(Tensor tensor)
    {
        this.tensor = tensor;
        sizes = tensor.shape;
        strides = tensor.stride();
        Count = tensor.numel();
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get
        {
            var value = *Element(indices);
            GC.KeepAlive(tensor);
            return value;
        }

        set
        {
            *Element(indices) = value;
            GC.KeepAlive(tensor);
        }
    }

    public T[] ToArray()
    {
        if (Count > Array.MaxLength) throw new InvalidOperationException($"An array holds up to {Array.MaxLength} elements, but the tensor has {Count}.");
        var items = GC.AllocateUninitializedArray<T>((int)Count);
        CopyTo(items.AsSpan());
        return items;
    }

    /// <summary>An array of the tensor's own rank; a tensor without dimensions gives an array of one element.</summary>
    public Array ToNDArray()
    {
        if (sizes.Length <= 1) return ToArray();
        var array = Array.CreateInstance(typeof(T), sizes);
        fixed (byte* first = &System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(array))
            CopyTo(new Span<T>(first, checked((int)Count)));
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <param name="arrayIndex">Where the copy starts in the array.</param>
    /// <param name="tensorIndex">The first element of the tensor to be copied.</param>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var count = (int)Math.Min(Math.Max(Count - tensorIndex, 0), target.Length);
        if (count == 0) return;
        var first = Data;
        if (tensor.is_contiguous()) new ReadOnlySpan<T>(first + tensorIndex, count).CopyTo(target);
        else
            for (var i = 0; i < count; i++) target[i] = first[OffsetOf(tensorIndex + i)];
        GC.KeepAlive(tensor);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom((ReadOnlySpan<T>)array, arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = (int)Math.Min(Math.Max(Count - tensorIndex, 0), source.Length);
        if (count == 0) return;
        var first = Data;
        if (tensor.is_contiguous()) source[..count].CopyTo(new Span<T>(first + tensorIndex, count));
        else
            for (var i = 0; i < count; i++) first[OffsetOf(tensorIndex + i)] = source[i];
        GC.KeepAlive(tensor);
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0L; i < Count; i++) yield return At(i);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
    }

    private T* Data => (T*)tensor.DataPointer;

    private T At(long index)
    {
        var value = Data[OffsetOf(index)];
        GC.KeepAlive(tensor);
        return value;
    }

    // One index counts through the whole tensor, row by row; as many as there are dimensions name an element.
    private T* Element(long[] indices)
    {
        if (indices.Length == 1 && sizes.Length != 1)
        {
            if (indices[0] < 0 || indices[0] >= Count) throw OutOfRange(indices);
            return Data + OffsetOf(indices[0]);
        }
        if (indices.Length != sizes.Length) throw OutOfRange(indices);
        var offset = 0L;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= sizes[i]) throw OutOfRange(indices);
            offset += indices[i] * strides[i];
        }
        return Data + offset;
    }

    private long OffsetOf(long index)
    {
        var offset = 0L;
        for (var i = sizes.Length - 1; i >= 0; i--)
        {
            (index, var at) = Math.DivRem(index, sizes[i]);
            offset += at * strides[i];
        }
        return offset;
    }

    private ArgumentOutOfRangeException OutOfRange(long[] indices) =>
        new(nameof(indices), $"[{string.Join(", ", indices)}] is outside a tensor of shape [{string.Join(", ", sizes)}].");
}
