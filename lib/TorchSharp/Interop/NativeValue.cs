using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>One argument or result as it crosses the boundary: <c>tc_value</c> of <c>native/dispatch.h</c>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal struct NativeValue
{
    [FieldOffset(0)] internal ValueTag Tag;
    [FieldOffset(4)] internal int Length;
    [FieldOffset(8)] internal long Integer;
    [FieldOffset(8)] internal double Real;
    [FieldOffset(8)] internal nint Pointer;
}
