using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>Keeps an array of unmanaged elements where it is, booleans and tuples too.</summary>
internal sealed unsafe class PinnedArray(Array array) : IDisposable
{
    private PinnedGCHandle<Array> pin = new(array);

    internal void* Address => Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pin.Target));

    public void Dispose() => pin.Dispose();
}
