using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace TorchSharp.Interop;

/// <summary>Where the lists and texts among a call's arguments lie while it runs: on the stack while they fit, else in native memory.</summary>
internal unsafe ref struct ListSpace(Span<long> stack)
{
    internal const int OnStack = 64;

    private readonly Span<long> stack = stack;
    private int used;
    private long* blocks; // a chain: the first word of each block is the next one

    internal void Put(in Value argument, ref NativeValue value)
    {
        switch (argument.Tag)
        {
            case ValueTag.IntList:
                Copy((long[])argument.Reference!, ref value);
                break;
            case ValueTag.DoubleList:
                Copy((double[])argument.Reference!, ref value);
                break;
            case ValueTag.BoolList:
                Copy((bool[])argument.Reference!, ref value);
                break;
            case ValueTag.Complex:
                Complex[] number = [(Complex)argument.Reference!];
                Copy(number, ref value);
                break;
            case ValueTag.String:
                var text = (string)argument.Reference!;
                var bytes = Encoding.UTF8.GetByteCount(text);
                value.Length = bytes;
                value.Pointer = (nint)Reserve(bytes);
                Encoding.UTF8.GetBytes(text, new Span<byte>((void*)value.Pointer, bytes));
                break;
            case ValueTag.TensorList or ValueTag.OptionalTensorList:
                var tensors = (torch.Tensor?[])argument.Reference!;
                var handles = (nint*)Reserve(tensors.Length * sizeof(nint));
                for (var i = 0; i < tensors.Length; i++) handles[i] = tensors[i]?.Handle ?? 0;
                value.Length = tensors.Length;
                value.Pointer = (nint)handles;
                break;
            default:
                throw new ArgumentException($"An argument has the unknown tag {argument.Tag}.", nameof(argument));
        }
    }

    internal void Free()
    {
        while (blocks != null)
        {
            var next = *(long**)blocks;
            NativeMemory.Free(blocks);
            blocks = next;
        }
    }

    private void Copy<T>(T[] items, ref NativeValue value) where T : unmanaged
    {
        var bytes = items.Length * sizeof(T);
        value.Length = items.Length;
        value.Pointer = (nint)Reserve(bytes);
        items.CopyTo(new Span<T>((void*)value.Pointer, items.Length));
    }

    private void* Reserve(int bytes)
    {
        var words = (bytes + sizeof(long) - 1) / sizeof(long);
        if (used + words <= stack.Length)
        {
            // The span is the caller's stack memory, which does not move.
            var place = (long*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(stack)) + used;
            used += words;
            return place;
        }
        var block = (long*)NativeMemory.Alloc((nuint)(words + 1), sizeof(long));
        *(long**)block = blocks;
        blocks = block;
        return block + 1;
    }
}
